"""Figures of a day or of several, each in its own unit. Nothing here is per adviser."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from math import ceil

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from parvis.centres.models import Centre, CodeList, Theme
from parvis.reception.models import Act, ActCode, Period, Profile, State, Ticket
from parvis.reception.queries.closing import uncoded
from parvis.reception.queries.figures import Counts, DayFigures, figures_by_day


@dataclass(frozen=True)
class Waits:
    """Waits from arrival to the first call, in minutes: how many, the median, the 90th percentile (nearest rank)."""

    n: int
    median: int | None
    p90: int | None


@dataclass(frozen=True)
class Response:
    """The voluntary questions: how many were asked, how many of them answered something, by how they were asked."""

    asked: int
    answered: int
    own_screen: int
    aloud: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.answered / self.asked) if self.asked else None


@dataclass(frozen=True)
class Report:
    """Everything on a page of figures: a fixed number of queries, whatever the days."""

    first: date
    last: date
    days: list[DayFigures]
    total: Counts
    waits: Waits
    by_theme: list[tuple[Theme, Waits]]
    by_hour: list[tuple[int, Waits]]
    left_out: int
    unmet: list[tuple[str, int]]
    channels: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    response: Response
    uncoded: int
    unsigned: list[date]


def report(centre: Centre, first: date, last: date, at: datetime) -> Report:
    """The figures from ``first`` to ``last``: signed and corrected where a day was signed, as they stand elsewhere."""
    days = list(figures_by_day(centre, first, last).values())
    waited, left_out = _waits(centre, first, last)
    themes = {theme.pk: theme for theme in centre.themes.order_by("position")}
    today = centre.local_day(at)
    acts = Act.objects.counted().filter(centre=centre, date__range=(first, last)).exclude(kind="non_contact")
    channels = acts.order_by().values_list("channel").annotate(n=Count("pk"))
    names = {
        code.pk: str(code) for code in centre.codes.filter(list__in=[CodeList.CHANNEL, CodeList.UNMET_NEED])
    }
    unmet = (
        ActCode.objects.filter(act__in=acts, code__list=CodeList.UNMET_NEED, code__not_communicated=False)
        .order_by()
        .values_list("code")
        .annotate(n=Sum("count"))
    )
    tickets = Ticket.objects.filter(centre=centre, date__range=(first, last)).exclude(state=State.VOID)
    spoken = tickets.order_by().values_list("language").annotate(n=Count("pk"))
    per_theme, per_hour = defaultdict(list), defaultdict(list)
    for theme, hour, minutes in waited:
        per_theme[theme].append(minutes)
        per_hour[hour].append(minutes)
    return Report(
        first=first,
        last=last,
        days=days,
        total=reduce(Counts.plus, (day.shown for day in days)),
        waits=_summed([minutes for _theme, _hour, minutes in waited]),
        by_theme=[(theme, _summed(per_theme[pk])) for pk, theme in themes.items() if pk in per_theme],
        by_hour=[(hour, _summed(per_hour[hour])) for hour in sorted(per_hour)],
        left_out=left_out,
        unmet=_most({names[code]: n for code, n in unmet if code in names}),
        channels=_most({names[code]: n for code, n in channels if code in names}),
        languages=_most(dict(spoken)),
        response=_response(centre, first, last),
        uncoded=len(uncoded(centre, first, last)),
        unsigned=[
            day.date
            for day in days
            if not day.signed and day.date < today and any(day.live.as_dict().values())
        ],
    )


def _waits(centre: Centre, first: date, last: date) -> tuple[list[tuple[int, int, float]], int]:
    """Theme, local hour of arrival and minutes of each wait; and how many tickets closed on another day are left out."""
    calls = Period.objects.filter(ticket=OuterRef("pk"), state=State.CALLED, undone_at=None).order_by(
        "started_at"
    )
    rows = (
        Ticket.objects.filter(centre=centre, date__range=(first, last))
        .exclude(state=State.VOID)
        .annotate(called=Subquery(calls.values("started_at")[:1]), to=Subquery(calls.values("theme")[:1]))
        .filter(called__isnull=False)
        .values_list("date", "to", "taken_at", "called", "state_since")
    )
    kept, left_out = [], 0
    for day, theme, taken, called, since in rows:
        if centre.local_day(since) != day or centre.local_day(called) != day:
            left_out += 1
            continue
        kept.append((theme, centre.local(taken).hour, max(0.0, (called - taken).total_seconds() / 60)))
    return kept, left_out


def _summed(minutes: list[float]) -> Waits:
    ranked = sorted(minutes)
    if not ranked:
        return Waits(0, None, None)
    middle, high = (ranked[ceil(share * len(ranked)) - 1] for share in (0.5, 0.9))
    return Waits(len(ranked), round(middle), round(high))


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return Counter(counts).most_common()


def _response(centre: Centre, first: date, last: date) -> Response:
    said = Q(answers__isnull=False) | ~Q(commune_prefix="")
    counted = (
        Profile.objects.counted()
        .filter(centre=centre, date__range=(first, last))
        .order_by()
        .aggregate(
            asked=Count("pk", distinct=True),
            answered=Count("pk", distinct=True, filter=said),
            own=Count("pk", distinct=True, filter=Q(method=Profile.Method.OWN_SCREEN)),
            aloud=Count("pk", distinct=True, filter=Q(method=Profile.Method.ASKED)),
        )
    )
    return Response(counted["asked"], counted["answered"], counted["own"], counted["aloud"])


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
