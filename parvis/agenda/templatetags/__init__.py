"""Words of the agenda in templates."""
