"""Drafts as who plans reads them: the list, a week of one, and who could take a seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.rota.duties import task_of
from parvis.rota.models import DutyKind, HalfDay, Need, Plan, PlannedSlot, Terms, Wish
from parvis.rota.planning.problem import Duty, Person
from parvis.rota.planning.problem import Wish as Liked
from parvis.rota.planning.swaps import Standing
from parvis.rota.queries.people import institutions_of
from parvis.rota.queries.problem import as_duties, as_duty, habit_of, problem_for
from parvis.rota.queries.published import ORDER, Lane, Unspoken, unspoken
from parvis.rota.queries.wishes import wishes


@dataclass(frozen=True)
class Seat:
    """One person of a draft at one half-day."""

    slot: PlannedSlot
    name: str
    institution: str
    wish: Wish | None
    alike: bool  # somebody of the same institution sits beside them


@dataclass(frozen=True)
class Cell:
    """One lane at one half-day."""

    lane: Lane
    wanted: int
    people: list[Seat]
    unspoken: list[Unspoken]

    @property
    def missing(self) -> int:
        return max(0, self.wanted - len(self.people))

    @property
    def empty(self) -> bool:
        return not self.wanted and not self.people


@dataclass(frozen=True)
class Row:
    """One half-day of a draft."""

    half_day: HalfDay
    cells: list[Cell]
    institutions: int

    @property
    def one_sided(self) -> bool:
        return self.institutions < self.half_day.institutions_min


@dataclass(frozen=True)
class Week:
    """One week of a draft."""

    first: date
    last: date
    lanes: list[Lane]
    days: list[tuple[date, list[Row]]]
    several_sites: bool

    @property
    def missing(self) -> int:
        return sum(cell.missing for _day, rows in self.days for row in rows for cell in row.cells)


@dataclass(frozen=True)
class WeekLink:
    """A week of a draft, and how many seats are empty in it."""

    first: date
    missing: int


def plans_of(centre: Centre) -> list[Plan]:
    """Every draft and what was published, the newest first: one query."""
    return list(
        Plan.objects.filter(centre=centre).select_related("made_by").defer("progress", "findings")[:60]
    )


def weeks_of(plan: Plan) -> list[WeekLink]:
    """Its weeks with how many seats are empty in each: two queries."""
    needs = Need.objects.filter(
        half_day__centre=plan.centre, half_day__date__range=(plan.first_day, plan.last_day)
    )
    left: dict[tuple[int, str], int] = {}
    day_of: dict[int, date] = {}
    for half_day, day, duty, theme, seats in needs.values_list(
        "half_day", "half_day__date", "duty", "theme", "seats"
    ):
        left[half_day, task_of(duty, theme)] = seats
        day_of[half_day] = day
    for half_day, duty, theme in plan.slots.values_list("half_day", "duty", "theme"):
        if (half_day, task_of(duty, theme)) in left:
            left[half_day, task_of(duty, theme)] -= 1
    missing: dict[date, int] = defaultdict(int)
    for (half_day, _task), seats in left.items():
        missing[_monday(day_of[half_day])] += max(0, seats)
    first, last = _monday(plan.first_day), _monday(plan.last_day)
    mondays = [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)]
    return [WeekLink(day, missing[day]) for day in mondays]


def draft_week(plan: Plan, day: date) -> Week:
    """The week of ``day`` as the draft has it, within its period: nine queries."""
    first = max(_monday(day), plan.first_day)
    last = min(_monday(day) + timedelta(days=6), plan.last_day)
    half_days = list(HalfDay.objects.filter(centre=plan.centre).between(first, last).select_related("site"))
    needs = list(Need.objects.filter(half_day__in=half_days, seats__gt=0).select_related("theme"))
    slots = list(plan.slots.filter(half_day__in=half_days).select_related("person", "theme"))
    lanes = _lanes([*needs, *slots])
    come_from = {key: one.name for key, one in institutions_of(plan.centre, first).items()}
    said = wishes(plan.centre, {slot.person_id for slot in slots}, first, last)
    tongues = dict(Terms.objects.filter(centre=plan.centre).values_list("person", "languages"))
    wanted = {(need.half_day_id, _key(need)): need for need in needs}
    held: dict[tuple[int, str], list[PlannedSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda one: one.person.name):
        held[slot.half_day_id, _key(slot)].append(slot)
    rows: dict[date, list[Row]] = defaultdict(list)
    for one in half_days:
        cells = []
        for lane in lanes:
            need, seats = wanted.get((one.pk, lane.key)), _seats(held[one.pk, lane.key], come_from, said)
            silent = (
                unspoken([need], [tongues.get(seat.slot.person_id, []) for seat in seats]) if need else []
            )
            cells.append(Cell(lane, need.seats if need else 0, seats, silent))
        distinct = {seat.institution for cell in cells for seat in cell.people}
        rows[one.date].append(Row(one, cells, len(distinct)))
    return Week(first, last, lanes, sorted(rows.items()), len({one.site_id for one in half_days}) > 1)


def _seats(
    slots: list[PlannedSlot], come_from: dict[int, str], said: dict[int, dict[int, Wish]]
) -> list[Seat]:
    """``institution`` is empty for own staff, which counts as one institution."""
    names = [come_from.get(slot.person_id, "") for slot in slots]
    return [
        Seat(slot, slot.person.name, name, said[slot.person_id].get(slot.half_day_id), names.count(name) > 1)
        for slot, name in zip(slots, names, strict=True)
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _key(row: Need | PlannedSlot) -> str:
    return task_of(row.duty, row.theme_id)


def _lanes(rows: list[Need | PlannedSlot]) -> list[Lane]:
    found = {_key(row): Lane(DutyKind(row.duty), row.theme, _key(row)) for row in rows}
    place = {duty: number for number, duty in enumerate(ORDER)}
    return sorted(found.values(), key=lambda one: (place[one.duty], one.theme.position if one.theme else -1))


@dataclass(frozen=True)
class Choice:
    """Somebody for a seat: rules that refuse them, and what speaks against them or for them."""

    person: User
    institution: str
    refused: list[str]  # hard rules, see ``rule_words``
    wish: Liked | None
    accustomed: bool
    alike: bool
    here: str  # the task that they have at that half-day already
    week: int  # half-days that they have in that week

    @property
    def rank(self) -> tuple[object, ...]:
        """Who could come goes first; then who likes to, who is used to it, who has less."""
        wish = self.wish or 0
        return (
            bool(self.refused),
            bool(self.here),
            -wish,
            not self.accustomed,
            self.alike,
            self.week,
            self.person.name,
        )


def choices(
    plan: Plan,
    half_day: HalfDay,
    duty: str,
    theme: Theme | None,
    instead_of: PlannedSlot | None,
    *,
    at: datetime,
) -> list[Choice]:
    """Everybody of the team for one seat, those who could come first; ``instead_of`` would go."""
    problem = problem_for(plan.centre, plan.first_day, plan.last_day, at=at)
    slots = list(plan.slots.all())
    known = {person.key for person in problem.people}
    duties = frozenset(one for one in as_duties(slots) if one.person in known)
    task = task_of(duty, theme.pk if theme else None)
    names = User.objects.in_bulk(known)
    come_from = {key: one.name for key, one in institutions_of(plan.centre, half_day.date).items()}
    beside = {
        come_from.get(one.person_id)
        for one in slots
        if one != instead_of and (one.half_day_id, _key(one)) == (half_day.pk, task)
    }
    sits = as_duty(instead_of) if instead_of else None
    seat = _Wanted(
        Standing(problem, duties), half_day, task, sits, {one.key: one.week for one in problem.slots}
    )
    return sorted(
        (
            _choice(seat, person, names[person.key], come_from.get(person.key), beside)
            for person in problem.people
            if not seat.sits(person)
        ),
        key=lambda one: one.rank,
    )


@dataclass(frozen=True)
class _Wanted:
    """A seat that somebody is sought for, in its draft."""

    standing: Standing  # the draft, put in order once for everybody
    half_day: HalfDay
    task: str
    instead_of: Duty | None
    week_of: dict[int, int]

    def own(self, person: Person) -> set[Duty]:
        """Everything that somebody has in the draft."""
        return self.standing.held.get(person.key, set())

    def in_its_week(self, duties: Iterable[Duty]) -> int:
        """How many of ``duties`` are in the week of the seat."""
        week = self.week_of.get(self.half_day.pk)
        return sum(self.week_of.get(one.slot) == week for one in duties)

    def sits(self, person: Person) -> bool:
        """Whether they sit there already, or are the one who would go."""
        here = Duty(self.half_day.pk, self.task, person.key)
        return here in self.standing.plan or (
            self.instead_of is not None and person.key == self.instead_of.person
        )


def _choice(
    seat: _Wanted, person: Person, user: User, institution: str | None, beside: set[str | None]
) -> Choice:
    own = seat.own(person)
    here = [one for one in own if one.slot == seat.half_day.pk]
    gone = {one for one in (seat.instead_of, *here) if one in seat.standing.plan}
    added = Duty(seat.half_day.pk, seat.task, person.key)
    return Choice(
        person=user,
        institution=institution or "",
        refused=[about.rule for about in seat.standing.problems_of(taken_away=gone, added=[added])],
        wish=person.wishes.get(seat.half_day.pk),
        accustomed=_accustomed(person, seat.half_day, seat.task),
        alike=institution in beside,
        here=here[0].task if here else "",
        week=seat.in_its_week(own),
    )


def _accustomed(person: Person, half_day: HalfDay, task: str) -> bool:
    return (habit_of(half_day), task) in person.habits
