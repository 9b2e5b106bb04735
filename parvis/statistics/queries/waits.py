"""Tickets of a period, as figures need them: when and for what they were taken, how long until the call, how they ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from math import ceil

from django.db.models import Exists, OuterRef, Subquery

from parvis.centres.models import Centre
from parvis.reception.models import Period, State, Ticket
from parvis.reception.queries.figures import units_of_ticket


@dataclass(frozen=True)
class Waits:
    """Waits from arrival to the first call, in minutes: how many, the median, the 90th percentile (nearest rank)."""

    n: int = 0
    median: int | None = None
    p90: int | None = None


@dataclass(frozen=True)
class Taken:
    """One ticket, for counting only."""

    date: date
    at: time  # of arrival, on the centre's clock
    language: str
    theme: int  # for which it was called first; the one it is for where nobody called it
    units: tuple[str, ...]  # those in which it counts: contacts, left, no_shows
    minutes: float | None  # until the first call, where that is known
    closed_later: bool  # called, but ended on another day: says nothing about waiting

    @property
    def hour(self) -> int:
        """The hour of arrival."""
        return self.at.hour


def tickets_taken(centre: Centre, first: date, last: date) -> list[Taken]:
    """Tickets of ``first`` to ``last`` that stand for somebody: one query."""
    periods = Period.objects.filter(ticket=OuterRef("pk"), undone_at=None)
    calls = periods.filter(state=State.CALLED).order_by("started_at")
    rows = (
        Ticket.objects.filter(centre=centre, date__range=(first, last))
        .exclude(state=State.VOID)
        .annotate(
            called=Subquery(calls.values("started_at")[:1]),
            to=Subquery(calls.values("theme")[:1]),
            came=Exists(periods.filter(state=State.INTERVIEW)),
        )
        .values_list(
            "date",
            "theme",
            "language",
            "arrival",
            "state",
            "taken_at",
            "state_since",
            "called",
            "to",
            "came",
            named=True,
        )
    )
    found = []
    for row in rows:
        taken = centre.local(row.taken_at)
        late = row.called is not None and (
            centre.local_day(row.state_since) != row.date or centre.local_day(row.called) != row.date
        )
        waited = None if late or row.called is None else (row.called - row.taken_at).total_seconds() / 60
        found.append(
            Taken(
                date=row.date,
                at=taken.time(),
                language=row.language,
                theme=row.to or row.theme,
                units=units_of_ticket(row.arrival, row.state, came=row.came),
                minutes=None if waited is None else max(0.0, waited),
                closed_later=late,
            )
        )
    return found


def waits_of(tickets: Iterable[Taken]) -> Waits:
    """Those of the tickets whose wait is known."""
    ranked = sorted(ticket.minutes for ticket in tickets if ticket.minutes is not None)
    if not ranked:
        return Waits()
    middle, high = (ranked[ceil(share * len(ranked)) - 1] for share in (0.5, 0.9))
    return Waits(len(ranked), round(middle), round(high))
