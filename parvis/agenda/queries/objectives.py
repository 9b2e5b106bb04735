"""What classes worked on: objectives covered, by school and year. Not a ranking: schools stand in the order of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from parvis.agenda.models import ClassVisit, ObjectiveDone
from parvis.centres.models import Centre, Code, CodeList

S = ClassVisit.State
HELD = (S.HELD, S.EVALUATED)
DONE = (ObjectiveDone.Depth.TOUCHED, ObjectiveDone.Depth.WORKED)


@dataclass
class SchoolLine:
    """A school in a year: its visits and pupils, and how many visits worked on or touched each objective (by key)."""

    school: str
    visits: int = 0
    pupils: int = 0
    worked: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    touched: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def cells(self, objectives: Iterable[Code]) -> list[tuple[int, int]]:
        """Worked on, touched on: for each objective."""
        return [(self.worked.get(one.pk, 0), self.touched.get(one.pk, 0)) for one in objectives]


@dataclass(frozen=True)
class Covered:
    """A school year: objectives in their order, and a line for each school; ``said``: visits that say what was done."""

    begins: date
    ends: date  # the first day of the next
    objectives: list[Code]
    schools: list[SchoolLine]
    visits: int
    said: int

    @property
    def rows(self) -> list[tuple[SchoolLine, list[tuple[int, int]]]]:
        """Each school with its cells."""
        return [(line, line.cells(self.objectives)) for line in self.schools]

    @property
    def totals(self) -> list[tuple[Code, int, int]]:
        """Each objective: in how many visits it was worked on, and touched on."""
        return [
            (
                one,
                sum(line.worked.get(one.pk, 0) for line in self.schools),
                sum(line.touched.get(one.pk, 0) for line in self.schools),
            )
            for one in self.objectives
        ]


def covered(centre: Centre, begins: date, ends: date) -> Covered:
    """Classes that came from ``begins`` on and before ``ends``: three queries. A school that is not in the list goes by what was written."""
    first, last = centre.bounds(begins)[0], centre.bounds(ends)[0]
    visits = list(
        ClassVisit.objects.filter(
            centre=centre, state__in=HELD, begins_at__gte=first, begins_at__lt=last
        ).select_related("school")
    )
    lines: dict[object, SchoolLine] = {}
    of_visit: dict[int, SchoolLine] = {}
    for visit in visits:
        name = visit.school.name if visit.school else visit.school_name
        line = lines.setdefault(visit.school_id or name.casefold(), SchoolLine(name))
        line.visits, line.pupils = line.visits + 1, line.pupils + (visit.came or 0)
        of_visit[visit.pk] = line
    done = ObjectiveDone.objects.filter(visit__in=list(of_visit))
    said = set()
    for visit_pk, objective, depth in done.values_list("visit", "objective", "depth"):
        said.add(visit_pk)
        if depth == ObjectiveDone.Depth.WORKED:
            of_visit[visit_pk].worked[objective] += 1
        elif depth == ObjectiveDone.Depth.TOUCHED:
            of_visit[visit_pk].touched[objective] += 1
    used = {key for line in lines.values() for key in (*line.worked, *line.touched)}
    codes = Code.objects.filter(centre=centre, list=CodeList.OBJECTIVE).order_by("position", "pk")
    shown = [
        one
        for one in codes
        if not one.not_communicated and (one.pk in used or one.valid_to is None or one.valid_to > begins)
    ]
    schools = sorted(lines.values(), key=lambda line: line.school.casefold())
    return Covered(begins, ends, shown, schools, len(visits), len(said))


def objectives_of(visit: ClassVisit) -> list[Code]:
    """What was touched or worked on in one visit, in the list's order: one query."""
    done = visit.objectives_done.filter(depth__in=DONE).values("objective")
    return list(Code.objects.filter(pk__in=done).order_by("position", "pk"))
