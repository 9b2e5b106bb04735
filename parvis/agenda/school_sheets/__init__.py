"""Lists of schools as files: read whatever program wrote them, compared with what is known, written."""
