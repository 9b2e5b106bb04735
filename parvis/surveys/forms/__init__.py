"""What may be typed on the pages about questionnaires: syntax only."""
