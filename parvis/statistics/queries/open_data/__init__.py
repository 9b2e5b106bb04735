"""Open data: which tables of a year leave, what is kept of them for good, and the files and descriptions made of that."""
