"""Unmet needs of a period, and proposals about them."""
