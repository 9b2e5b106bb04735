"""Reports that are composed of blocks, published as they were shown, and replaced where they were wrong."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.partners.models import Contact
from parvis.statistics.models.open_data import OpenEdition

TOKEN = 9  # bytes: nobody guesses the address of a published report


def new_token() -> str:
    """A public address of its own."""
    return secrets.token_urlsafe(TOKEN)


class Audience(models.TextChoices):
    """Who reads a report, and so how its figures are protected."""

    TEAM = "team", _("The team: true figures")
    PARTNERS = "partners", _("Partners and funders: nothing below 5")
    PUBLIC = "public", _("Everybody: nothing below 10")


class PartKind(models.TextChoices):
    """What a block tells."""

    WORK = "work", _("The work in sentences")
    CROSS = "cross", _("A table of figures")
    NARRATIVE = "narrative", _("Words of your own")
    TYPED = "typed", _("Figures typed in, with their source")
    PROFILE = "profile", _("Profile of the public")
    WAITS = "waits", _("Waits")
    OPENING = "opening", _("Opening hours without appointment")
    PLURALITY = "plurality", _("Points of view by theme")
    PARTNERS = "partners", _("Partners by type")
    STAFF = "staff", _("Full-time equivalents, own and seconded")
    NEEDS = "needs", _("What could not be found, and what became of it")
    LATE = "late", _("Figures corrected since they were signed")
    DEPARTURES = "departures", _("Declared departures from the charter")
    CHARTER = "charter", _("Evidence for the charter, from operations")
    SATISFIED = "satisfied", _("Satisfaction, from surveys")
    SAMPLED = "sampled", _("Profile of the public, from a sample survey")
    CHANGED = "changed", _("What changed for people, before and now")
    EVENTS = "events", _("Events and participants")
    CLASSES = "classes", _("Classes, pupils, objectives and reach")


class ReportModel(models.Model):
    """A report’s blocks, kept under a name to be used again. ``blocks``: kind, title and settings of each, in order."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="report_models")
    name = models.CharField(_("name"), max_length=80)
    span = models.CharField(max_length=7)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    blocks = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    put_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"], condition=Q(put_aside_at=None), name="report_model_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """A model over one period of a centre, in one language, for one audience.

    While it is a draft its figures can be refreshed. Published, every figure stays as it was shown; what was wrong in it is
    replaced by a corrected report, and the old one stays readable as what was said.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("report", "Draft")
        PUBLISHED = "published", pgettext_lazy("report", "Published")
        REPLACED = "replaced", pgettext_lazy("report", "Replaced")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="reports")
    model = models.CharField(max_length=40)  # "ready:quarter", "own:12"
    title = models.CharField(_("title"), max_length=120)
    first = models.DateField()
    last = models.DateField()
    language = models.CharField(_("language"), max_length=8)
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    refreshed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    token = models.CharField(max_length=16, unique=True, default=new_token)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(_("what was wrong"), max_length=280, blank=True)

    class Meta:
        ordering = ["-last", "-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=models.F("first")), name="report_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None) | (~Q(state="draft") & ~Q(published_at=None)),
                name="report_published_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_over(self, today: date) -> bool:
        """Whether the period has ended: what still runs is not published."""
        return self.last < today


class Part(models.Model):
    """One block of a report.

    ``settings`` say what it asks for; ``said`` is what people typed into it, which refreshing leaves alone. ``figures`` are as
    they were counted at the last refresh, for the team; ``shown`` as they were published.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    title = models.CharField(_("title"), max_length=120)
    settings = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    shown = models.JSONField(null=True)
    version = models.PositiveIntegerField(
        default=1
    )  # of what was typed: who wrote meanwhile is not overwritten

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Refresh(models.Model):
    """A draft’s figures were taken again. ``changes``: part, label, before, after of each figure that is another one now."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="refreshes")
    at = models.DateTimeField()
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class PublishedTable(models.Model):
    """A table that left the centre: what was counted and what was shown of it, so that a later one is audited with it.

    It left in a report's block or in an edition of the open data. ``cells``: key, true count and what was shown of each. ``question`` is what was asked, as it was asked.
    """

    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="tables")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey(OpenEdition, models.PROTECT, null=True, related_name="tables")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    first = models.DateField()
    last = models.DateField()
    question = models.JSONField()
    cells = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "name"], name="table_published_once"),
            models.UniqueConstraint(fields=["edition", "name"], name="open_table_published_once"),
            models.CheckConstraint(
                name="published_in_a_report_or_an_edition",
                condition=Q(report__isnull=False, part__isnull=False, edition=None)
                | Q(report=None, part=None, edition__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["centre", "first", "last"], name="published_tables_of_days")]

    def __str__(self) -> str:
        return self.name


class Every(models.TextChoices):
    """How often a scheduled report is made."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class Schedule(models.Model):
    """A model of which a draft is made by itself after each period, and which publishes itself where that was said."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="report_schedules")
    model = models.CharField(max_length=40)
    every = models.CharField(_("how often"), max_length=7, choices=Every.choices)
    language = models.CharField(_("language"), max_length=8)
    publishes = models.BooleanField(default=False)
    since = models.DateField()  # periods that end before it are not made
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "model", "language"],
                condition=Q(stopped_at=None),
                name="report_scheduled_once",
            )
        ]

    def __str__(self) -> str:
        return self.model


class Sending(models.Model):
    """A published report on its way to somebody at a partner’s. A mail that was cut off goes on with those it has not reached."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sendings")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "contact"], name="report_sent_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.contact_id}"
