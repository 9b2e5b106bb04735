"""Reach: classes and pupils who came, against the schools and pupils of the territory. No school is ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from parvis.agenda.models import ClassVisit, School
from parvis.centres.models import Centre, Code

S = ClassVisit.State
CAME = (S.HELD, S.EVALUATED)


@dataclass(frozen=True)
class Part:
    """A part of the territory: its schools and pupils, how many schools came, with how many classes and pupils.

    ``pupils``: of the schools whose number is known; none where it cannot be said. A pupil who came twice counts twice in ``met``.
    """

    label: str
    schools: int
    reached: int
    pupils: int | None
    classes: int
    met: int

    @property
    def percent(self) -> int | None:
        """Schools that came, of a hundred."""
        return round(100 * self.reached / self.schools) if self.schools else None


@dataclass(frozen=True)
class Typed:
    """A school as teachers typed it, that nobody found among the territory's yet."""

    name: str
    classes: int
    met: int


@dataclass(frozen=True)
class Reach:
    """All of a period: ``first`` to the day before ``until``."""

    first: date
    until: date
    whole: Part
    levels: list[Part]
    networks: list[Part]
    places: list[Part]
    typed: list[Typed]
    not_reached: list[School]  # by place, then by name
    uncounted: int  # schools whose number of pupils nobody knows


@dataclass(frozen=True)
class _Visit:
    school: int | None
    level: int | None
    typed: str
    met: int


def reach(centre: Centre, first: date, until: date) -> Reach:
    """Visits that were held from ``first`` until the day before ``until``, against the schools of that time: four queries."""
    schools = list(
        School.objects.filter(Q(closed_on=None) | Q(closed_on__gt=first), centre=centre, opened_on__lt=until)
        .select_related("school_network")
        .prefetch_related("levels")
    )
    visits = _visits(centre, first, until)
    known = [one for one in visits if one.school in {school.pk for school in schools}]
    typed: dict[str, list[_Visit]] = defaultdict(list)
    for one in visits:
        if one.school is None:
            typed[one.typed].append(one)
    came = {one.school for one in known}
    return Reach(
        first,
        until,
        _part("", schools, visits, came),
        _levels(centre, schools, visits),
        _parts(schools, known, lambda one: str(one.school_network.label) if one.school_network else ""),
        _parts(schools, known, lambda one: one.place),
        [Typed(name, len(found), _met(found)) for name, found in sorted(typed.items())],
        sorted((one for one in schools if one.pk not in came), key=_by_place),
        sum(one.pupils is None for one in schools),
    )


def _visits(centre: Centre, first: date, until: date) -> list[_Visit]:
    begins, ends = (datetime(day.year, day.month, day.day, tzinfo=centre.zone) for day in (first, until))
    rows = ClassVisit.objects.filter(centre=centre, state__in=CAME, begins_at__gte=begins, begins_at__lt=ends)
    found = rows.values_list("school", "level", "school_name", "came")
    return [_Visit(school, level, typed, came or 0) for school, level, typed, came in found]


def _levels(centre: Centre, schools: list[School], visits: list[_Visit]) -> list[Part]:
    """A school of two levels counts in each; its pupils are not known by level."""
    named: dict[int, Code] = {code.pk: code for one in schools for code in one.levels.all()}
    others = {one.level for one in visits if one.level} - named.keys()
    named |= {code.pk: code for code in Code.objects.filter(pk__in=others)}
    parts = []
    for pk, code in sorted(named.items(), key=lambda one: (one[1].position, one[0])):
        there = [one for one in schools if pk in {level.pk for level in one.levels.all()}]
        came = [one for one in visits if one.level == pk]
        reached = {one.school for one in came} & {one.pk for one in there}
        parts.append(Part(str(code.label), len(there), len(reached), None, len(came), _met(came)))
    if unsaid := [one for one in visits if one.level is None]:
        parts.append(Part("", 0, 0, None, len(unsaid), _met(unsaid)))
    return parts


def _parts(schools: list[School], visits: list[_Visit], of: Callable[[School], str]) -> list[Part]:
    """By what ``of`` says of a school, in the order of the alphabet; those of which nothing is said last."""
    there: dict[str, list[School]] = defaultdict(list)
    for one in schools:
        there[of(one)].append(one)
    by_school: dict[int | None, list[_Visit]] = defaultdict(list)
    for visit in visits:
        by_school[visit.school].append(visit)
    parts = []
    for label in sorted(there, key=lambda one: (not one, one.casefold())):
        came = [visit for one in there[label] for visit in by_school[one.pk]]
        parts.append(_part(label, there[label], came, {one.school for one in came}))
    return parts


def _part(label: str, schools: list[School], visits: list[_Visit], came: Iterable[int | None]) -> Part:
    counted = [one.pupils for one in schools if one.pupils is not None]
    reached = {one.pk for one in schools} & set(came)
    pupils = sum(counted) if counted else None
    return Part(label, len(schools), len(reached), pupils, len(visits), _met(visits))


def _met(visits: Iterable[_Visit]) -> int:
    return sum(one.met for one in visits)


def _by_place(school: School) -> tuple[bool, str, str]:
    return not school.place, school.place.casefold(), school.name.casefold()
