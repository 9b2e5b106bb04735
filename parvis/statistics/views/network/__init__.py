"""The network's pages of figures: for its coordinators, and for a centre that looks at itself beside the others."""
