"""Meetings of a body: what was on the table, who was there, what was decided, and what somebody took on."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.partners.models.bodies import Body, Seat
from parvis.partners.models.institutions import Institution


class Meeting(models.Model):
    """A body meets on a day. Approved by a later meeting, its minutes stay as they are."""

    key = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    day = models.DateField(_("day"))
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    approved_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="approves")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="minutes_approved_by_a_meeting",
                condition=Q(approved_in=None, approved_at=None)
                | Q(approved_in__isnull=False, approved_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["body", "day"], name="meeting_body_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.day}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class AgendaItem(models.Model):
    """A point on a meeting's agenda, by whom it is brought, and what the minutes say about it."""

    key = models.UUIDField(unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    brought_by = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("brought by")
    )
    minutes = models.TextField(_("minutes"), max_length=4000, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def edition(self) -> str:
        """Another one whenever its words are others: by it, a page that was opened before is told."""
        words = json.dumps([self.title, self.brought_by_id, self.minutes])
        return hashlib.sha256(words.encode()).hexdigest()[:16]


class Attendance(models.Model):
    """Whether a seat's institution was at a meeting. The institution is the one that held the seat then."""

    class State(models.TextChoices):
        PRESENT = "present", pgettext_lazy("attendance", "Present")
        DEPUTY = "deputy", _("By its deputy")
        EXCUSED = "excused", pgettext_lazy("attendance", "Excused")
        ABSENT = "absent", pgettext_lazy("attendance", "Absent")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    state = models.CharField(pgettext_lazy("of a seat", "attendance"), max_length=8, choices=State.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="seat_once_at_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.get_state_display()}"


class Decision(models.Model):
    """What a body decided, numbered within the body and the year. Votes are counts, where they were counted."""

    class Result(models.TextChoices):
        ADOPTED = "adopted", pgettext_lazy("decision", "Adopted")
        REJECTED = "rejected", pgettext_lazy("decision", "Rejected")
        POSTPONED = "postponed", pgettext_lazy("decision", "Postponed")

    key = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    wording = models.CharField(_("wording"), max_length=1000)
    result = models.CharField(_("result"), max_length=9, choices=Result.choices)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="decision_numbered_once"),
            models.CheckConstraint(
                name="votes_counted_or_not",
                condition=Q(votes_for=None, votes_against=None, abstentions=None)
                | Q(votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False),
            ),
        ]
        ordering = ["year", "number"]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def was_counted(self) -> bool:
        return self.votes_for is not None


class ActionPoint(models.Model):
    """Something that an institution or a colleague took on at a meeting, until a day."""

    key = models.UUIDField(unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="points")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="points")
    what = models.CharField(_("what is to be done"), max_length=300)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    def __str__(self) -> str:
        return self.what

    def is_overdue_on(self, day: date) -> bool:
        """Whether it was due before ``day`` and is not done."""
        return self.done_on is None and self.due is not None and self.due < day


class CarriedOver(models.Model):
    """An action that was still open when a later meeting of the body took it up again."""

    point = models.ForeignKey(ActionPoint, models.CASCADE, related_name="carried")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="carried")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "meeting"], name="carried_over_once")]

    def __str__(self) -> str:
        return f"{self.point} → {self.meeting}"


class MinutesCorrection(models.Model):
    """What should read otherwise in approved minutes, and why: it stands beside them, and they stay."""

    key = models.UUIDField(unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="corrections")
    text = models.CharField(_("how it should read"), max_length=1000)
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text
