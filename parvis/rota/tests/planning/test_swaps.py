"""What a swap would break is known before it is sent; who could take a seat is known before anybody is called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.rota.planning.checker import broken
from parvis.rota.planning.comparing import RuleCosts
from parvis.rota.planning.problem import Duty, Limits, Need, Person, Problem, Slot, Subject, Wish
from parvis.rota.planning.swaps import Candidate, swap, swap_effects, swap_problems, who_could

from .tiny import every_plan, plans_of, problems

DAY = 24 * 60
SLOTS = tuple(Slot(day, day * DAY + 540, day * DAY + 780, day, 0, day) for day in range(3))
NEEDS = tuple(Need(day, task, 1) for day in range(3) for task in "ab")


def person(key, tasks="ab", slots=(0, 1, 2), **more):
    return Person(key, None, frozenset(tasks), dict.fromkeys(slots, Wish.CAN), **more)


def rota(*people, pins=()):
    return Problem(SLOTS, NEEDS, people, pins=frozenset(pins))


MINE, THEIRS = Duty(0, "a", 1), Duty(1, "b", 2)
PLAN = frozenset({MINE, THEIRS})


def test_a_swap_that_breaks_nothing():
    assert swap(MINE, THEIRS) == (Duty(0, "a", 2), Duty(1, "b", 1))
    assert swap_problems(rota(person(1), person(2)), PLAN, MINE, THEIRS) == []


@pytest.mark.parametrize(
    ("one", "two", "plan", "said"),
    [
        (person(1, slots=(0,)), person(2), PLAN, [Subject("available", slot=1, person=1)]),
        (person(1), person(2, tasks="b"), PLAN, [Subject("able", slot=0, task="a", person=2)]),
        (
            person(1),
            person(2, limits=Limits(days_in_a_row=1)),
            PLAN | {Duty(2, "b", 2)},
            [],  # one day off between the two: Monday and Wednesday
        ),
        (
            person(1, limits=Limits(days_in_a_row=1)),
            person(2),
            PLAN | {Duty(2, "a", 1)},
            [Subject("days_in_a_row", person=1, day=1)],
        ),
        (
            person(1),
            person(2),
            PLAN | {Duty(1, "a", 1)},
            [Subject("one_place_at_a_time", slot=1, person=1)],
        ),
    ],
)
def test_each_rule_that_it_breaks_is_named(one, two, plan, said):
    assert swap_problems(rota(one, two), plan, MINE, THEIRS) == said


def test_what_was_pinned_by_hand_is_named():
    assert swap_problems(rota(person(1), person(2), pins=[MINE]), PLAN, MINE, THEIRS) == [
        Subject("pin", slot=0, task="a", person=1)
    ]


def test_only_two_peoples_duties_of_the_plan_can_be_swapped():
    with pytest.raises(ValueError, match="two people"):
        swap_problems(rota(person(1), person(2)), PLAN, MINE, Duty(2, "a", 2))
    with pytest.raises(ValueError, match="two people"):
        swap_problems(rota(person(1), person(2)), PLAN | {Duty(2, "a", 1)}, MINE, Duty(2, "a", 1))


def test_what_it_changes_in_the_soft_rules():
    unwilling = Person(1, None, frozenset("ab"), {0: Wish.CAN, 1: Wish.RATHER_NOT})
    assert swap_effects(rota(unwilling, person(2)), PLAN, MINE, THEIRS) == [
        RuleCosts("rather_not", 0, 1, 0, 3)
    ]


def test_who_could_come_is_asked_in_the_order_of_who_likes_it():
    keen = Person(3, None, frozenset("a"), {0: Wish.PREFERS})
    used = person(4, habits=frozenset({(0, "a")}))
    problem = rota(person(1), person(2), keen, used, person(5, tasks="b"), person(6, slots=(1,)))
    assert who_could(problem, PLAN, 0, "a") == [
        Candidate(3, Wish.PREFERS, accustomed=False, load=0),
        Candidate(4, Wish.CAN, accustomed=True, load=0),
        Candidate(2, Wish.CAN, accustomed=False, load=1),
    ]


@settings(deadline=None, max_examples=60)
@given(st.data(), problems())
def test_a_swap_without_problems_leaves_a_plan_without_problems(data, problem):
    plan = data.draw(plans_of(problem))
    pairs = [
        (mine, theirs) for mine in sorted(plan) for theirs in sorted(plan) if mine.person != theirs.person
    ]
    kept = set(every_plan(problem)) if pairs else set()
    for mine, theirs in pairs:
        after = (plan - {mine, theirs}) | frozenset(swap(mine, theirs))
        assert (not swap_problems(problem, plan, mine, theirs)) == (broken(problem, after) == ())
        assert (after in kept) == (broken(problem, after) == ())
