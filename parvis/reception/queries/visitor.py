"""What a visitor reads: the questions on kiosk and phone, and how a ticket of theirs stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from parvis.centres.models import Centre, OpeningHours, Space, Theme
from parvis.centres.queries.opening import is_open, next_opening
from parvis.reception.models import Announcement, Seat, State, Ticket
from parvis.reception.queries.look import Look
from parvis.reception.waiting import Wait

ON_A_SCREEN = 6  # choices; with more themes, the last of them leads on


@dataclass(frozen=True)
class ThemeChoice:
    """A theme as a visitor says it, and the wait of somebody who would come now."""

    theme: Theme
    wait: Wait


@dataclass(frozen=True)
class Questions:
    """What kiosk and phone ask: seven queries, whatever the number of themes and spaces."""

    screens: list[list[ThemeChoice]]
    spaces: list[Space]  # where somebody can sit down without a ticket
    announcements: list[Announcement]

    @property
    def choices(self) -> list[ThemeChoice]:
        return [choice for screen in self.screens for choice in screen]


def questions(centre: Centre, language: str, at: datetime, *, look: Look | None = None) -> Questions:
    """The questions in ``language``, with the expected waits at ``at``."""
    look = look or Look(centre, at)
    themes = Theme.objects.filter(centre=centre).open_on(centre.local_day(at))
    choices = [ThemeChoice(theme, look.waits.for_theme(theme.pk, language)) for theme in themes]
    return Questions(
        screens=in_screens(choices), spaces=places_to_sit(centre), announcements=look.announcements
    )


def in_screens(choices: Sequence[ThemeChoice]) -> list[list[ThemeChoice]]:
    """At most six on a screen. More are spread evenly, each screen with one place kept for the way on."""
    if len(choices) <= ON_A_SCREEN:
        return [list(choices)]
    count = -(-len(choices) // (ON_A_SCREEN - 1))
    size = -(-len(choices) // count)
    return [list(choices[start : start + size]) for start in range(0, len(choices), size)]


def places_to_sit(centre: Centre) -> list[Space]:
    """The waiting spaces; where a centre has none, its reception."""
    kinds = [Space.Kind.WAITING, Space.Kind.RECEPTION]
    spaces = list(
        Space.objects.filter(site__centre=centre, closed_on=None, kind__in=kinds).order_by("site", "pk")
    )
    return [space for space in spaces if space.kind == Space.Kind.WAITING] or spaces


def opens_again(centre: Centre, at: datetime) -> tuple[bool, datetime | None]:
    """Whether nobody can be received at ``at``, and if so when again, where that is known.

    A centre without written hours, or with somebody on duty, receives.
    """
    if Seat.objects.open().filter(centre=centre).exists() or is_open(centre, at):
        return False, None
    if not OpeningHours.objects.filter(site__centre=centre).exists():
        return False, None
    return True, next_opening(centre, at)


@dataclass(frozen=True)
class Standing:
    """How a ticket stands. Equal standings read the same, so a page's text is made once for all of them."""

    state: str
    before: int
    wait: Wait
    desk: str
    space: str
    direction: str
    recalled: bool
    until: str  # of a visitor who asked for time, on the centre's clock
    seated_in: str
    announcements: tuple[Announcement, ...]


def standing(ticket: Ticket, look: Look) -> Standing:
    """How ``ticket`` stands, from what was read for the whole centre: no query where its rows were loaded with it."""
    is_called = ticket.state == State.CALLED and ticket.seat is not None
    is_waiting = ticket.state == State.WAITING
    desk = ticket.seat.desk if ticket.seat and is_called else None
    told = [one for one in look.announcements if one.theme_id in (None, ticket.theme_id)]
    return Standing(
        state=ticket.state,
        before=look.waits.before(ticket.number) if is_waiting else 0,
        wait=look.waits.for_ticket(ticket.number) if is_waiting else None,
        desk=desk.name if desk else "",
        space=str(desk.space.name) if desk else "",
        direction=desk.direction if desk else "",
        recalled=ticket.recalled_at is not None,
        until=f"{ticket.centre.local(ticket.parked_until):%H:%M}" if ticket.parked_until else "",
        seated_in=str(ticket.seated_in.name) if ticket.seated_in else "",
        announcements=tuple(told) if is_waiting or ticket.state == State.PARKED else (),
    )


def standing_of(ticket: Ticket, at: datetime) -> Standing:
    """The same for one page: five queries."""
    return standing(ticket, Look(ticket.centre, at))


SHOWN_BESIDE = ("seat__desk__space", "seated_in")
SHOWN = (
    *("token", "number", "state", "theme_id", "recalled_at", "parked_until"),
    *("seat__desk__name", "seat__desk__direction", "seat__desk__space__name", "seated_in__name"),
)


def tickets_by_token(tokens: Iterable[str], centre: Centre, at: datetime) -> dict[str, Ticket]:
    """Today's tickets of some open follow pages, with all that :func:`standing` reads and no more: one query."""
    tickets = Ticket.objects.filter(centre=centre, token__in=list(tokens), date=centre.local_day(at))
    found = {ticket.token: ticket for ticket in tickets.select_related(*SHOWN_BESIDE).only(*SHOWN)}
    for ticket in found.values():
        ticket.centre = centre
    return found


def open_meanwhile(centre: Centre) -> list[Space]:
    """Where somebody may go while they wait: documentation and workshop spaces, one query."""
    kinds = [Space.Kind.DOCUMENTATION, Space.Kind.WORKSHOP]
    spaces = Space.objects.filter(site__centre=centre, closed_on=None, kind__in=kinds)
    return list(spaces.order_by("site", "pk"))
