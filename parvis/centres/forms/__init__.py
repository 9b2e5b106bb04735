"""What may be typed on the pages about centres: syntax only."""
