"""The pages about kits, the same for a centre and for a network."""
