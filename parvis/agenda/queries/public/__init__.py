"""The programme as everybody reads it: what is published, never who leads it."""
