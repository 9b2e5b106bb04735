"""What happens to questionnaires: written, opened, put to people, answered, forgotten."""
