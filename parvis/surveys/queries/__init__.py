"""What the pages and the answers read: one function for each, a fixed number of statements."""
