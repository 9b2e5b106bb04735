"""The team as the planner reads it: what each does, when they can come, within which limits, and what they are used to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from parvis.centres.models import Assignment, Centre
from parvis.partners.models import Belonging
from parvis.rota.duties import task_of
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Need, Terms
from parvis.rota.models import Wish as Said
from parvis.rota.planning.problem import Limits, Person, Wish
from parvis.rota.queries.wishes import wishes

USED_TO = timedelta(days=28)  # what was done in the last two fortnights is a habit
READ: dict[Said, Wish] = {
    Said.PREFERS: Wish.PREFERS,
    Said.CAN: Wish.CAN,
    Said.RATHER_NOT: Wish.RATHER_NOT,
}
Habits = dict[int, set[tuple[int, str]]]
Busy = list[tuple[datetime, datetime]]


def planned_people(
    centre: Centre,
    first: date,
    last: date,
    half_days: Sequence[HalfDay],
    needs: Sequence[Need],
    habit_of: Callable[[HalfDay], int],
) -> Iterator[Person]:
    """Everybody of the team whose terms hold on a day of the period, in a fixed order: ten queries."""
    terms = list(_terms(centre, first, last))
    keys = [one.person_id for one in terms]
    come_from = institutions_by_day(centre, keys, first, last)
    said = wishes(centre, keys, first, last)
    habits = _habits(centre, first, habit_of)
    elsewhere = busy_elsewhere(centre, keys, first, last)
    tasks = {(need.duty, need.theme_id) for need in needs}
    for one in terms:
        free = {
            half_day.pk: READ[wish]
            for half_day in half_days
            if (wish := said[one.person_id].get(half_day.pk)) in READ
            and one.hold_on(half_day.date)
            and not overlaps(half_day, elsewhere.get(one.person_id, []))
        }
        yield Person(
            key=one.person_id,
            institution=come_from.get(one.person_id),
            tasks=frozenset(task_of(*task) for task in tasks if _does(one, *task)),
            wishes=free,
            languages=frozenset(one.languages),
            learning=frozenset(task_of(DutyKind.ADVICE, theme.pk) for theme in one.learning.all()),
            limits=Limits(one.per_day, one.per_week, one.days_in_a_row, one.rest_hours * 60),
            habits=frozenset(habits.get(one.person_id, ())),
        )


def _terms(centre: Centre, first: date, last: date) -> Iterator[Terms]:
    """Of those who still are in the team."""
    team = Assignment.objects.filter(centre=centre).values("person")
    rows = Terms.objects.filter(
        Q(until=None) | Q(until__gt=first), centre=centre, since__lte=last, person__in=team
    )
    yield from rows.prefetch_related("themes", "learning").order_by("person_id")


def _does(terms: Terms, duty: str, theme_id: int | None) -> bool:
    """Whether somebody does what a need asks for."""
    themes = {theme.pk for theme in terms.themes.all()}
    if duty == DutyKind.ADVICE:
        return theme_id in themes
    does = terms.receives if duty == DutyKind.RECEPTION else terms.facilitates
    return does and (theme_id is None or theme_id in themes)


def institutions_by_day(centre: Centre, keys: list[int], first: date, last: date) -> dict[int, int]:
    """Person -> the institution that they belong to on the first day, or come to belong to by the last. Own staff is missing."""
    rows = Belonging.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=first), centre=centre, person__in=keys, valid_from__lte=last
    ).order_by("-valid_from")
    return {row.person_id: row.institution_id for row in rows}  # the earliest comes last, and stays


def _habits(centre: Centre, first: date, habit_of: Callable[[HalfDay], int]) -> Habits:
    """What everybody did in the last four weeks before, where they did not stand in for somebody."""
    found: Habits = defaultdict(set)
    slots = DutySlot.objects.standing().filter(centre=centre, replaces=None, person__isnull=False)
    for slot in slots.between(first - USED_TO, first - timedelta(days=1)).select_related("half_day"):
        if slot.person_id:
            place = habit_of(slot.half_day), task_of(slot.duty, slot.theme_id)
            found[slot.person_id].add(place)
    return found


def busy_elsewhere(centre: Centre, keys: list[int], first: date, last: date) -> dict[int, Busy]:
    """When people of this team are on duty in another centre: nobody is in two places at a time."""
    found: dict[int, Busy] = defaultdict(list)
    slots = DutySlot.objects.standing().filter(person__in=keys).exclude(centre=centre)
    near = slots.between(first - timedelta(days=1), last + timedelta(days=1))
    for slot in near.select_related("half_day__centre"):
        if slot.person_id:
            found[slot.person_id].append(slot.half_day.bounds)
    return found


def overlaps(half_day: HalfDay, busy: Busy) -> bool:
    begins, ends = half_day.bounds if busy else (None, None)
    return any(begins < until and since < ends for since, until in busy if begins and ends)
