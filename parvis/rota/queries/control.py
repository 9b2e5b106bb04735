"""What is not as it should be in the ten days after a day: seats without anybody, one institution alone, languages, limits.

A finding is a small dictionary of row numbers and dates, so that it can be kept and said again in any language. It names nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from parvis.centres.models import Centre
from parvis.rota.models import DutySlot, HalfDay, Need, Terms

DAYS = 10
REACH = timedelta(days=31)  # how far duties before and after are looked at, for weeks and days in a row
UNCOVERED, ALONE, LANGUAGE, LIMIT = "uncovered", "alone", "language", "limit"
KINDS = (UNCOVERED, ALONE, LANGUAGE, LIMIT)
PER_WEEK, PER_DAY, IN_A_ROW, REST = "per_week", "per_day", "days_in_a_row", "rest_hours"
Finding = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """One duty of somebody: its day, and when it begins and ends."""

    day: date
    begins: datetime
    ends: datetime


def control(centre: Centre, day: date) -> list[Finding]:
    """Everything found for the ten days after ``day``, by kind and in the order of time: five queries."""
    first, last = day + timedelta(days=1), day + timedelta(days=DAYS)
    slots = _slots(centre, first - REACH, last + REACH)
    terms = {one.person_id: one for one in Terms.objects.filter(centre=centre)}
    needs = Need.objects.filter(half_day__centre=centre, half_day__date__range=(first, last))
    found: list[Finding] = []
    for need in needs.select_related("half_day").order_by("half_day__date", "half_day__starts", "duty", "pk"):
        on = [one for one in slots if _meets(one, need)]
        found += _of_need(need, on, terms)
    found += _of_people(slots, terms, first, last)
    return sorted(found, key=lambda one: (KINDS.index(one["kind"]), one["day"]))


def uncovered(seats: int, on: int) -> int:
    """How many seats nobody is on."""
    return max(0, seats - on)


def is_alone(institutions: Sequence[int | None]) -> bool:
    """Whether two people or more come from one institution only; own staff is the centre itself."""
    return len(institutions) > 1 and len(set(institutions)) == 1


def missing_speakers(wanted: dict[str, int], spoken: Iterable[Sequence[str]]) -> dict[str, int]:
    """Language -> how many speakers are missing."""
    spoken = list(spoken)
    counts = {code: sum(code in languages for languages in spoken) for code in wanted}
    return {code: n - counts[code] for code, n in wanted.items() if counts[code] < n}


def over_limits(duties: Iterable[Held], terms: Terms, first: date, last: date) -> Iterator[Finding]:
    """Each limit of one person that is broken by a duty between ``first`` and ``last``: on the first such day."""
    mine = sorted(duties, key=lambda one: one.begins)
    days: dict[date, list[Held]] = defaultdict(list)
    weeks: dict[date, list[Held]] = defaultdict(list)
    for one in mine:
        days[one.day].append(one)
        weeks[one.day - timedelta(days=one.day.weekday())].append(one)
    for monday, here in weeks.items():
        inside = [one.day for one in here if first <= one.day <= last]
        if terms.per_week is not None and len(here) > terms.per_week and inside:
            yield _limit(PER_WEEK, inside[0], len(here), terms.per_week) | {"week": monday.isoformat()}
    for day, here in days.items():
        if len(here) > terms.per_day and first <= day <= last:
            yield _limit(PER_DAY, day, len(here), terms.per_day)
    if terms.days_in_a_row is not None:
        yield from _in_a_row(sorted(days), terms.days_in_a_row, first, last)
    for before, after in pairwise(mine):
        rest = (after.begins - before.ends).total_seconds() / 3600
        if before.day != after.day and rest < terms.rest_hours and first <= after.day <= last:
            yield _limit(REST, after.day, int(rest), terms.rest_hours)


def _in_a_row(days: list[date], most: int, first: date, last: date) -> Iterator[Finding]:
    """Each run of days that is too long, on its first day too many that lies within the days looked at."""
    run: list[date] = []
    for day in [*days, date.max]:
        if run and day != run[-1] + timedelta(days=1):
            over = [one for one in run[most:] if first <= one <= last]
            if over:
                yield _limit(IN_A_ROW, over[0], len(run), most)
            run = []
        run.append(day)


def _limit(rule: str, day: date, count: int, most: int) -> Finding:
    return {"kind": LIMIT, "rule": rule, "day": day.isoformat(), "count": count, "most": most}


def _slots(centre: Centre, first: date, last: date) -> list[DutySlot]:
    rows = DutySlot.objects.standing().filter(centre=centre).between(first, last).select_related("half_day")
    slots = list(rows)
    for slot in slots:
        slot.half_day.centre = centre
    return slots


def _meets(slot: DutySlot, need: Need) -> bool:
    return (slot.half_day_id, slot.duty, slot.theme_id) == (need.half_day_id, need.duty, need.theme_id)


def _of_need(need: Need, on: list[DutySlot], terms: dict[int, Terms]) -> Iterator[Finding]:
    place = _place(need.half_day) | {"duty": need.duty, "theme": need.theme_id}
    if missing := uncovered(need.seats, len(on)):
        yield place | {"kind": UNCOVERED, "missing": missing, "seats": need.seats}
    if need.theme_id and is_alone([one.institution_id for one in on]):
        yield place | {"kind": ALONE, "people": len(on)}
    spoken = [terms[one.person_id].languages for one in on if one.person_id in terms]
    for code, n in missing_speakers(need.languages, spoken).items():
        yield place | {"kind": LANGUAGE, "language": code, "missing": n}


def _place(half_day: HalfDay) -> Finding:
    return {"day": half_day.date.isoformat(), "starts": half_day.starts.isoformat("minutes")}


def _of_people(slots: list[DutySlot], terms: dict[int, Terms], first: date, last: date) -> Iterator[Finding]:
    duties: dict[int, list[Held]] = defaultdict(list)
    for slot in slots:
        if slot.person_id in terms:
            duties[slot.person_id].append(Held(slot.half_day.date, *slot.half_day.bounds))
    for person, mine in duties.items():
        for finding in over_limits(mine, terms[person], first, last):
            yield finding | {"person": person}
