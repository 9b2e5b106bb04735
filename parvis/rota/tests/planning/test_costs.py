"""The soft rules, at their boundaries: what a rota pays for, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.rota.planning.checker import check
from parvis.rota.planning.problem import Duty, Finding, Limits, Problem, Share, Subject, Wish

from .small import HOUR, amount, half_days, needs, person, solved, weights

MORNING = half_days(1)[:1]


def test_an_empty_seat_is_paid_for_and_named() -> None:
    problem = Problem(MORNING, needs(MORNING, seats=3), (person(1), person(2)), weights=weights())
    found = solved(problem)
    assert found.findings == (Finding(Subject("uncovered", slot=0, task="a"), 1.0, 100.0),)
    assert (found.cost, found.bound, found.gap) == (100.0, 100.0, 0.0)


def test_a_need_that_nobody_can_meet_is_a_finding_and_not_a_failure() -> None:
    problem = Problem(MORNING, needs(MORNING, "ab"), (), weights=weights())
    assert {finding.about.task for finding in solved(problem).findings} == {"a", "b"}


@pytest.mark.parametrize(("speakers", "missing"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_speakers_of_a_language(speakers: int, missing: int) -> None:
    people = tuple(person(key, languages=frozenset({"nl"} if key < speakers else ())) for key in range(4))
    seats = needs(MORNING, seats=3, languages=(("nl", 2),))
    problem = Problem(MORNING, seats, people, weights=weights(language=60))
    assert amount(problem, "language") == missing


@pytest.mark.parametrize(
    ("institutions", "unmixed"), [((1, 1), 1), ((1, 2), 0), ((None, None), 1), ((None, 1), 0)]
)
def test_pairs_from_different_institutions(institutions: tuple[int | None, ...], unmixed: int) -> None:
    people = tuple(person(key, institution=of) for key, of in enumerate(institutions))
    problem = Problem(MORNING, needs(MORNING, seats=2, mixed=True), people, weights=weights(unmixed=30))
    assert amount(problem, "unmixed") == unmixed


def test_an_empty_seat_is_worse_than_a_pair_of_one_institution_and_better_where_it_costs_less() -> None:
    people = (person(1, institution=1), person(2, institution=1))
    problem = Problem(MORNING, needs(MORNING, seats=2, mixed=True), people, weights=weights(unmixed=101))
    assert amount(problem, "uncovered") == 1


@pytest.mark.parametrize(
    ("wanted", "aim", "below", "under"), [(2, 2, 0, 0), (3, 3, 1, 1), (2, 3, 0, 1), (0, 0, 0, 0)]
)
def test_institutions_of_a_half_day(wanted: int, aim: int, below: int, under: int) -> None:
    slots = half_days(1, institutions_min=wanted, institutions_aim=aim)[:1]
    people = (person(1, "ab", institution=1), person(2, "ab", institution=1), person(3, "ab", institution=2))
    problem = Problem(slots, needs(slots, "abc"), people, weights=weights(below_minimum=60, below_aim=8))
    costs = check(problem, solved(problem).duties).amounts
    assert (costs["below_minimum"], costs["below_aim"]) == (below, under)


@pytest.mark.parametrize(
    ("owed", "tolerance", "quarters"),
    [
        (7 * 60, 0, 0),  # the two half-days that there are
        (7 * 60 + 15, 0, 1),
        (7 * 60 + 15, 15, 0),
        (7 * 60 + 20, 15, 1 / 3),
        (6 * 60, 60, 0),
        (6 * 60, 45, 1),
    ],
)
def test_what_an_institution_owes(owed: int, tolerance: int, quarters: float) -> None:
    slots = half_days(1)
    shares = (Share(1, 0, 0, owed, tolerance), Share(1, 1, 5, 0, 0))
    problem = Problem(slots, needs(slots), (person(1),), shares, weights=weights(share=1))
    assert amount(problem, "share") == round(quarters, 6)


def test_a_share_of_an_institution_without_people_is_owed_still() -> None:
    problem = Problem(MORNING, (), (), (Share(9, 0, 0, 60, 15),), weights=weights(share=1))
    assert solved(problem).cost == 3.0


@pytest.mark.parametrize(("days", "beyond"), [(1, 0), (2, 1)])
def test_loads_within_an_institution(days: int, beyond: float) -> None:
    """Two who could come as often, but only one does what is needed most: the other's part is a half-day off, or more."""
    slots = half_days(days)
    both = (person(1, "ab", institution=1), person(2, "b", institution=1))
    task_b = needs(slots[:1], "b")
    problem = Problem(slots, needs(slots) + task_b, both, weights=weights(fairness=1))
    loads = [sum(duty.person == key for duty in solved(problem).duties) for key in (1, 2)]
    part = [slots_could / (2 * days + 1) * sum(loads) for slots_could in (2 * days, 1)]
    expected = sum(max(0.0, abs(load - fair) - 1) for load, fair in zip(loads, part, strict=True))
    assert amount(problem, "fairness") == round(expected, 6)


