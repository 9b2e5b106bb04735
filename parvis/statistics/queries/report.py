"""Figures of a day or of several, each in its own unit. Nothing here is per adviser."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from django.db.models import Count, Sum

from parvis.centres.models import Centre, CodeList
from parvis.centres.queries.opening import open_hours
from parvis.reception.models import Act, ActCode, State, Ticket
from parvis.reception.queries.closing import uncoded
from parvis.reception.queries.figures import Counts, DayFigures, figures_by_day
from parvis.reception.queries.passages import passages_by_hour
from parvis.statistics.queries.asked import Response, response
from parvis.statistics.queries.attention import Attention, attention
from parvis.statistics.queries.breakdown import (
    Broken,
    HourLine,
    ThemeLine,
    broken_down,
    hour_lines,
    theme_lines,
)
from parvis.statistics.queries.imported import Whole, wholes_over
from parvis.statistics.queries.waits import Taken, Waits, tickets_taken, waits_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """A day or a week, and what it amounts to."""

    first: date
    last: date
    days: list[DayFigures]
    total: Counts
    waits: Waits

    @property
    def has_anything(self) -> bool:
        return any(self.total.as_dict().values())

    @property
    def days_with_visitors(self) -> int:
        return sum(any(day.shown.as_dict().values()) for day in self.days)


@dataclass(frozen=True)
class Report:
    """Everything on a page of figures: a fixed number of queries, whatever the days."""

    now: Period
    before: Period  # the same weekday, or the whole week, seven days earlier
    is_over: bool
    by_theme: list[ThemeLine]
    by_hour: list[HourLine]
    broken: Broken
    waits_by_theme_and_hour: dict[tuple[int, int], Waits]
    left_out: int
    unmet: list[tuple[str, int]]
    channels: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    response: Response
    imported: list[Whole]
    attention: Attention
    open_hours: frozenset[tuple[date, int]]  # days and hours in which a site is open
    never_opened: bool  # nothing was ever recorded: a new centre's first day

    @property
    def first(self) -> date:
        return self.now.first

    @property
    def last(self) -> date:
        return self.now.last

    @property
    def total(self) -> Counts:
        return self.now.total

    @property
    def waits(self) -> Waits:
        return self.now.waits


def report(centre: Centre, first: date, last: date, at: datetime) -> Report:
    """The figures from ``first`` to ``last``: signed and corrected where a day was signed, as they stand elsewhere."""
    figures = list(figures_by_day(centre, first - WEEK, last).values())
    taken = tickets_taken(centre, first - WEEK, last)
    now, before = _period(figures, taken, first, last), _period(figures, taken, first - WEEK, last - WEEK)
    tickets = [ticket for ticket in taken if ticket.date >= first]
    broken = broken_down(centre, first, last, tickets, passages_by_hour(centre, first, last))
    themes = list(centre.themes.order_by("position"))
    today = centre.local_day(at)
    unmet, channels = _codes(centre, first, last)
    imported = wholes_over(centre, first, last)
    return Report(
        now=now,
        before=before,
        is_over=last < today,
        by_theme=theme_lines(themes, broken, tickets),
        by_hour=hour_lines(broken, tickets),
        broken=broken,
        waits_by_theme_and_hour=_crossed(tickets),
        left_out=sum(ticket.closed_later for ticket in tickets),
        unmet=unmet,
        channels=channels,
        languages=_languages(centre, first, last),
        response=response(centre, now.days),
        imported=imported,
        attention=attention(
            centre,
            figures,
            Counter(one.ticket.date for one in uncoded(centre, first - WEEK, last)),
            at,
            now=first <= today <= last,
        ),
        open_hours=open_hours(centre, first, last),
        never_opened=not (now.has_anything or taken or imported) and _is_new(centre),
    )


def _period(figures: list[DayFigures], taken: list[Taken], first: date, last: date) -> Period:
    days = [day for day in figures if first <= day.date <= last]
    return Period(
        first=first,
        last=last,
        days=days,
        total=reduce(Counts.plus, (day.shown for day in days)),
        waits=waits_of(ticket for ticket in taken if first <= ticket.date <= last),
    )


def _crossed(tickets: list[Taken]) -> dict[tuple[int, int], Waits]:
    """Waits by theme and hour of arrival."""
    groups: dict[tuple[int, int], list[Taken]] = {}
    for ticket in tickets:
        groups.setdefault((ticket.theme, ticket.hour), []).append(ticket)
    return {pair: waits for pair, group in groups.items() if (waits := waits_of(group)).n}


def _codes(centre: Centre, first: date, last: date) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Unmet needs, and acts by channel, most frequent first: three queries."""
    acts = Act.objects.counted().filter(centre=centre, date__range=(first, last)).exclude(kind="non_contact")
    names = {
        code.pk: str(code) for code in centre.codes.filter(list__in=[CodeList.CHANNEL, CodeList.UNMET_NEED])
    }
    channels = acts.order_by().values_list("channel").annotate(n=Count("pk"))
    unmet = (
        ActCode.objects.filter(act__in=acts, code__list=CodeList.UNMET_NEED, code__not_communicated=False)
        .order_by()
        .values_list("code")
        .annotate(n=Sum("count"))
    )
    return _most({names[code]: n for code, n in unmet if code in names}), _most(
        {names[code]: n for code, n in channels if code in names}
    )


def _languages(centre: Centre, first: date, last: date) -> list[tuple[str, int]]:
    """Tickets by the language that was asked for."""
    tickets = Ticket.objects.filter(centre=centre, date__range=(first, last)).exclude(state=State.VOID)
    return _most(dict(tickets.order_by().values_list("language").annotate(n=Count("pk"))))


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return Counter(counts).most_common()


def _is_new(centre: Centre) -> bool:
    """Whether neither a ticket nor an act was ever recorded: two queries, only where a page would be empty."""
    return not (Ticket.objects.filter(centre=centre).exists() or Act.objects.filter(centre=centre).exists())


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
