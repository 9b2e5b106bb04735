"""The waiting room's board: who is called and where to go, who is next, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Window

from parvis.agenda.queries.public.programme import Line as Happening
from parvis.agenda.queries.public.programme import next_sessions
from parvis.centres.models import Centre, Site, Theme, TicketStyle
from parvis.centres.queries.opening import Opening, openings_today
from parvis.reception.models import Announcement, State, Ticket
from parvis.reception.queries.look import Look
from parvis.reception.visitor_calls import said_aloud
from parvis.reception.waiting import Wait
from parvis.rota.queries.visitor_week import Time, rest_of_today

SHOWN_CALLS, SHOWN_NEXT, SHOWN_ON = 5, 6, 3
GLOW = timedelta(seconds=40)  # a call stands in the sun for so long, then stays, calmly


@dataclass(frozen=True)
class Call:
    """A called ticket, in its visitor's language, and the way to the desk."""

    ticket: Ticket
    name: str
    say: str  # what a voice says, in the visitor's language
    ring: str  # changes when the chime should sound
    is_new: bool


@dataclass(frozen=True)
class ThemeWait:
    theme: Theme
    wait: Wait


@dataclass(frozen=True)
class Board:
    """The board: twelve queries, whatever the length of the queue; three more on a day with events. Never a name, never an institution."""

    calls: list[Call]
    next: list[tuple[Ticket, str]]
    more: int
    waits: list[ThemeWait]
    announcements: list[Announcement]
    openings: list[tuple[Site, Opening]]
    on: list[Happening]  # what takes place today
    ahead: list[Time]  # when somebody is there for what, today
    has_tickets: bool  # else everybody is seated and fetched


def board(centre: Centre, at: datetime, *, look: Look | None = None) -> Board:
    """What the board shows at ``at``, newest call first. Who sits without a ticket is fetched, and not called here."""
    look = look or Look(centre, at)
    tickets = Ticket.objects.filter(centre=centre, date=centre.local_day(at)).exclude(style=TicketStyle.NONE)
    today = tickets.select_related("theme", "seat__desk")
    called = today.filter(state=State.CALLED).order_by("-state_since", "-number")
    following: list[Any] = list(today.waiting().annotate(in_line=Window(Count("*")))[:SHOWN_NEXT])
    themes = Theme.objects.filter(centre=centre).open_on(centre.local_day(at))
    return Board(
        calls=[_call(ticket, at) for ticket in called[:SHOWN_CALLS]],
        next=[(ticket, ticket.name_in(ticket.language)) for ticket in following],
        more=following[0].in_line - len(following) if following else 0,
        waits=[ThemeWait(theme, look.waits.for_theme(theme.pk, centre.language)) for theme in themes],
        announcements=look.announcements,
        openings=openings_today(centre, at),
        on=next_sessions(centre, at, days=1, most=SHOWN_ON),
        ahead=rest_of_today(centre, at),
        has_tickets=centre.ticket_style != TicketStyle.NONE,
    )


def _call(ticket: Ticket, at: datetime) -> Call:
    since = ticket.recalled_at or ticket.state_since
    return Call(
        ticket=ticket,
        name=ticket.name_in(ticket.language),
        say=said_aloud(ticket),
        ring=f"{ticket.pk}-{since.timestamp()}",
        is_new=at - since < GLOW,
    )
