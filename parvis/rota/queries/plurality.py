"""How many points of view a theme has: institutions per theme, counted from the published rota and from what was held.

Per institution only, never per person. Own staff, who come from no institution, count as one: the centre itself. Absent and
cancelled duties are left aside, so that a duty that was replaced counts once, for who came instead. A half-day on which nobody
is on duty for a theme is no half-day of it; how many were wanted all the same stands beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from parvis.centres.models import Centre, Theme
from parvis.rota.models import DutyKind, DutySlot, Held, Need
from parvis.rota.periods import Period

OWN = 0  # the centre itself, among the institutions


@dataclass(frozen=True)
class Stay:
    """Somebody of an institution is on duty for a theme, so many minutes long; ``half_day`` is a row's number."""

    day: date
    theme: int
    half_day: int
    institution: int
    minutes: int


@dataclass(frozen=True)
class Plurality:
    """One theme in one stretch of time. Minutes are of people: two together in an hour are 120."""

    half_days: int  # with somebody on duty
    with_two: int  # of them, with two institutions or more
    empty: int  # wanted, with nobody on duty
    institutions: int
    minutes: int
    largest: int  # minutes of the institution with the most
    held: int
    held_largest: int

    @property
    def share_with_two(self) -> int | None:
        return _percent(self.with_two, self.half_days)

    @property
    def share_largest(self) -> int | None:
        return _percent(self.largest, self.minutes)

    @property
    def share_held(self) -> int | None:
        return _percent(self.held_largest, self.held)


@dataclass(frozen=True)
class ThemeLine:
    """One theme in a period, in the one before it, and month by month."""

    theme: Theme
    now: Plurality
    before: Plurality
    months: list[Plurality]


@dataclass(frozen=True)
class Views:
    """The page: every theme that was wanted, planned or held in either period."""

    period: Period
    lines: list[ThemeLine]

    @property
    def single(self) -> list[ThemeLine]:
        """Themes with one institution alone."""
        return [line for line in self.lines if line.now.institutions == 1]


def plurality_of(planned: Iterable[Stay], held: Iterable[Stay] = (), wanted: Iterable[int] = ()) -> Plurality:
    """The figures of one theme: what was planned, what was held, and the half-days on which it was wanted."""
    there: dict[int, set[int]] = defaultdict(set)
    minutes: Counter[int] = Counter()
    for stay in planned:
        there[stay.half_day].add(stay.institution)
        minutes[stay.institution] += stay.minutes
    given: Counter[int] = Counter()
    for stay in held:
        given[stay.institution] += stay.minutes
    return Plurality(
        half_days=len(there),
        with_two=sum(len(institutions) > 1 for institutions in there.values()),
        empty=len(set(wanted) - there.keys()),
        institutions=len(minutes),
        minutes=minutes.total(),
        largest=max(minutes.values(), default=0),
        held=given.total(),
        held_largest=max(given.values(), default=0),
    )


def views(centre: Centre, period: Period) -> Views:
    """Each theme of ``centre`` in ``period`` and in the one before: four queries."""
    first, last = period.before.first, period.last
    planned, held, wanted = (
        _planned(centre, first, last),
        _held(centre, first, last),
        _wanted(centre, first, last),
    )
    lines = []
    for theme in Theme.objects.filter(centre=centre).order_by("position", "pk"):
        mine = _Of(theme.pk, planned, held, wanted)
        if not mine.anything:
            continue
        months = [mine.within(Period(month, 1)) for month in period.by_month]
        lines.append(ThemeLine(theme, mine.within(period), mine.within(period.before), months))
    return Views(period, lines)


def shares_with_two(centres: Iterable[Centre], first: date, last: date) -> dict[int, int]:
    """Centre's key -> of the half-days of duty for a theme, the percentage with two institutions or more: one query.

    Over all themes of a centre together. A centre that published no rota is not there.
    """
    rows = DutySlot.objects.standing().filter(
        centre__in=list(centres),
        duty=DutyKind.ADVICE,
        theme__isnull=False,
        half_day__date__range=(first, last),
    )
    there: dict[int, dict[tuple[int, int], set[int]]] = defaultdict(lambda: defaultdict(set))
    for centre, theme, half_day, institution in rows.values_list(
        "centre", "theme", "half_day", "institution"
    ):
        there[centre][theme, half_day].add(institution or OWN)
    return {
        centre: round(100 * sum(len(some) > 1 for some in found.values()) / len(found))
        for centre, found in there.items()
    }


class _Of:
    """The rows of one theme."""

    def __init__(
        self,
        theme: int,
        planned: Sequence[Stay],
        held: Sequence[Stay],
        wanted: Sequence[tuple[date, int, int]],
    ) -> None:
        self.planned = [stay for stay in planned if stay.theme == theme]
        self.held = [stay for stay in held if stay.theme == theme]
        self.wanted = [(day, half_day) for day, of, half_day in wanted if of == theme]

    @property
    def anything(self) -> bool:
        return bool(self.planned or self.held or self.wanted)

    def within(self, period: Period) -> Plurality:
        first, last = period.first, period.last
        return plurality_of(
            [stay for stay in self.planned if first <= stay.day <= last],
            [stay for stay in self.held if first <= stay.day <= last],
            [half_day for day, half_day in self.wanted if first <= day <= last],
        )


def _planned(centre: Centre, first: date, last: date) -> list[Stay]:
    rows = DutySlot.objects.standing().filter(centre=centre, duty=DutyKind.ADVICE, theme__isnull=False)
    found = []
    for slot in rows.between(first, last).select_related("half_day"):
        slot.half_day.centre = centre
        day, minutes = slot.half_day.date, slot.half_day.minutes
        found.append(Stay(day, slot.theme_id or 0, slot.half_day_id, slot.institution_id or OWN, minutes))
    return found


def _held(centre: Centre, first: date, last: date) -> list[Stay]:
    """Stretches that have ended, of one theme: those of several or none cannot be told apart."""
    rows = Held.objects.filter(centre=centre, duty=DutyKind.ADVICE, date__range=(first, last))
    ended = rows.filter(theme__isnull=False, ended_at__isnull=False)
    return [Stay(one.date, one.theme_id or 0, 0, one.institution_id or OWN, one.minutes) for one in ended]


def _wanted(centre: Centre, first: date, last: date) -> list[tuple[date, int, int]]:
    rows = Need.objects.filter(half_day__centre=centre, half_day__date__range=(first, last))
    rows = rows.filter(duty=DutyKind.ADVICE, theme__isnull=False, seats__gt=0)
    return list(rows.values_list("half_day__date", "theme", "half_day"))


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
