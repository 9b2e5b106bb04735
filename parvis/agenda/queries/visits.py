"""Class visits as the team reads them: what is to be answered first, who comes when, and one visit with what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.agenda.models import Booking, ClassVisit, Kit, Room, Teacher, VisitDate, VisitStep
from parvis.agenda.queries.half_days import HalfDay, first_day, in_order, look_ahead
from parvis.centres.models import Centre, Code, CodeList
from parvis.shared.school_years import SchoolYear

S = ClassVisit.State
OPEN = (S.ASKED, S.OPTION, S.CONFIRMED, S.PREPARED)
TONES = {"asked": "sun", "option": "sun", "confirmed": "petrol", "prepared": "leaf", "held": "leaf"}


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; empty: not."""

    search: str = ""
    state: str = ""
    level: str = ""
    year: SchoolYear | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.search or self.state or self.level)


@dataclass(frozen=True)
class Line:
    """One visit of the list."""

    visit: ClassVisit
    waits: bool  # for the centre: asked for, or the teacher wrote last

    @property
    def tone(self) -> str:
        return TONES.get(self.visit.state, "")


@dataclass(frozen=True)
class Visits:
    """The list, in three parts."""

    to_answer: list[Line] = field(default_factory=list)
    coming: list[Line] = field(default_factory=list)
    over: list[Line] = field(default_factory=list)

    @property
    def all(self) -> list[Line]:
        return [*self.to_answer, *self.coming, *self.over]


def levels(centre: Centre) -> list[Code]:
    """The centre's levels of schools, old ones too: one query."""
    found = Code.objects.filter(centre=centre, list=CodeList.SCHOOL_LEVEL, not_communicated=False)
    return list(found.order_by("position", "pk"))


def visits(centre: Centre, asked: Asked) -> Visits:
    """The visits of a school year, and of any year those that wait: three queries."""
    rows = _narrowed(ClassVisit.objects.filter(centre=centre), asked, centre)
    rows = rows.select_related("school", "level", "stream").prefetch_related("kits")
    said = Q(steps__by_teacher=True) & ~Q(steps__words="")
    rows = rows.annotate(
        teachers=Max("steps__at", filter=said), ours=Max("steps__at", filter=Q(steps__by_teacher=False))
    )
    found = Visits()
    for visit in rows.order_by(F("begins_at").asc(nulls_last=True), "asked_at", "pk"):
        line = Line(visit, _waits(visit))
        part = found.to_answer if line.waits else found.coming if visit.state in OPEN else found.over
        part.append(line)
    found.over.reverse()
    return found


def _waits(visit: ClassVisit) -> bool:
    teachers, ours = getattr(visit, "teachers", None), getattr(visit, "ours", None)
    if visit.state not in OPEN:
        return False
    return visit.state == S.ASKED or bool(teachers and (ours is None or ours < teachers))


def _narrowed(rows: QuerySet[ClassVisit], asked: Asked, centre: Centre) -> QuerySet[ClassVisit]:
    if asked.year:
        begins, ends = (
            datetime(day.year, day.month, day.day, tzinfo=centre.zone) for day in asked.year.bounds
        )
        dated = Q(begins_at__gte=begins, begins_at__lt=ends)
        undated = Q(begins_at=None, asked_at__gte=begins, asked_at__lt=ends)
        rows = rows.filter(dated | undated | Q(state__in=OPEN))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.level:
        rows = rows.filter(level__key=asked.level)
    for word in asked.search.split()[:6]:
        rows = rows.filter(
            Q(school_name__icontains=word)
            | Q(school__name__icontains=word)
            | Q(school__place__icontains=word)
        )
    return rows


@dataclass(frozen=True)
class Wish:
    """A half-day that the teacher asked for, or that is proposed, as it stands."""

    half_day: HalfDay
    rooms: tuple[Room, ...]  # that would be taken
    asked: bool
    holds: bool


@dataclass(frozen=True)
class VisitPage:
    """One visit, and what can be done about it."""

    visit: ClassVisit
    teacher: Teacher | None
    steps: list[VisitStep]
    kits: list[Kit]
    objectives: list[Code]
    bookings: list[Booking]
    leading: list[str]
    wishes: list[Wish]
    dates: list[VisitDate]  # that would suit the teacher, while the visit is to come
    to_ask: bool  # a date can be kept now

    @property
    def tone(self) -> str:
        return TONES.get(self.visit.state, "")

    @property
    def is_open(self) -> bool:
        return self.visit.state in OPEN

    @property
    def may_be_moved(self) -> bool:
        return self.visit.state in (S.CONFIRMED, S.PREPARED)


def visit_page(visit: ClassVisit, at: datetime) -> VisitPage:
    """Everything about a visit whose centre, school and teacher are loaded: eight queries, and half-days where a date is looked for."""
    leading = visit.facilitations.filter(person__isnull=False).select_related("person")
    dates = list(visit.dates.all()) if visit.state in OPEN else []
    dates.sort(key=lambda one: in_order((one.day, one.part)))
    return VisitPage(
        visit,
        getattr(visit, "teacher", None),
        list(visit.steps.select_related("by")),
        list(visit.kits.all()),
        list(visit.objectives.all()),
        list(visit.bookings.filter(room__isnull=False).select_related("room__space")),
        [str(one.person) for one in leading],
        _wishes(visit, [(one.day, str(one.part)) for one in dates], at) if visit.state == S.ASKED else [],
        dates,
        visit.state in (S.ASKED, S.OPTION),
    )


def _wishes(visit: ClassVisit, dates: Sequence[tuple[date, str]], at: datetime) -> list[Wish]:
    """The half-days that were asked for as they stand; where none of them will do, some that would."""
    today, first = visit.centre.local_day(at), first_day(visit.centre, at)
    to_come = [one for one in dates if one[0] > today]
    asked, others = look_ahead(visit.centre, to_come, pupils=visit.pupils, first=first, besides=visit)
    found = [_wish(one, visit.pupils, asked=True) for one in asked]
    if any(one.holds for one in found):
        return found
    return found + [_wish(one, visit.pupils, asked=False) for one in others]


def _wish(half_day: HalfDay, pupils: int, *, asked: bool) -> Wish:
    return Wish(half_day, half_day.rooms_for(pupils), asked, half_day.holds(pupils))


def rooms_of(centre: Centre, day: date) -> list[Room]:
    """The rooms in which classes can be, on ``day``: one query."""
    rooms = Room.objects.filter(space__site__centre=centre, closed_on=None).select_related("space")
    return [one for one in rooms if one.space.closed_on is None or one.space.closed_on > day]


def people_of(centre: Centre) -> list[User]:
    """Who can lead a class: whoever has a role at the centre. One query."""
    return list(
        User.objects.filter(assignments__centre=centre, is_active=True).distinct().order_by("name", "pk")
    )


STATES = {
    "": pgettext_lazy("class visits", "all of them"),
    **{one.value: one.label for one in ClassVisit.State},
}
