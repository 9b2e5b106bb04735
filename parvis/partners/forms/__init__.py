"""What may be typed about institutions."""