def test_unpopular_half_days_are_divided() -> None:
    slots = half_days(2, unpopular=True)  # four seats, two people who could all: two each
    people = (person(1), person(2, slots=[0, 1, 2, 3]))
    problem = Problem(slots, needs(slots), people, weights=weights(unpopular=3))
    loads = [sum(duty.person == key for duty in solved(problem).duties) for key in (1, 2)]
    assert loads == [2, 2]
    assert check(problem, [Duty(slot.key, "a", 1) for slot in slots]).amounts["unpopular"] == 2


def test_who_likes_an_unpopular_half_day_does_not_bear_it() -> None:
    slots = half_days(2, unpopular=True)
    people = (person(1), person(2, wishes=dict.fromkeys(range(4), Wish.PREFERS)))
    problem = Problem(slots, needs(slots), people, weights=weights(unpopular=3))
    assert check(problem, [Duty(slot.key, "a", 2) for slot in slots]).amounts["unpopular"] == 0
    assert amount(problem, "unpopular") == 0


def test_habits_are_places_and_tasks_and_who_has_none_leaves_none() -> None:
    slots = half_days(15)
    used = person(1, "ab", slots=range(30), habits=frozenset({(0, "a")}))
    problem = Problem(slots, (), (used, person(2, "ab", slots=range(30))), weights=weights(habit=3))

    def left(*duties: Duty) -> float:
        return check(problem, duties).amounts["habit"]

    assert left(Duty(0, "a", 1), Duty(28, "a", 1)) == 0  # a fortnight later it is the same half-day
    assert left(Duty(0, "b", 1)) == left(Duty(1, "a", 1)) == left(Duty(14, "a", 1)) == 1
    assert left(Duty(1, "a", 2)) == 0


def test_a_habit_is_left_for_an_empty_seat_only() -> None:
    slots = half_days(1)
    people = (person(1, habits=frozenset({(0, "a")})), person(2, habits=frozenset({(1, "a")})))
    problem = Problem(slots, needs(slots), people, weights=weights(habit=3))
    assert solved(problem).duties == {Duty(0, "a", 1), Duty(1, "a", 2)}
    alone = replace(problem, people=people[:1])
    assert amount(alone, "habit") == 1


def test_wishes() -> None:
    slots = half_days(8)
    said = {0: Wish.PREFERS, 1: Wish.CAN, 2: Wish.RATHER_NOT, 14: Wish.CAN}
    problem = Problem(
        slots, needs(slots), (person(1, wishes=said),), weights=weights(rather_not=3, not_preferred=1)
    )
    report = check(problem, solved(problem).duties)
    assert (report.amounts["rather_not"], report.amounts["not_preferred"]) == (
        1,
        2,
    )  # nothing is preferred in week 1


def test_a_half_day_that_nobody_needs_is_no_wish_that_could_be_fulfilled() -> None:
    said = {0: Wish.PREFERS, 1: Wish.CAN}
    slots = half_days(1)
    problem = Problem(slots, needs(slots[1:]), (person(1, wishes=said),), weights=weights(not_preferred=1))
    assert amount(problem, "not_preferred") == 0


@pytest.mark.parametrize(
    ("limits", "wanted", "alone"),
    [
        (Limits(rest=0), [0], 0),  # the afternoon needs nobody: two were not possible
        (Limits(rest=0), [0, 1], 0),
        (Limits(rest=0, per_day=1), [0, 1], 0),
        (Limits(rest=0, per_week=1), [0, 1], 0),
        (Limits(rest=0, per_week=3), [0, 1, 2, 3], 1),
        (Limits(rest=0, per_week=5), [0, 1, 2, 3, 4, 5], 1),
        (Limits(rest=0, per_week=2), [0, 1, 2, 3], 0),
    ],
)
def test_half_days_alone(limits: Limits, wanted: list[int], alone: int) -> None:
    slots = half_days(3)
    seats = needs([slot for slot in slots if slot.key in wanted])
    problem = Problem(slots, seats, (person(1, limits=limits),), weights=weights(isolated=2))
    assert amount(problem, "isolated") == alone


def test_half_days_that_overlap_are_not_two() -> None:
    first, second = half_days(1)
    slots = (first, replace(second, start=11 * HOUR))
    problem = Problem(slots, needs(slots), (person(1),), weights=weights(isolated=2))
    assert amount(problem, "isolated") == 0


def test_a_rule_of_weight_zero_is_off() -> None:
    problem = Problem(MORNING, needs(MORNING), (), weights=weights(uncovered=0))
    assert solved(problem).cost == 0.0
