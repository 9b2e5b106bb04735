"""Shared: what has no word of the trade: the design system, live updates, the database engine, translations, files."""
