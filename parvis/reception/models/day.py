"""A centre's day: its counter, its door count, its announcements, and its evening signature."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, Site, Theme


class Day(models.Model):
    """One local day at one centre. Its row is locked to draw a number, and signed in the evening."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="days")
    date = models.DateField(_("day"))
    last_number = models.PositiveIntegerField(default=0)
    door_count = models.PositiveIntegerField(_("door count"), null=True, blank=True)
    gap_reasons = models.ManyToManyField(
        Code, blank=True, related_name="+", verbose_name=_("why the counts differ")
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    # What was signed: unit -> number, as ``queries.figures`` counted it then. Later changes are corrections beside it.
    figures = models.JSONField(default=dict)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "date"], name="one_day_per_centre")]

    def __str__(self) -> str:
        return f"{self.centre} {self.date}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Correction(models.Model):
    """A change to a signed day: kept beside what it corrects, with its reason and author."""

    day = models.ForeignKey(Day, models.PROTECT, related_name="corrections")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    subject = models.CharField(_("figure"), max_length=40)
    before = models.IntegerField(_("before"))
    after = models.IntegerField(_("after"))
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.day}: {self.subject} {self.before} → {self.after}"


class Passage(models.Model):
    """Crossings of the door counted together: a click, an hour typed in, or a sensor's interval."""

    class Source(models.TextChoices):
        CLICKER = "clicker", _("Clicker")
        HOURLY = "hourly", _("Hourly entry")
        SENSOR = "sensor", _("Door sensor")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="passages")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    date = models.DateField()
    hour = models.PositiveSmallIntegerField()  # on the centre's clock
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=8, choices=Source.choices)
    device = models.ForeignKey("reception.Device", models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "date"], name="passage_centre_date")]
        constraints = [models.CheckConstraint(name="passage_hour_of_a_day", condition=Q(hour__lte=23))]

    def __str__(self) -> str:
        return f"{self.date} {self.hour} h: {self.count}"


class Announcement(models.Model):
    """A sentence for everybody waiting, on board, kiosk and follow pages, until it ends."""

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="announcements")
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    minutes = models.PositiveSmallIntegerField(_("delay in minutes"), null=True, blank=True)
    text = I18nCharField(_("sentence"), blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="announcement_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return str(self.text) or f"{self.minutes} min"


class Expected(models.Model):
    """An appointment or a class announced beforehand: a time, a theme and a size, never a name."""

    class Kind(models.TextChoices):
        APPOINTMENT = "appointment", _("Appointment")
        CLASS = "class", _("Class")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="expected")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("expected at"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name=_("theme"))
    language = models.CharField(_("language"), max_length=8)
    size = models.PositiveSmallIntegerField(_("number of people"), default=1)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="expected_somebody", condition=Q(size__gte=1))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%H:%M}"

    def is_late(self, at: datetime) -> bool:
        return at > self.at
