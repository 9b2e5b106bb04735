"""Forms of guidance: syntax only."""
