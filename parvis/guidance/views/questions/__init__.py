"""The pages on which a centre answers questions asked online."""
