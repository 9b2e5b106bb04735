"""A visitor's place in the queue, and the periods it went through."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Code, Desk, Space, Theme, TicketStyle
from parvis.centres.visitor_words import label
from parvis.reception.models.day import Expected
from parvis.reception.models.device import Device
from parvis.reception.models.seat import Seat


class State(models.TextChoices):
    """Where a ticket is. A transfer is no state: the ticket waits again, for somewhere else."""

    WAITING = "waiting", _("Waiting")
    CALLED = "called", _("Called")
    INTERVIEW = "interview", _("In interview")
    PARKED = "parked", _("Asked for time")
    DONE = "done", _("Done")
    NO_SHOW = "no_show", _("Did not come")
    LEFT = "left", _("Left")
    VOID = "void", _("Void")


OPEN_STATES = [State.WAITING, State.CALLED, State.INTERVIEW, State.PARKED]
NOTE = 140  # characters of a word for the colleague to whom somebody is handed over
AT_A_SEAT = [State.CALLED, State.INTERVIEW]


class Arrival(models.TextChoices):
    """The ways in. One queue, whichever was taken."""

    GREETER = "greeter", _("Greeter")
    KIOSK = "kiosk", _("Kiosk")
    PHONE_PAGE = "phone_page", _("Own phone")
    PHONE_CALL = "phone_call", _("Phone call")
    APPOINTMENT = "appointment", _("Appointment")
    CLASS = "class", _("Class")


class OutOfTurn(models.TextChoices):
    """Why somebody was called before others: kept with the call."""

    APPOINTMENT = "appointment", _("Has an appointment")
    FRAIL = "frail", _("Cannot wait long")
    CONTINUES = "continues", _("Continues an earlier talk")
    SHORT = "short", _("A very short question")
    LANGUAGE = "language", _("I speak their language")


def new_token() -> str:
    """An address that cannot be guessed: 128 random bits, 22 characters."""
    return secrets.token_urlsafe(16)


class TicketQuerySet(models.QuerySet["Ticket"]):
    def waiting(self) -> TicketQuerySet:
        """Callable tickets in fair order: those with a reason for priority, then by time of arrival.

        Somebody transferred or parked keeps the time at which they arrived (docs/decisions/0006-fair-order.md).
        """
        return self.filter(state=State.WAITING).order_by(IsNull(F("priority"), True), "taken_at", "number")

    def for_seat(self, seat: Seat, *, day: date) -> TicketQuerySet:
        """Tickets of ``day`` that a seat may call: handed to it or its desk, or of its themes and languages."""
        of_its_themes = Q(
            for_desk=None, for_seat=None, theme__in=seat.themes.values("pk"), language__in=seat.languages
        )
        handed_over = Q(for_seat=seat) | Q(for_desk=seat.desk_id)
        return self.filter(of_its_themes | handed_over, centre=seat.centre_id, date=day)

    def open(self) -> TicketQuerySet:
        """Tickets that still need somebody."""
        return self.filter(state__in=OPEN_STATES)


class Ticket(models.Model):
    """A visitor's place in the queue. Deliberately holds no identity."""

    key = models.UUIDField(unique=True)  # made by the device before its first try: a retry finds its ticket
    token = models.CharField(max_length=32, unique=True, default=new_token)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="tickets")
    date = models.DateField()  # the centre's local day
    number = models.PositiveIntegerField()
    word = models.CharField(max_length=20, blank=True)  # key in parvis.reception.words
    style = models.CharField(max_length=10, choices=TicketStyle.choices)
    arrival = models.CharField(_("way in"), max_length=12, choices=Arrival.choices)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    expected = models.OneToOneField(Expected, models.PROTECT, null=True, related_name="ticket")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="tickets", verbose_name=_("theme"))
    language = models.CharField(_("language"), max_length=8)
    size = models.PositiveSmallIntegerField(_("number of people"), default=1)
    priority = models.ForeignKey(
        Code, models.PROTECT, null=True, related_name="+", verbose_name=_("reason for priority")
    )
    seated_in = models.ForeignKey(
        Space, models.PROTECT, null=True, related_name="+", verbose_name=_("seated in")
    )
    taken_at = models.DateTimeField(_("arrived at"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    state_since = models.DateTimeField()
    parked_until = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="tickets")
    for_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    for_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    profile_asked_at = models.DateTimeField(null=True)
    note = models.CharField(
        _("a word for the colleague"), max_length=NOTE, blank=True, default="", db_default=""
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "date", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state__in=["called", "interview"]), name="one_visitor_at_a_seat"
            ),
            models.CheckConstraint(
                name="called_to_a_seat",
                condition=~Q(state__in=["called", "interview"]) | Q(seat__isnull=False),
            ),
            models.CheckConstraint(
                name="parked_until_a_time", condition=~Q(state="parked") | Q(parked_until__isnull=False)
            ),
            models.CheckConstraint(name="ticket_for_somebody", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="transferred_to_one_target", condition=Q(for_desk=None) | Q(for_seat=None)
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "date", "state"], name="ticket_queue"),
            models.Index(fields=["seat", "state"], name="ticket_seat_state"),
            models.Index(
                fields=["date"], condition=~Q(note=""), name="ticket_notes"
            ),  # found to be forgotten
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.number}".strip()

    @property
    def step(self) -> str:
        """The name of its last step."""
        return step_named(self.state, self.state_since)

    def name_in(self, language: str) -> str:
        """How the ticket is called out in ``language``: “Heron 12”, or “12”."""
        return f"{capfirst(label(self.word, language))} {self.number}" if self.word else str(self.number)


def step_named(state: str, since: datetime) -> str:
    """One step of a ticket, as a page names what it would take back."""
    return f"{state}-{since.timestamp()}"


def whose_turn(seat: Seat, day: date) -> tuple[int, int, int, tuple[str, ...], date]:
    """What :func:`turn_at` wants to know of a seat."""
    return seat.pk, seat.desk_id, seat.centre_id, tuple(seat.languages), day


def turn_at(pk: int, desk: int, centre: int, languages: tuple[str, ...], day: date) -> TicketQuerySet:
    """Those who wait for a seat, in fair order: for the prepared querysets of ``call_next`` and the desk."""
    seat = Seat(pk=pk, desk_id=desk, centre_id=centre, languages=languages)
    return Ticket.objects.for_seat(seat, day=day).waiting()


class Period(models.Model):
    """One state of a ticket from start to end. Waits, ways to the desk and interviews are read from these rows."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="periods")
    state = models.CharField(max_length=10, choices=State.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="periods")
    for_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    for_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=OutOfTurn.choices, blank=True)
    note = models.CharField(
        max_length=NOTE, blank=True, default="", db_default=""
    )  # with it, until the day is over
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(ended_at=None, undone_at=None),
                name="one_open_period_per_ticket",
            ),
            models.CheckConstraint(
                name="period_ends_after_it_starts",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
            ),
        ]
        # The last talks of each theme tell the wait, on every live page: without it, PostgreSQL read back through all
        # periods of the house for them (27 ms in a year of 52,000 contacts, 0.6 with it).
        indexes = [
            models.Index(
                fields=["theme", "id"], condition=Q(state="interview"), name="period_talks_of_theme"
            ),
            models.Index(fields=["ticket"], condition=~Q(note=""), name="period_notes"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.state}"

    def lasted(self, at: datetime) -> float:
        """Seconds from the start to the end, or to ``at`` while it is open."""
        return ((self.ended_at or at) - self.started_at).total_seconds()
