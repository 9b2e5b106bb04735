"""Pages about institutions and who belongs to them."""
