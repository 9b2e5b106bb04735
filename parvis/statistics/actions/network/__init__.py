"""What a network's coordinator does about figures."""
