"""The house at a glance, for whoever welcomes: who is on duty, who waits, who is expected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.centres.models import Centre, Theme
from parvis.reception.models import Announcement, Expected, State
from parvis.reception.models.ticket import AT_A_SEAT
from parvis.reception.queries.lines import Line, line, seated
from parvis.reception.waiting import Wait, Waits
from parvis.rota.queries.on_the_day import expected_now
from parvis.shared.prepared import Prepared

ENDED = [State.LEFT, State.NO_SHOW, State.VOID, State.DONE]
OPEN = Prepared(lambda centre, day: seated(centre, day).open().order_by("taken_at", "number"))
GONE = Prepared(
    lambda centre, day: seated(centre, day).filter(state__in=ENDED).order_by("-state_since", "-pk")[:5]
)
SOON = Prepared(
    lambda centre, late, soon: Expected.objects.filter(
        centre=centre, at__gte=late, at__lt=soon, cancelled_at=None, ticket=None
    ).select_related("theme")
)
ANNOUNCED = Prepared(
    lambda centre, at: Announcement.objects.filter(
        centre=centre, starts_at__lte=at, ends_at__gt=at
    ).select_related("theme")
)
THEMES = Prepared(lambda centre, day: Theme.objects.filter(centre=centre).open_on(day))


@dataclass(frozen=True)
class Duty:
    """A theme now: how many seats receive for it, and the wait of somebody who would come in the centre's language."""

    theme: Theme
    seats: int
    wait: Wait
    coming: int = 0  # planned at this moment, and not there yet


@dataclass(frozen=True)
class House:
    """Everything that happens now: four queries, whatever the number of visitors."""

    waiting: list[Line]
    at_desks: list[Line]
    parked: list[Line]
    gone: list[Line]  # the last ones that ended, for an undo
    expected: list[Expected]
    announcements: list[Announcement]


def house(centre: Centre, at: datetime) -> House:
    """What the greeter's page shows of the house at ``at``."""
    day = centre.local_day(at)
    open_now = [line(ticket, at) for ticket in OPEN.all(centre.pk, day)]
    waiting = [one for one in open_now if one.ticket.state == State.WAITING]
    return House(
        waiting=sorted(waiting, key=lambda one: (one.ticket.priority_id is None, one.ticket.taken_at)),
        at_desks=[one for one in open_now if one.ticket.state in AT_A_SEAT],
        parked=[one for one in open_now if one.is_parked],
        gone=[line(ticket, at) for ticket in GONE.all(centre.pk, day)],
        expected=SOON.all(centre.pk, at - timedelta(hours=2), at + timedelta(hours=1)),
        announcements=announced(centre, at),
    )


def duties(centre: Centre, at: datetime, waits: Waits) -> list[Duty]:
    """Each theme, who receives for it, and who is expected to, in the centre's order: two queries."""
    coming = expected_now(centre, at)
    receiving = Counter(theme for seat in waits.seats if not seat.paused for theme in seat.themes)
    return [
        Duty(theme, receiving[theme.pk], waits.for_theme(theme.pk, centre.language), coming[theme.pk])
        for theme in THEMES.all(centre.pk, centre.local_day(at))
    ]


def expected_by_day(centre: Centre, at: datetime) -> dict[date, list[Expected]]:
    """Who is announced from today on, by local day: one query."""
    start, _end = centre.bounds(centre.local_day(at))
    coming = Expected.objects.filter(centre=centre, at__gte=start, cancelled_at=None)
    days: dict[date, list[Expected]] = {}
    for expected in coming.select_related("theme", "ticket"):
        days.setdefault(centre.local_day(expected.at), []).append(expected)
    return days


def announced(centre: Centre, at: datetime) -> list[Announcement]:
    """What is announced at ``at``: one query."""
    return ANNOUNCED.all(centre.pk, at)
