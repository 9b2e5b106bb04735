"""What is typed about the rota."""
