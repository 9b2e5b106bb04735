"""Whatever the centre, the draft and what was entered since: what is published breaks no rule that always holds.

The rules are walked here once more, from the database alone and in the trade's words, apart from planner and checker.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.rota.actions.publishing import RulesBroken, Seen, publish_plan
from parvis.rota.factories import a_leave, a_wish
from parvis.rota.models import DutySlot, Leave, Need, PlannedSlot, Rota, Terms, Wish
from parvis.rota.planning.greedy import greedy
from parvis.rota.queries.problem import plan_problem
from parvis.rota.queries.proposals import proposal
from parvis.rota.tests.plan_scene import AT, MONDAY, SUNDAY, Scene

pytestmark = pytest.mark.django_db
PEOPLE, DAYS = 5, 4
numbers = st.integers(0, 30)
limits = st.fixed_dictionaries(
    {
        "per_day": st.integers(1, 2),
        "per_week": st.one_of(st.none(), st.integers(1, 4)),
        "days_in_a_row": st.one_of(st.none(), st.integers(1, 3)),
        "rest_hours": st.sampled_from([11, 17]),
    }
)


def broken_rules(centre):
    """Every hard rule that the published rota breaks, read from the rows."""
    slots = DutySlot.objects.filter(centre=centre, state="planned")
    found, own, seats = [], defaultdict(list), Counter()
    for slot in slots.select_related("half_day__centre", "person", "theme"):
        own[slot.person].append(slot)
        seats[slot.half_day_id, slot.theme_id] += 1
    needs = {(need.half_day_id, need.theme_id): need.seats for need in Need.objects.all()}
    found += ["seats" for key, count in seats.items() if count > needs.get(key, 0)]
    for person, held in own.items():
        terms = Terms.objects.get(centre=centre, person=person)
        for slot in held:
            found += unable(slot, terms)
        found += beyond(held, terms) + too_close(held, terms)
    return found


def unable(slot, terms):
    """Whether somebody does not do it, is away, or said that they cannot."""
    day = slot.half_day.date
    away = Leave.objects.filter(person=slot.person, first_day__lte=day, last_day__gte=day).exists()
    refused = slot.half_day.wishes.filter(person=slot.person, wish=Wish.CANNOT).exists()
    return ["able"] * (slot.theme not in terms.themes.all()) + ["leave"] * away + ["wish"] * refused


def beyond(held, terms):
    """Limits of days, of the one week that is planned, and of days in a row."""
    days = Counter(slot.half_day.date for slot in held)
    found = ["per_day" for count in days.values() if count > terms.per_day]
    found += ["per_week"] * (terms.per_week is not None and len(held) > terms.per_week)
    for day in days if terms.days_in_a_row else ():
        run = [day + timedelta(days=n) for n in range(terms.days_in_a_row + 1)]
        found += ["days_in_a_row"] * all(one in days for one in run)
    return found


def too_close(held, terms):
    """Two at a time, or too little rest between two days."""
    found = []
    times = sorted((*slot.half_day.bounds, slot.half_day.date) for slot in held)
    for (_start, ends, day), (starts, _end, next_day) in pairwise(times):
        found += ["one place at a time"] * (starts < ends)
        found += ["rest"] * (day != next_day and starts - ends < timedelta(hours=terms.rest_hours))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    said=st.lists(limits, min_size=PEOPLE, max_size=PEOPLE),
    by_hand=st.lists(st.tuples(numbers, numbers, numbers), max_size=6),
    leaves=st.lists(st.tuples(numbers, numbers), max_size=3),
    refusals=st.lists(st.tuples(numbers, numbers), max_size=3),
    planned=st.booleans(),
)
def test_no_published_plan_breaks_a_hard_rule(said, by_hand, leaves, refusals, planned):
    scene = Scene(days=DAYS, people=PEOPLE, seats=1)
    for person, fields in zip(scene.people, said, strict=True):
        Terms.objects.filter(person=person).update(**fields)
    plan = scene.ready()
    duties = greedy(plan_problem(plan, at=AT)) if planned else ()
    places = {(duty.slot, duty.person): int(duty.task.split(":")[1]) for duty in duties}
    for half_day, person, theme in by_hand:  # a hand that knows no rules
        where = scene.half_days[half_day % len(scene.half_days)].pk
        places[where, scene.people[person % PEOPLE].pk] = scene.themes[theme % 2].pk
    PlannedSlot.objects.bulk_create(
        PlannedSlot(plan=plan, half_day_id=where, person_id=person, duty="advice", theme_id=theme)
        for (where, person), theme in places.items()
    )
    for person, day in leaves:  # entered since
        a_leave(scene.people[person % PEOPLE], scene.centre, MONDAY + timedelta(days=day % DAYS))
    for person, half_day in {(p % PEOPLE, h % len(scene.half_days)) for p, h in refusals}:
        a_wish(scene.people[person], scene.half_days[half_day], Wish.CANNOT)
    gaps = frozenset(gap.key for gap in proposal(plan, SUNDAY, at=AT).gaps)
    faults = {fault.rule for fault in proposal(plan, SUNDAY, at=AT).faults}
    published = False
    with suppress(RulesBroken):
        publish_plan(plan=plan, until=SUNDAY, seen=Seen(plan.version, 0, gaps), deed=uuid4(), by=None, at=AT)
        published = True
    held = DutySlot.objects.filter(centre=scene.centre, state="planned").count()
    assert (published, held) == (not faults, len(places) if not faults else 0)
    assert broken_rules(scene.centre) == []
    assert Rota.objects.filter(centre=scene.centre, version__gt=0).exists() == bool(held)
