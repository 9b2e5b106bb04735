"""What robots see: the tables as they are now, whoever wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.db.models.expressions import F
from django.db.models.lookups import IsNull

from parvis.accounts.models import User
from parvis.centres.models import Desk
from parvis.demonstration.ground import Ground
from parvis.reception.models import Period, Seat, State, Ticket

TALKS = (State.INTERVIEW, State.NO_SHOW)


@dataclass(frozen=True)
class Sitting:
    """A robot at its seat."""

    seat: Seat
    robot: int  # the number of its duty
    themes: frozenset[int]
    ticket: Ticket | None  # called to it, or in interview
    rested_from: datetime | None  # end of its last talk
    talks: int

    def takes(self, ticket: Ticket) -> bool:
        """The rule of ``call_next``."""
        if ticket.for_seat_id or ticket.for_desk_id:
            return ticket.for_seat_id == self.seat.pk or ticket.for_desk_id == self.seat.desk_id
        return ticket.theme_id in self.themes and ticket.language in self.seat.languages


@dataclass(frozen=True)
class Sight:
    """Everything at one moment: four queries."""

    sittings: list[Sitting]
    waiting: list[Ticket]  # in fair order
    parked: list[Ticket]
    came_today: frozenset[int]  # robots who have been on duty today
    taken: frozenset[tuple[int, int]]  # desk and place


def look(ground: Ground, day: date, crew: Sequence[User | None]) -> Sight:
    """What there is at ``ground`` on its local ``day``; ``crew``: who keeps each duty."""
    robots = {person.pk: number for number, person in enumerate(crew) if person}
    seats = list(
        Seat.objects.open()
        .filter(centre=ground.centre)
        .select_related("desk", "centre")
        .prefetch_related("themes")
        .order_by("pk")
    )
    tickets = list(
        Ticket.objects.open()
        .filter(centre=ground.centre, date=day)
        .select_related("theme", "centre")
        .order_by(IsNull(F("priority"), True), "taken_at", "number")
    )
    at_seat = {
        ticket.seat_id: ticket for ticket in tickets if ticket.state in (State.CALLED, State.INTERVIEW)
    }
    ended = _ended(seats)
    sittings = [
        Sitting(
            seat=seat,
            robot=robots[seat.person_id],
            themes=frozenset(theme.pk for theme in seat.themes.all()),
            ticket=at_seat.get(seat.pk),
            rested_from=ended[seat.pk][0] if seat.pk in ended else None,
            talks=ended[seat.pk][1] if seat.pk in ended else 0,
        )
        for seat in seats
        if seat.person_id in robots
    ]
    start, end = ground.centre.bounds(day)
    came = Seat.objects.filter(person__in=robots, opened_at__gte=start, opened_at__lt=end)
    return Sight(
        sittings=sittings,
        waiting=[ticket for ticket in tickets if ticket.state == State.WAITING],
        parked=[ticket for ticket in tickets if ticket.state == State.PARKED],
        came_today=frozenset(robots[pk] for pk in came.values_list("person_id", flat=True) if pk is not None),
        taken=frozenset((seat.desk_id, seat.place) for seat in seats),
    )


def _ended(seats: list[Seat]) -> dict[int, tuple[datetime, int]]:
    """When each seat's last talk (or wait for somebody absent) ended, and how many there were."""
    done = Q(state__in=TALKS, undone_at=None, ended_at__isnull=False)
    rows = Period.objects.filter(done, seat__in=seats).values_list("seat")
    return {
        seat: (last, count) for seat, last, count in rows.annotate(last=Max("ended_at"), count=Count("pk"))
    }


def free_place(ground: Ground, taken: frozenset[tuple[int, int]]) -> tuple[Desk, int] | None:
    """Where the next robot sits; the last places stay free for people."""
    if len(taken) >= ground.public.places:
        return None
    return next(((desk, place) for desk, place in ground.places if (desk.pk, place) not in taken), None)
