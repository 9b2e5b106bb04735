"""One ticket as staff read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, get_language_info

from parvis.reception.models import State, Ticket
from parvis.reception.models.ticket import TicketQuerySet


@dataclass(frozen=True)
class Line:
    """A ticket, how it is called in the reader's language, and how long it has been there."""

    ticket: Ticket
    name: str
    theme: str
    waited: int  # whole minutes since arrival
    since: int  # whole minutes in the present state
    language: str  # the visitor's language by its own name

    @property
    def is_called(self) -> bool:
        return self.ticket.state == State.CALLED

    @property
    def is_in_interview(self) -> bool:
        return self.ticket.state == State.INTERVIEW

    @property
    def is_parked(self) -> bool:
        return self.ticket.state == State.PARKED

    @property
    def place(self) -> str:
        """The desk, where there is one: for tickets that were read with theirs (:func:`seated`)."""
        return self.ticket.seat.desk.name if self.ticket.seat else ""

    @property
    def is_handed_over(self) -> bool:
        return bool(self.ticket.for_seat_id or self.ticket.for_desk_id)

    @property
    def seen(self) -> str:
        """Changes whenever the ticket does: a page that shows this needs no new fragment."""
        recalled = self.ticket.recalled_at
        return f"{self.ticket.pk}-{self.ticket.state}-{recalled.timestamp() if recalled else ''}"


def told(tickets: TicketQuerySet) -> TicketQuerySet:
    """Everything that a line reads, in the one query; its desk apart, which few lists show."""
    return tickets.select_related("theme", "priority", "seated_in")


def line(ticket: Ticket, at: datetime) -> Line:
    return Line(
        ticket=ticket,
        name=ticket.name_in(get_language() or "en"),
        theme=str(ticket.theme.name),
        waited=whole_minutes(ticket.taken_at, at),
        since=whole_minutes(ticket.state_since, at),
        language=language_name(ticket.language),
    )


def whole_minutes(start: datetime, end: datetime) -> int:
    """Whole minutes from ``start`` to ``end``; a device's clock that is ahead gives 0."""
    return max(0, int((end - start).total_seconds() // 60))


def language_name(code: str) -> str:
    """A language by its own name: français, العربيّة."""
    return str(get_language_info(code)["name_local"])


def seated(centre: int, day: date) -> TicketQuerySet:
    """The tickets of a centre's day, with their desks."""
    return told(Ticket.objects.filter(centre=centre, date=day)).select_related("seat__desk")
