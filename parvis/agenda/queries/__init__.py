"""What pages of the agenda show: one typed function for each."""
