"""Schools of the territory as the team reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.agenda.models import ClassVisit, School
from parvis.agenda.queries.reach import CAME
from parvis.centres.models import Centre, Code, CodeList
from parvis.shared.school_years import SchoolYear


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty: not."""

    search: str = ""
    network: str = ""
    level: str = ""
    place: str = ""
    specialised: bool = False
    came: str = ""  # yes, no
    closed: bool = False

    @property
    def narrows(self) -> bool:
        return self != Asked()


@dataclass(frozen=True)
class SchoolLine:
    """A school, and whether a class of it came this school year."""

    school: School
    came: bool


@dataclass(frozen=True)
class Schools:
    """The list, and what it can be narrowed to."""

    lines: list[SchoolLine]
    count: int  # all that the list is narrowed to
    known: int  # all that are open
    networks: list[Code]
    levels: list[Code]
    places: list[str]
    year: SchoolYear


def schools(centre: Centre, today: date, asked: Asked, most: int | None = None) -> Schools:
    """The territory's schools by name, the first ``most`` of them: seven queries."""
    year = SchoolYear.of(today, centre.country)
    first, until = (centre.bounds(day)[0] for day in year.bounds)
    visits = ClassVisit.objects.filter(
        school=OuterRef("pk"), state__in=CAME, begins_at__gte=first, begins_at__lt=until
    )
    every = School.objects.filter(centre=centre)
    still = Q(closed_on=None) | Q(closed_on__gt=today)
    rows = every.exclude(still) if asked.closed else every.filter(still)
    rows = _narrowed(rows, asked).annotate(came=Exists(visits)).select_related("school_network")
    if asked.came:
        rows = rows.filter(came=asked.came == "yes")
    codes = Code.objects.filter(
        centre=centre, list__in=[CodeList.SCHOOL_NETWORK, CodeList.SCHOOL_LEVEL], not_communicated=False
    ).order_by("position", "pk")
    found = list(codes)
    places = every.exclude(place="").order_by("place").values_list("place", flat=True).distinct()
    shown = list(rows.prefetch_related("levels", "streams")[:most])
    return Schools(
        [SchoolLine(one, bool(getattr(one, "came", False))) for one in shown],
        rows.count() if len(shown) == most else len(shown),
        every.filter(still).count(),
        [one for one in found if one.list == CodeList.SCHOOL_NETWORK],
        [one for one in found if one.list == CodeList.SCHOOL_LEVEL],
        list(places),
        year,
    )


def _narrowed(rows: QuerySet[School], asked: Asked) -> QuerySet[School]:
    for word in asked.search.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(reference__iexact=word))
    if asked.network:
        rows = rows.filter(school_network__key=asked.network)
    if asked.level:
        rows = rows.filter(levels__key=asked.level)
    if asked.place:
        rows = rows.filter(place=asked.place)
    return rows.filter(specialised=True) if asked.specialised else rows


def open_schools(centre: Centre, today: date) -> list[School]:
    """All that are open, to choose one: one query."""
    return list(School.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), centre=centre))
