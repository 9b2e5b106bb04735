"""The adviser's desk: who is here, whose turn it is, what is left to code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q, Sum

from parvis.accounts.models import User
from parvis.centres.models import Centre, Desk, Theme
from parvis.reception.models import Act, Period, Seat, State, Ticket
from parvis.reception.models.ticket import AT_A_SEAT, TicketQuerySet, turn_at, whose_turn
from parvis.reception.queries.lines import Line, line, told
from parvis.shared.prepared import Prepared, together

TO_CODE = 8  # interviews shown at once


@dataclass(frozen=True)
class ToCode:
    """Interviews without an act: the latest few, so that an adviser who never codes still has a quick page."""

    lines: list[Line]
    there_are_more: bool


@dataclass(frozen=True)
class DeskPage:
    """Who is here and whose turn it is: four queries, whatever the length of the queue."""

    present: Line | None
    turn: list[Line]
    parked: list[Line]
    waiting_elsewhere: int  # people; a group is as many as came
    absent_from: datetime | None  # from when “did not come” is possible, once recalled

    @property
    def people(self) -> int:
        """How many wait for this seat; a group is as many as came."""
        return sum(one.ticket.size for one in self.turn)

    @property
    def seen(self) -> str:
        """What stands at the top: while it stays the same, a page needs the list only."""
        if self.present:
            return self.present.seen
        return f"next-{self.turn[0].ticket.pk}" if self.turn else ""

    @property
    def seen_list(self) -> str:
        """What stands in the list, minutes included: while it stays the same, a page needs nothing."""
        said = [
            (
                one.ticket.pk,
                one.waited,
                one.theme,
                one.is_handed_over,
                one.ticket.note,
                one.ticket.parked_until,
            )
            for one in (*self.turn, *self.parked)
        ]
        return sha256(repr((said, self.waiting_elsewhere)).encode()).hexdigest()[:16]


OPEN_SEAT = Prepared(
    lambda person, centre: (
        Seat.objects.open().filter(person=person, centre=centre).select_related("desk__space", "centre")
    )
)


def open_seat_of(person: User, centre: Centre) -> Seat | None:
    """Where ``person`` is on duty in ``centre``, if anywhere."""
    return OPEN_SEAT.first(person.pk, centre.pk)


SITTING = Prepared(lambda person, centre: Seat.objects.open().filter(person=person, centre=centre))


def seat_of(person: User, centre: Centre) -> Seat | None:
    """The same, without what a page shows of it: for the steps of a visit."""
    if seat := SITTING.first(person.pk, centre.pk):
        seat.centre = centre
    return seat


TICKET = Prepared(lambda pk, centre: Ticket.objects.filter(pk=pk, centre=centre))


def seat_and_ticket(person: User, centre: Centre, ticket: int) -> tuple[Seat | None, Ticket | None]:
    """Where ``person`` is on duty, and a ticket of the centre: for a step with a visitor."""
    with together():
        seat_sent, ticket_sent = SITTING.sent(person.pk, centre.pk), TICKET.sent(ticket, centre.pk)
    seat, found = seat_sent.first(), ticket_sent.first()
    if seat:
        seat.centre = centre
    return seat, found


def last_seat_of(person: User, centre: Centre) -> Seat | None:
    """Where ``person`` sat last time, for sensible defaults."""
    seats = Seat.objects.filter(person=person, centre=centre).prefetch_related("themes")
    return seats.select_related("desk").order_by("-opened_at").first()


def uncoded(centre: int, day: date, seat: int) -> TicketQuerySet:
    """The tickets of a seat's talks without an act of that seat."""
    talks = Period.objects.filter(seat=seat, state=State.INTERVIEW, undone_at=None)
    acts = Act.objects.filter(seat=seat, undone_at=None)
    tickets = Ticket.objects.filter(centre=centre, date=day, pk__in=talks.values("ticket"))
    return tickets.exclude(pk__in=acts.values("ticket")).exclude(seat=seat, state__in=AT_A_SEAT)


