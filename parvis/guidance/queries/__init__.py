"""What the pages of guidance read."""
