"""What happens to kits, events, sessions, registrations and class visits: one function for each."""
