"""The house at a glance, for whoever welcomes: who is on duty, who waits, who is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.centres.models import Centre, Theme
from parvis.reception.models import Announcement, Expected, Seat, State
from parvis.reception.models.ticket import AT_A_SEAT
from parvis.reception.queries.lines import Line, line, of_today


@dataclass(frozen=True)
class Duty:
    """A theme now: how many seats are open for it, in which languages, and how many people wait."""

    theme: Theme
    seats: int
    busy: int
    languages: list[str]
    waiting: int
    longest: int  # minutes that the first of them has waited


@dataclass(frozen=True)
class House:
    """Everything that happens now: seven queries, whatever the number of visitors."""

    duties: list[Duty]
    waiting: list[Line]
    at_desks: list[Line]
    parked: list[Line]
    gone: list[Line]  # the last ones that ended, for an undo
    expected: list[Expected]
    announcements: list[Announcement]


def house(centre: Centre, at: datetime) -> House:
    """What the greeter's page shows at ``at``."""
    open_now = [line(ticket, at) for ticket in of_today(centre, at).open().order_by("taken_at", "number")]
    waiting = [one for one in open_now if one.ticket.state == State.WAITING]
    gone = of_today(centre, at).filter(state__in=[State.LEFT, State.NO_SHOW, State.VOID, State.DONE])
    soon, late = at + timedelta(hours=1), at - timedelta(hours=2)
    expected = Expected.objects.filter(
        centre=centre, at__gte=late, at__lt=soon, cancelled_at=None, ticket=None
    )
    return House(
        duties=_duties(centre, at, waiting, open_now),
        waiting=sorted(waiting, key=lambda one: (one.ticket.priority_id is None, one.ticket.taken_at)),
        at_desks=[one for one in open_now if one.ticket.state in AT_A_SEAT],
        parked=[one for one in open_now if one.is_parked],
        gone=[line(ticket, at) for ticket in gone.order_by("-state_since", "-pk")[:5]],
        expected=list(expected.select_related("theme")),
        announcements=list(announced(centre, at)),
    )


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
    told = Announcement.objects.filter(centre=centre, starts_at__lte=at, ends_at__gt=at)
    return list(told.select_related("theme"))


def _duties(centre: Centre, at: datetime, waiting: list[Line], open_now: list[Line]) -> list[Duty]:
    seats = list(Seat.objects.open().filter(centre=centre, paused_at=None).prefetch_related("themes"))
    busy = {one.ticket.seat_id for one in open_now if one.ticket.state in AT_A_SEAT}
    found = []
    for theme in Theme.objects.filter(centre=centre).open_on(centre.local_day(at)):
        serving = [seat for seat in seats if theme in seat.themes.all()]
        queue = [one for one in waiting if one.ticket.theme_id == theme.pk]
        found.append(
            Duty(
                theme=theme,
                seats=len(serving),
                busy=sum(seat.pk in busy for seat in serving),
                languages=sorted(
                    {code for seat in serving for code in seat.languages}, key=centre.languages.index
                ),
                waiting=len(queue),
                longest=max((one.waited for one in queue), default=0),
            )
        )
    return found
