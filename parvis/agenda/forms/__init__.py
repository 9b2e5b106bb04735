"""What people type about events and classes: syntax only."""
