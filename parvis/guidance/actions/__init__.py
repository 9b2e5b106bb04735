"""What happens in guidance: one function for each thing."""
