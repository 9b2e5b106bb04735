"""Tickets and the periods they went through: when, for what, never at whose desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.reception.models import Arrival, Period, State, Ticket
from parvis.reception.models.ticket import OutOfTurn
from parvis.reception.queries.export.entries import EntryNames, Lot, lots
from parvis.shared.books import Table
from parvis.shared.sheets import Cell

FIELDS = ("pk", "date", "number", "arrival", "theme", "language", "size", "priority", "taken_at", "state")
TIMED = (State.WAITING, State.CALLED, State.INTERVIEW)
PERIOD = ("ticket__date", "ticket__number", "state", "theme", "reason", "started_at", "ended_at")


def tickets_tables(centre: Centre, first: date, last: date, names: EntryNames) -> Iterator[Table]:
    """Tickets with their times summed up, and every period."""
    tickets = Ticket.objects.filter(centre=centre, date__range=(first, last))
    found = lots(tickets)
    heading = [
        _("Date"),
        _("Number"),
        _("Way in"),
        _("Theme"),
        _("Language"),
        _("Number of people"),
        _("Reason for priority"),
        _("Arrived at"),
        _("State"),
        _("Since"),
        _("Seconds waiting"),
        _("Seconds on the way to the desk"),
        _("Seconds in interview"),
    ]
    count = sum(lot.rows for lot in found)
    yield Table("tickets", _("Tickets"), heading, _tickets(centre, tickets, found, names), count)
    periods = Period.objects.filter(
        ticket__centre=centre, ticket__date__range=(first, last), undone_at=None
    ).order_by("ticket__date", "ticket__number", "started_at", "pk")
    heading = [_("Date"), _("Number"), _("State"), _("Theme"), _("Called out of turn because")]
    heading += [_("From"), _("Until"), _("Seconds")]
    rows = _periods(centre, periods, found, names)
    yield Table("periods", _("Periods"), heading, rows, periods.count() if found else 0)


def _tickets(
    centre: Centre, tickets: QuerySet[Ticket], found: list[Lot], names: EntryNames
) -> Iterator[Sequence[Cell]]:
    ways = {way.value: str(way.label) for way in Arrival}
    states = {state.value: str(state.label) for state in State}
    for lot in found:
        of_lot = tickets.filter(date__range=(lot.first, lot.last))
        times = _times(of_lot)
        rows: Any = of_lot.order_by("date", "number").values_list(*FIELDS, "state_since")
        for pk, day, number, way, theme, language, size, priority, taken, state, since in rows:
            spent = times.get(pk, {})
            yield [
                day,
                number,
                ways[way],
                names.themes[theme],
                language,
                size,
                names.codes.get(priority),
                _local(centre, taken),
                states[state],
                _local(centre, since),
                *(spent.get(one) for one in TIMED),
            ]


def _times(of_lot: QuerySet[Ticket]) -> dict[int, dict[str, int]]:
    """Ticket → state → seconds in periods that have ended."""
    rows: Any = Period.objects.filter(
        ticket__in=of_lot, state__in=TIMED, undone_at=None, ended_at__isnull=False
    ).values_list("ticket", "state", "started_at", "ended_at")
    spent: dict[int, dict[str, int]] = {}
    for ticket, state, start, end in rows:
        of_ticket = spent.setdefault(ticket, {})
        of_ticket[state] = of_ticket.get(state, 0) + round((end - start).total_seconds())
    return spent


def _periods(
    centre: Centre, periods: QuerySet[Period], found: list[Lot], names: EntryNames
) -> Iterator[Sequence[Cell]]:
    states = {state.value: str(state.label) for state in State}
    reasons = {reason.value: str(reason.label) for reason in OutOfTurn}
    for lot in found:
        rows: Any = periods.filter(ticket__date__range=(lot.first, lot.last)).values_list(*PERIOD)
        for day, number, state, theme, reason, start, end in rows:
            yield [
                day,
                number,
                states[state],
                names.themes[theme],
                reasons.get(reason),
                _local(centre, start),
                _local(centre, end),
                round((end - start).total_seconds()) if end else None,
            ]


def _local(centre: Centre, at: datetime | None) -> datetime | None:
    """On the centre's clock, without a zone: what spreadsheets understand. Durations stand beside it in seconds."""
    return at.astimezone(centre.zone).replace(tzinfo=None, microsecond=0) if at else None
