"""Lists of schools that were brought as files, between reading and committing."""

from __future__ import annotations

from django.db import models

from parvis.centres.models import Centre


class SchoolFile(models.Model):
    """A list of schools as a file's rows, the heading first; ``columns``: what each column is. Deleted some days later."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    centre = models.ForeignKey(Centre, models.CASCADE, related_name="+")
    rows = models.JSONField(editable=False)
    columns = models.JSONField(default=dict, editable=False)
    brought_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.centre} {self.brought_at:%Y-%m-%d}"
