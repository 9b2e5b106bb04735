"""The pages about centres, networks, and the people in them."""
