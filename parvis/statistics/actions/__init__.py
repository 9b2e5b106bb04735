"""What statistics writes: its own tables only."""
