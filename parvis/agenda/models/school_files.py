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


class SchoolImport(models.Model):
    """The last list of schools that a centre kept, with what it did, so that it can be undone. Deleted a month later.

    ``added``: a school's key → its values as the list wrote them; ``changed``: a school's key → name of a value → before and after.
    ``stayed``: a school's key → why undoing left it, or a part of it, as it was.
    """

    key = models.UUIDField(unique=True, editable=False)  # of its file, which is deleted earlier
    centre = models.OneToOneField(Centre, models.CASCADE, related_name="+")
    kept_at = models.DateTimeField()
    added = models.JSONField(default=dict, editable=False)
    changed = models.JSONField(default=dict, editable=False)
    undone_at = models.DateTimeField(null=True)
    stayed = models.JSONField(default=dict, editable=False)

    def __str__(self) -> str:
        return f"{self.centre} {self.kept_at:%Y-%m-%d}"
