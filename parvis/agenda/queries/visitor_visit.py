"""A visit as its teacher reads it: where it is, what comes next, what was said. Nobody of the team is named."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.agenda.models import ClassVisit, Kit, Teacher, VisitDate, VisitStep
from parvis.agenda.queries.half_days import in_order
from parvis.agenda.visitor_class_words import NEXT, Part, Stage
from parvis.centres.models import Code, Site

S = ClassVisit.State


@dataclass(frozen=True)
class Line:
    """Something that happened or was said."""

    step: VisitStep
    label: str  # of the state it came to; empty: words only


@dataclass(frozen=True)
class TeachersVisit:
    """All that the page shows."""

    visit: ClassVisit
    teacher: Teacher | None
    title: str
    next: str
    dates: list[tuple[VisitDate, str]]
    kits: list[Kit]
    objectives: list[Code]
    lines: list[Line]
    place: str

    @property
    def may_say_yes(self) -> bool:
        return self.visit.state == S.OPTION

    @property
    def may_change(self) -> bool:
        """Whether the teacher says themselves how many come."""
        return self.visit.state in (S.ASKED, S.OPTION)

    @property
    def may_withdraw(self) -> bool:
        return self.visit.state in (S.ASKED, S.OPTION, S.CONFIRMED, S.PREPARED)

    @property
    def has_date(self) -> bool:
        return self.visit.begins_at is not None and self.visit.state != S.CANCELLED

    @property
    def may_write(self) -> bool:
        """Whether the centre can still answer."""
        return self.teacher is not None


def teachers_visit(visit: ClassVisit) -> TeachersVisit:
    """The page of a visit whose centre and teacher are loaded: five queries."""
    site = Site.objects.filter(centre=visit.centre_id).order_by("pk").first()
    place = ", ".join(str(one) for one in (site.name, site.address) if one) if site else ""
    return TeachersVisit(
        visit,
        getattr(visit, "teacher", None),
        str(Stage(visit.state).label),
        str(NEXT[S(visit.state)]),
        [
            (one, str(Part(one.part).label))
            for one in sorted(visit.dates.all(), key=lambda one: in_order((one.day, one.part)))
        ],
        list(visit.kits.all()),
        list(visit.objectives.all()),
        [Line(one, _label(one)) for one in visit.steps.all()],
        place,
    )


def _label(step: VisitStep) -> str:
    return str(Stage(step.state).label) if step.state else ""
