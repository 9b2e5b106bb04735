"""What is asked of the lists, and what is typed into them."""
