"""Demands that contradict each other come back as the smallest set of rules; each of them is needed for the contradiction."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.rota.planning.checker import broken
from parvis.rota.planning.conflicts import Conflict, Demand, conflict, pin_conflicts
from parvis.rota.planning.problem import Duty, Limits, Need, Person, Problem, Slot, Subject, Wish

from .tiny import TASKS, every_plan, problems, seated, spoken

DAY = 24 * 60
SLOTS = tuple(Slot(day, day * DAY + 540, day * DAY + 780, day, 0, day) for day in range(3))
NEEDS = tuple(Need(day, "a", 1) for day in range(3))


def person(key, slots=(0, 1, 2), tasks="a", **more):
    return Person(key, None, frozenset(tasks), dict.fromkeys(slots, Wish.CAN), **more)


def rota(*people, pins=()):
    return Problem(SLOTS, NEEDS, people, pins=frozenset(pins))


ALL_DAYS = [Demand(day, "a", 1) for day in range(3)]


def test_what_can_be_met_together_is_no_conflict():
    assert conflict(rota(person(1)), ALL_DAYS) is None


def test_a_place_that_nobody_can_fill_contradicts_itself():
    found = conflict(rota(person(1, slots=(0, 2))), ALL_DAYS)
    alone = Subject("demand", slot=1, task="a")
    assert found == Conflict((Demand(1, "a", 1),), (), (alone,), smallest=True)


def test_a_weekly_limit_and_the_days_that_pass_it():
    found = conflict(rota(person(1, limits=Limits(per_week=2))), ALL_DAYS)
    limit = Subject("per_week", person=1, week=0)
    assert (found.demands, found.rules, found.smallest) == (tuple(ALL_DAYS), (limit,), True)
    assert len(found.relax) == 1


def test_a_pin_that_keeps_somebody_from_where_only_they_could_be():
    pin = Duty(0, "a", 1)
    problem = rota(person(1, slots=(0, 1), limits=Limits(per_week=1)), person(2, slots=(0, 2)), pins=[pin])
    found = conflict(problem, ALL_DAYS)
    assert (found.demands, found.rules) == (
        (Demand(1, "a", 1),),
        (Subject("per_week", person=1, week=0), Subject("pin", slot=0, task="a", person=1)),
    )


def test_too_few_who_speak_a_language():
    speaker = person(1, languages=frozenset({"nl"}))
    found = conflict(rota(speaker, person(2)), [Demand(0, "a", 2, "nl")])
    assert found.demands == (Demand(0, "a", 2, "nl"),)


def test_pins_that_break_a_rule_come_as_the_fewest_that_do():
    pins = [Duty(day, "a", 1) for day in range(3)]
    ((about, those),) = pin_conflicts(rota(person(1, limits=Limits(per_week=1)), pins=pins))
    assert (about, len(those)) == (Subject("per_week", person=1, week=0), 2)
    assert pin_conflicts(rota(person(1), pins=pins)) == []


def met(problem, plan, demand):
    people = seated(problem, plan).get((demand.slot, demand.task), [])
    return (spoken(people)[demand.language] if demand.language else len(people)) >= demand.people


@settings(deadline=None, max_examples=50)
@given(st.data(), problems())
def test_is_the_smallest_of_all_contradictions(data, problem):
    """With demands alone as rules: everybody's limits are kept by every plan that is tried."""
    places = st.builds(
        Demand,
        st.sampled_from([slot.key for slot in problem.slots]),
        st.sampled_from(TASKS),
        st.integers(1, 2),
        st.sampled_from(("", "nl")),
    )
    demands = sorted(
        {(it.slot, it.task, it.language): it for it in data.draw(st.lists(places, max_size=4))}.values(),
        key=repr,
    )
    wide = Problem(
        problem.slots,
        tuple(Need(slot.key, task, 9) for slot in problem.slots for task in TASKS),
        problem.people,
    )
    plans = list(every_plan(wide))

    def possible(some):
        return any(all(met(wide, plan, demand) for demand in some) for plan in plans)

    found = conflict(wide, demands)
    assert (found is None) == possible(demands)
    if found is None:
        return
    assert found.smallest
    assert not possible(found.demands)
    taken = {about for about in found.relax if about.rule == "demand"}
    if not found.rules and taken == set(found.relax):  # no limit is part of it
        fewest = next(n for n in range(1, 5) if any(not possible(some) for some in combinations(demands, n)))
        assert len(found.demands) <= fewest
        assert possible([demand for demand in demands if demand.about not in taken])


@settings(deadline=None, max_examples=40)
@given(problems(), st.sets(st.tuples(st.integers(0, 3), st.sampled_from(TASKS), st.integers(0, 3))))
def test_fewest_pins_still_break_their_rule_and_one_less_does_not(problem, chosen):
    keys, people = {slot.key for slot in problem.slots}, {person.key for person in problem.people}
    pins = frozenset(Duty(*it) for it in chosen if it[0] in keys and it[2] in people)
    pinned = Problem(problem.slots, problem.needs, problem.people, pins=pins)
    found = pin_conflicts(pinned)
    assert bool(found) == bool(broken(pinned, pins))
    for about, those in found:
        for size in (len(those), len(those) - 1):
            for some in combinations(those, size):
                part = Problem(problem.slots, problem.needs, problem.people, pins=frozenset(some))
                assert (about in {it for it, _ in broken(part, some)}) == (size == len(those))
