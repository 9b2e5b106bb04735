"""Every page of the product: where it is, who may see it, and what is on it (used by test_every_page_is_accessible.py)."""
