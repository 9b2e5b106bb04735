"""What happens to composed reports: drafted, written, refreshed, published, corrected, sent, scheduled."""
