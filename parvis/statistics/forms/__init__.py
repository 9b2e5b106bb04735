"""What may be typed on the pages of statistics: syntax only."""
