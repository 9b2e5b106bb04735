"""Who comes: places that are kept without names, the waiting list, and counting at the door."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.agenda.models.sessions import Session


def new_token() -> str:
    """128 random bits for an address."""
    return secrets.token_urlsafe(16)


class Where(models.TextChoices):
    """In which of its two places one takes part."""

    ROOM = "room", pgettext_lazy("how one takes part", "On site")
    ONLINE = "online", pgettext_lazy("how one takes part", "Online")


class Coming(models.Model):
    """So many people who want to come to a session. Deliberately holds no identity: a friendly name, and an address to come back.

    ``seats`` are places that it holds, ``offered`` those kept for it until ``offered_until``; both are in the session's count.
    ``key`` is made by the device: a second try finds the first. ``said_at``: when they asked, or took what was offered.
    """

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("state of a registration", "A place is kept")
        WAITING = "waiting", pgettext_lazy("state of a registration", "On the waiting list")
        OFFERED = "offered", pgettext_lazy("state of a registration", "Offered places")
        CAME = "came", pgettext_lazy("state of a registration", "Here")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a registration", "Withdrawn")
        LAPSED = "lapsed", pgettext_lazy("state of a registration", "The offer ran out")
        RELEASED = "released", pgettext_lazy("state of a registration", "Did not come in time")

    key = models.UUIDField(unique=True, editable=False)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="comings")
    number = models.PositiveSmallIntegerField()  # of the session, from 1
    word = models.CharField(max_length=20, blank=True)  # key of a friendly name
    where = models.CharField(_("how"), max_length=6, choices=Where.choices, default=Where.ROOM)
    state = models.CharField(max_length=9, choices=State.choices)
    wanted = models.PositiveSmallIntegerField(_("how many people"), validators=[MinValueValidator(1)])
    fewer = models.BooleanField(_("fewer places are fine, too"), default=False)
    seats = models.PositiveSmallIntegerField(default=0)
    offered = models.PositiveSmallIntegerField(default=0)
    offered_until = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    came = models.PositiveSmallIntegerField(default=0)
    came_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="coming_number_once"),
            models.CheckConstraint(
                name="coming_state_and_places",
                condition=Q(state__in=["held", "came"], seats__gte=1, offered=0, offered_until=None)
                | Q(state="offered", seats=0, offered__gte=1, offered_until__isnull=False)
                | Q(
                    state__in=["waiting", "withdrawn", "lapsed", "released"],
                    seats=0,
                    offered=0,
                    offered_until=None,
                ),
            ),
            models.CheckConstraint(
                name="coming_not_more_than_wanted",
                condition=Q(seats__lte=F("wanted"), offered__lte=F("wanted")),
            ),
            models.CheckConstraint(
                name="coming_waits_since_a_time",
                condition=~Q(state__in=["waiting", "offered"]) | Q(waiting_since__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["session", "state"], name="coming_session_state")]

    def __str__(self) -> str:
        return f"{self.word} {self.number}".strip()


class Address(models.Model):
    """An e-mail address that somebody gave for messages about one session, sealed, until it is over or taken back.

    A store of its own: nothing of it is read but to send. The share of ``share_key`` lies outside the database, and is
    destroyed with the row.
    """

    coming = models.OneToOneField(Coming, models.CASCADE, related_name="address")
    sealed = models.BinaryField()
    share_key = models.UUIDField(unique=True)
    agreed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.coming)


class Told(models.Model):
    """That a registration is told something once: cancelled, moved, offered places, reminded.

    ``begun_at``: since when somebody is sending it; none: nobody yet. ``left_at``: it left, or there was nobody left to tell.
    """

    class About(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        OFFER = "offer", _("Offered places")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        REMINDER = "reminder", _("Reminder")

    coming = models.ForeignKey(Coming, models.CASCADE, related_name="told")
    about = models.CharField(max_length=10, choices=About.choices)
    sequence = models.PositiveIntegerField(default=0)  # the session's, or how many offers before
    begun_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coming", "about", "sequence"], name="told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.coming} {self.about}"


class DoorCount(models.Model):
    """One press of the clicker at a session’s door: so many came in, or went out again (below zero)."""

    key = models.UUIDField(unique=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="door_counts")
    count = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="door_count_of_somebody", condition=~Q(count=0))]

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.count:+d}"
