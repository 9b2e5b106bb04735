"""What somebody needs in the evening: what is still open, what is not recorded, what the door says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from parvis.centres.models import Centre, Code, CodeList, Site
from parvis.reception.models import Act, Day, Period, State, Ticket
from parvis.reception.models.ticket import OPEN_STATES
from parvis.reception.queries.figures import DayFigures, figures_by_day


@dataclass(frozen=True)
class Uncoded:
    """An interview without its act: a ticket, where it was held, how long it took."""

    ticket: Ticket
    seat_id: int
    desk: str
    minutes: int


@dataclass(frozen=True)
class Evening:
    """Everything on the closing page of one day."""

    date: date
    figures: DayFigures
    open_tickets: list[Ticket]
    uncoded: list[Uncoded]
    gap_codes: list[Code]
    sites: list[Site]

    @property
    def day(self) -> Day | None:
        return self.figures.day

    @property
    def is_signed(self) -> bool:
        return self.day is not None and self.day.is_signed

    @property
    def is_quiet(self) -> bool:
        """Nobody came, or nobody noted it."""
        return not self.figures.tickets and not any(self.figures.live.as_dict().values())


def evening(centre: Centre, day: date) -> Evening:
    """One day's reconciliation: a fixed number of queries."""
    tickets = Ticket.objects.filter(centre=centre, date=day, state__in=OPEN_STATES)
    return Evening(
        date=day,
        figures=figures_by_day(centre, day, day)[day],
        open_tickets=list(tickets.select_related("theme", "seat__desk").order_by("number")),
        uncoded=uncoded(centre, day, day),
        gap_codes=list(Code.objects.filter(centre=centre, list=CodeList.GAP).open_on(day)),
        sites=list(centre.sites.filter(closed_on=None)),
    )


def uncoded(centre: Centre, first: date, last: date) -> list[Uncoded]:
    """Interviews that ended and have no act, oldest first: two queries."""
    periods = (
        Period.objects.filter(
            ticket__centre=centre,
            ticket__date__range=(first, last),
            state=State.INTERVIEW,
            undone_at=None,
            ended_at__isnull=False,
            seat__isnull=False,
        )
        .exclude(ticket__state=State.VOID)
        .select_related("ticket__theme", "seat__desk")
        .order_by("started_at", "pk")
    )
    held: dict[tuple[int, int], tuple[Ticket, str, timedelta]] = {}
    for period in periods:
        if period.seat is None or period.ended_at is None:
            continue
        ticket, desk, lasted = held.get(
            (period.ticket_id, period.seat.pk), (period.ticket, period.seat.desk.name, timedelta())
        )
        held[period.ticket_id, period.seat.pk] = (ticket, desk, lasted + period.ended_at - period.started_at)
    coded = set(
        Act.objects.filter(
            centre=centre, ticket__date__range=(first, last), undone_at=None, seat__isnull=False
        ).values_list("ticket_id", "seat_id")
    )
    return [
        Uncoded(ticket, seat_id, desk, minutes_of(lasted))
        for (ticket_id, seat_id), (ticket, desk, lasted) in held.items()
        if (ticket_id, seat_id) not in coded
    ]


def minutes_of(lasted: timedelta) -> int:
    """Whole minutes, at least one."""
    return max(1, round(lasted.total_seconds() / 60))


DAYS_SHOWN = 31


@dataclass(frozen=True)
class DayLine:
    """One line of the list of days."""

    figures: DayFigures
    open_tickets: int

    @property
    def needs_signature(self) -> bool:
        """Something happened, and nobody signed it."""
        return self.figures.signed is None and any(self.figures.live.as_dict().values())


def days_back(centre: Centre, last: date, days: int = DAYS_SHOWN) -> list[DayLine]:
    """The last ``days`` days, latest first, those on which nothing happened left out."""
    first = last - timedelta(days=days - 1)
    still_open: dict[date, int] = {}
    for day in Ticket.objects.filter(
        centre=centre, date__range=(first, last), state__in=OPEN_STATES
    ).values_list("date", flat=True):
        still_open[day] = still_open.get(day, 0) + 1
    lines = [
        DayLine(figures, still_open.get(day, 0))
        for day, figures in figures_by_day(centre, first, last).items()
    ]
    return [
        line
        for line in reversed(lines)
        if line.figures.signed or line.open_tickets or any(line.figures.live.as_dict().values())
    ]
