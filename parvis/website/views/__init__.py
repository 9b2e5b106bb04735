"""Public pages that join several rooms."""
