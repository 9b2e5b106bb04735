"""Composed reports: what their blocks tell, the ready models, and the pages about them."""
