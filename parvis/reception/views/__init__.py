"""Reception's pages, one module per person who uses them."""