# Of whatever day: an interview that nobody ended keeps its seat over night, and only here can it be ended.
HERE = Prepared(lambda seat: told(Ticket.objects.filter(seat=seat, state__in=AT_A_SEAT)))
TURN = Prepared(lambda *seat: told(turn_at(*seat)))
PARKED = Prepared(
    lambda centre, day: told(Ticket.objects.filter(centre=centre, date=day, state=State.PARKED)).order_by(
        "parked_until", "pk"
    )
)
WAITING = Prepared(  # how many people, in one row; none where nobody waits
    lambda centre, day: (
        Ticket.objects.filter(centre=centre, date=day, state=State.WAITING)
        .values("centre")
        .values_list(Sum("size"))
    )
)
LEFT_TO_CODE = Prepared(  # the latest are found first, then read with all that a line shows
    lambda centre, day, seat: told(
        Ticket.objects.filter(
            pk__in=uncoded(centre, day, seat).order_by("-state_since").values("pk")[: TO_CODE + 1]
        )
    ).order_by("-state_since")
)
THEMES = Prepared(lambda seat: Theme.objects.filter(seats=seat).order_by("position", "pk"))


def desk_page(seat: Seat, at: datetime) -> DeskPage:
    """What the desk page shows at ``at``, but for what is left to code."""
    centre, day = seat.centre_id, seat.centre.local_day(at)
    turn = [line(ticket, at) for ticket in TURN.all(*whose_turn(seat, day))]
    present = next((line(ticket, at) for ticket in HERE.all(seat.pk)), None)
    (waiting,) = WAITING.first(centre, day) or (0,)
    return DeskPage(
        present=present,
        turn=turn,
        parked=[line(ticket, at) for ticket in PARKED.all(centre, day)],
        waiting_elsewhere=waiting - sum(one.ticket.size for one in turn),
        absent_from=_absent_from(present, seat),
    )


def left_to_code(seat: Seat, at: datetime) -> ToCode:
    """What somebody has still to code after the talks of the day at ``seat``: one query."""
    tickets = LEFT_TO_CODE.all(seat.centre_id, seat.centre.local_day(at), seat.pk)
    return ToCode([line(ticket, at) for ticket in tickets[:TO_CODE]], len(tickets) > TO_CODE)


def is_at(seat: Seat, ticket: int) -> bool:
    """Whether that visitor is called to ``seat``, or sits there."""
    return Ticket.objects.filter(pk=ticket, seat=seat, state__in=AT_A_SEAT).exists()


def themes_of(seat: Seat) -> list[Theme]:
    """What somebody receives for at ``seat``, in the centre's order: one query."""
    return THEMES.all(seat.pk)


@dataclass(frozen=True)
class Waiting:
    """One visitor in line, as programs are told."""

    ticket: int
    number: int
    word: str
    theme: int
    language: str
    size: int
    since: datetime


WAITING_HERE = Prepared(
    lambda *seat: turn_at(*seat).values_list("pk", "number", "word", "theme", "language", "size", "taken_at")
)


def waiting_for(seat: Seat, at: datetime) -> list[Waiting]:
    """Who waits for this seat, in fair order: one query."""
    return [Waiting(*row) for row in WAITING_HERE.all(*whose_turn(seat, seat.centre.local_day(at)))]


def _absent_from(present: Line | None, seat: Seat) -> datetime | None:
    if present is None or present.ticket.recalled_at is None:
        return None
    return present.ticket.recalled_at + seat.centre.no_show_after


def free_places(centre: Centre, person: User) -> list[tuple[Desk, int]]:
    """The places where ``person`` could sit down now: two queries."""
    others = Seat.objects.open().filter(centre=centre).exclude(person=person)
    taken = set(others.values_list("desk", "place"))
    desks = Desk.objects.filter(Q(closed_on=None), space__site__centre=centre).select_related("space__site")
    return [
        (desk, place) for desk in desks for place in range(1, desk.seats + 1) if (desk.pk, place) not in taken
    ]
