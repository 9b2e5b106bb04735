"""A centre's past, brought in from its spreadsheets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, Theme


class PastImport(models.Model):
    """One file: read, mapped, previewed, brought in once, undone if wished."""

    class Stage(models.TextChoices):
        READ = "read", _("Read")
        MAPPED = "mapped", _("Columns and codes chosen")
        RUNNING = "running", _("Being brought in")
        DONE = "done", _("Brought in")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Stopped")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="past_imports")
    file = models.FileField(upload_to="past/")
    file_name = models.CharField(_("file"), max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the bytes
    layout = models.JSONField(default=dict)  # sheet, header row, separator, encoding, as recognised
    mapping = models.JSONField(default=dict)  # columns and codes, as chosen
    report = models.JSONField(default=dict)  # counts of new, odd and ignored lines
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.READ)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class Tally(models.Model):
    """A count of the past as its sheet gave it: so many of one unit on a day or in an hour, for one theme or code."""

    class Unit(models.TextChoices):
        PASSAGE = "passage", _("Passages")
        CONTACT = "contact", _("Contacts")
        ACT = "act", _("Acts")
        PARTICIPANT = "participant", _("Participants")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="tallies")
    past_import = models.ForeignKey(PastImport, models.PROTECT, related_name="tallies")
    row_key = models.CharField(
        max_length=64
    )  # digest of the line's content: the same line twice is brought in once
    unit = models.CharField(max_length=12, choices=Unit.choices)
    date = models.DateField()
    hour = models.PositiveSmallIntegerField(null=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    code = models.ForeignKey(Code, models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "row_key"], name="tally_line_once"),
            models.CheckConstraint(name="tally_hour_of_a_day", condition=Q(hour=None) | Q(hour__lte=23)),
        ]
        indexes = [models.Index(fields=["centre", "date"], name="tally_centre_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.unit} {self.count}"
