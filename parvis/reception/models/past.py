"""A centre's past, brought in from its spreadsheets."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, CodeList, Theme

SILENT_AFTER = timedelta(seconds=45)  # work that said nothing for so long was killed


class Stage(models.TextChoices):
    """Where a file is. Only ``DONE`` lets its rows into a figure."""

    READING = "reading", _("Being read")
    READ = "read", _("Waits for your choices")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Ready to bring in")
    RUNNING = "running", _("Being brought in")
    DONE = "done", _("Brought in")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Stopped")
    DROPPED = "dropped", _("Given up")


WORKING = [Stage.READING, Stage.CHECKING, Stage.RUNNING, Stage.UNDOING]
HOLDS_FILE = [Stage.READING, Stage.READ, Stage.CHECKING, Stage.CHECKED, Stage.RUNNING, Stage.FAILED]


def new_folder() -> str:
    """A name that cannot be guessed, for the folder of one file."""
    return secrets.token_hex(16)


def counts() -> Q:
    """Rows that figures may count: entered here, or of an import that was wholly brought in and not undone."""
    return Q(past_import=None) | Q(past_import__stage=Stage.DONE)


class PastImport(models.Model):
    """One file: read, mapped, previewed, brought in once, undone if wished."""

    Stage = Stage

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="past_imports")
    folder = models.CharField(
        max_length=32, default=new_folder
    )  # random; below MEDIA_ROOT/past, which no address serves
    file_name = models.CharField(_("file"), max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the bytes
    layout = models.JSONField(default=dict)  # sheets, encoding, separator and columns, as recognised
    mapping = models.JSONField(default=dict)  # sheet, columns and codes, as chosen
    report = models.JSONField(default=dict)  # counts of new, odd and ignored lines, totals compared
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.READING)
    failed_in = models.CharField(max_length=8, choices=Stage.choices, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)  # a key of parvis.reception.past.problems
    worker = models.CharField(max_length=32, blank=True)  # whoever works on it now: the latest to claim it
    beat_at = models.DateTimeField(null=True)  # the last sign of life of that work
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre"],
                condition=Q(stage__in=["running", "undoing"])
                | Q(stage="failed", failed_in__in=["running", "undoing"]),
                name="one_import_at_a_time",
            ),
            models.CheckConstraint(
                name="failed_in_some_stage",
                condition=Q(Q(stage="failed"), ~Q(failed_in="")) | Q(~Q(stage="failed"), Q(failed_in="")),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        """Whether a background task is at it, or should be."""
        return self.stage in WORKING

    @property
    def percent(self) -> int:
        """How much of the work of this stage is done."""
        return min(100, 100 * self.rows_done // self.rows_total) if self.rows_total else 0

    def is_silent(self, at: datetime) -> bool:
        """Whether its work was killed, and may be started again by somebody else."""
        return self.is_working and (self.beat_at is None or at - self.beat_at > SILENT_AFTER)


class PastModel(models.Model):
    """Choices of columns and codes kept under a name, for the next file of the same layout."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="past_models")
    name = models.CharField(_("name"), max_length=80)
    headers = models.JSONField(default=list)  # folded headers: what makes a layout the same
    mapping = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="past_model_name_once")]

    def __str__(self) -> str:
        return self.name


class TallyQuerySet(models.QuerySet["Tally"]):
    def counted(self) -> TallyQuerySet:
        """Those that figures may count."""
        return self.filter(past_import__stage=Stage.DONE)

    def plain(self) -> TallyQuerySet:
        """Without a breakdown: the whole of a unit on a day. Never added to a breakdown of the same unit."""
        return self.filter(theme=None, code=None)

    def by_theme(self) -> TallyQuerySet:
        """Broken down by theme. One visitor may count in several themes, so their sum can pass the plain tally."""
        return self.filter(theme__isnull=False, code=None)

    def by_list(self, code_list: CodeList) -> TallyQuerySet:
        """Broken down by one code list; two lists break down the same visitors and are never added together."""
        return self.filter(code__list=code_list)


class Tally(models.Model):
    """A count of the past as its sheet gave it: so many of one unit on a day, week or month, for one theme or code."""

    class Unit(models.TextChoices):
        PASSAGE = "passage", _("Passages")
        CONTACT = "contact", _("Contacts")
        ACT = "act", _("Acts")
        PARTICIPANT = "participant", _("Participants")

    class Span(models.TextChoices):
        DAY = "day", _("Day")
        WEEK = "week", _("Week")
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        YEAR = "year", _("Year")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="tallies")
    past_import = models.ForeignKey(PastImport, models.PROTECT, related_name="tallies")
    row_key = models.CharField(
        max_length=64
    )  # digest of what is counted (not of the count): the same cell twice is brought in once
    unit = models.CharField(max_length=12, choices=Unit.choices)
    span = models.CharField(max_length=8, choices=Span.choices, default=Span.DAY)
    date = models.DateField()  # the first day of the span
    hour = models.PositiveSmallIntegerField(null=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    code = models.ForeignKey(Code, models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "row_key"], name="tally_line_once"),
            models.CheckConstraint(name="tally_hour_of_a_day", condition=Q(hour=None) | Q(hour__lte=23)),
            models.CheckConstraint(name="tally_hour_only_of_a_day", condition=Q(hour=None) | Q(span="day")),
        ]
        indexes = [models.Index(fields=["centre", "date"], name="tally_centre_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.unit} {self.count}"
