"""What the demonstration's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.models import Assignment, Centre
from parvis.centres.queries import next_opening
from parvis.demonstration.ground import ROBOTS, minutes
from parvis.demonstration.models import Demonstration
from parvis.reception.models import Seat, State, Ticket

STOPS = (9 * 60, 10 * 60, 11 * 60, 14 * 60, 16 * 60)  # minutes of the day that one may jump to
AFTER_CLOSING = 30
SILENT = timedelta(seconds=15)


@dataclass(frozen=True)
class Stop:
    """A moment that one may jump to."""

    at: datetime
    kind: str  # "time", "evening" or "morning"


@dataclass(frozen=True)
class Scene:
    """The demonstration at one moment."""

    now: datetime
    speed: int
    is_real: bool
    jump_to: datetime | None
    is_played: bool
    robots: int
    people: int
    waiting: int
    talking: int
    done: int


@dataclass(frozen=True)
class Part:
    """Whom one can be."""

    role: Role
    email: str
    name: str


def demonstration_of(centre: Centre) -> Demonstration | None:
    """The centre's demonstration, if it is one."""
    return Demonstration.objects.filter(centre=centre).first()


def scene(demonstration: Demonstration, centre: Centre) -> Scene:
    """Clock, robots and visitors: two queries."""
    at = centre.now()
    held = Seat.objects.open().filter(centre=centre).values_list("person__email", flat=True)
    robots = [bool(email and email.startswith(ROBOTS)) for email in held]
    states = list(
        Ticket.objects.filter(centre=centre, date=centre.local_day(at)).values_list("state", flat=True)
    )
    seen = demonstration.player_seen_at
    return Scene(
        now=centre.local(at),
        speed=centre.clock_speed,
        is_real=centre.clock_set_at is None,
        jump_to=demonstration.jump_to and centre.local(demonstration.jump_to),
        is_played=seen is not None and timezone.now() - seen < SILENT,
        robots=sum(robots),
        people=len(robots) - sum(robots),
        waiting=states.count(State.WAITING) + states.count(State.PARKED),
        talking=states.count(State.INTERVIEW) + states.count(State.CALLED),
        done=states.count(State.DONE),
    )


def stops(centre: Centre, closes: int) -> list[Stop]:
    """Where one may jump to from now, in order. ``closes`` is the minute of today's closing, 0 on a day off."""
    at = centre.now()
    start = centre.bounds(centre.local_day(at))[0]
    found = [Stop(start + timedelta(minutes=stop), "time") for stop in STOPS if stop < closes]
    if closes:
        found.append(Stop(start + timedelta(minutes=closes + AFTER_CLOSING), "evening"))
    evening = start + timedelta(minutes=max(closes, minutes(centre.local(at).time())))
    if morning := next_opening(centre, evening):
        found.append(Stop(centre.local(morning + timedelta(minutes=20)), "morning"))
    return [stop for stop in found if stop.at > at]


def parts(centre: Centre) -> list[Part]:
    """The accounts that one can sign in with: robots have none."""
    rows = Assignment.objects.filter(centre=centre) | Assignment.objects.filter(network=centre.network_id)
    people = rows.exclude(person__email__startswith=ROBOTS).select_related("person")
    order = [*Role]
    found = [Part(Role(row.role), row.person.email, row.person.name) for row in people]
    return sorted(found, key=lambda one: order.index(one.role))
