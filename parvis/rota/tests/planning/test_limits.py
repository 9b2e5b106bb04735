"""The hard rules, at their boundaries: the model keeps to them, and the checker sees each that is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.rota.planning.checker import broken
from parvis.rota.planning.first_free import first_free
from parvis.rota.planning.greedy import greedy
from parvis.rota.planning.problem import Duty, Limits, Problem, Slot

from .small import DAY, HOUR, amount, half_days, needs, person, solved, weights


def rota(days: int, limits: Limits, **more: object) -> Problem:
    """One person, wanted always."""
    slots = half_days(days)
    problem = Problem(slots, needs(slots), (person(1, limits=limits),), weights=weights())
    return replace(problem, **more)


@pytest.mark.parametrize(
    ("days", "limits", "held"),
    [
        (2, Limits(per_day=2, rest=0), 4),
        (2, Limits(per_day=1, rest=0), 2),
        (2, Limits(per_day=0, rest=0), 0),
        (2, Limits(per_day=None, rest=0), 4),
        (7, Limits(per_week=14, rest=0), 14),
        (7, Limits(per_week=13, rest=0), 13),
        (8, Limits(per_week=3, rest=0), 5),  # the eighth day is another week
        (5, Limits(days_in_a_row=5, rest=0), 10),
        (5, Limits(days_in_a_row=4, rest=0), 8),
        (5, Limits(days_in_a_row=1, rest=0), 6),
        (5, Limits(days_in_a_row=0, rest=0), 0),
        (2, Limits(rest=16 * HOUR), 4),  # from 17 to 9
        (2, Limits(rest=16 * HOUR + 1), 3),
        (2, Limits(rest=21 * HOUR), 3),  # from 12 to 9, and from 17 to 13 is twenty
        (2, Limits(rest=21 * HOUR + 1), 2),
    ],
)
def test_a_person_holds_as_much_as_their_limits_let_them(days: int, limits: Limits, held: int) -> None:
    problem = rota(days, limits)
    assert len(solved(problem).duties) == held
    everything = [Duty(slot.key, "a", 1) for slot in problem.slots]
    assert bool(broken(problem, everything)) == (held < 2 * days)
    for plan in (greedy(problem), first_free(problem)):
        assert broken(problem, plan) == ()


def test_somebody_who_cannot_come_or_does_not_do_it_is_not_called() -> None:
    slots = half_days(1)
    problem = Problem(slots, needs(slots, "ab"), (person(1, "a", [0]),), weights=weights())
    assert solved(problem).duties == {Duty(0, "a", 1)}
    found = broken(problem, [Duty(0, "b", 1), Duty(1, "a", 1)])
    assert [(about.rule, duties) for about, duties in found] == [
        ("able", (Duty(0, "b", 1),)),
        ("available", (Duty(1, "a", 1),)),
    ]


def test_where_nobody_is_needed_any_more_the_need_is_gone_and_who_sat_there_is_not_called_unable() -> None:
    slots = half_days(1)
    problem = Problem(slots, needs(slots, "a"), (person(1, "a"),), pins=frozenset({Duty(0, "b", 1)}))
    assert [about.rule for about, _ in broken(problem, problem.pins)] == ["unneeded"]


def test_one_task_at_a_time() -> None:
    slots = half_days(1)[:1]
    problem = Problem(slots, needs(slots, "ab"), (person(1, "ab"),), weights=weights())
    assert len(solved(problem).duties) == 1
    assert [about.rule for about, _ in broken(problem, [Duty(0, "a", 1), Duty(0, "b", 1)])] == [
        "one_place_at_a_time"
    ]


@pytest.mark.parametrize(("start", "held"), [(11 * HOUR + 59, 1), (12 * HOUR, 2)])
def test_half_days_that_touch_may_follow_each_other_and_those_that_overlap_may_not(
    start: int, held: int
) -> None:
    slots = (Slot(0, 9 * HOUR, 12 * HOUR, 0, 0, 0, site=1), Slot(1, start, 17 * HOUR, 0, 0, 1, site=2))
    problem = Problem(slots, needs(slots), (person(1),), weights=weights())
    assert len(solved(problem).duties) == held
    assert bool(broken(problem, [Duty(0, "a", 1), Duty(1, "a", 1)])) == (held == 1)


def test_three_half_days_of_which_the_first_and_the_last_do_not_overlap() -> None:
    times = ((9, 12), (11, 14), (13, 16))
    slots = tuple(Slot(key, start * HOUR, end * HOUR, 0, 0, key) for key, (start, end) in enumerate(times))
    limits = Limits(per_day=None, rest=0)
    problem = Problem(slots, needs(slots), (person(1, limits=limits),), weights=weights())
    assert {duty.slot for duty in solved(problem).duties} == {0, 2}


def test_no_more_people_than_seats() -> None:
    slots = half_days(1)[:1]
    people = tuple(person(key) for key in range(3))
    problem = Problem(slots, needs(slots, seats=2), people, weights=weights())
    assert len(solved(problem).duties) == 2
    assert [about.rule for about, _ in broken(problem, [Duty(0, "a", key) for key in range(3)])] == ["seats"]


@pytest.mark.parametrize(
    ("limits", "held"),
    [
        (Limits(days_in_a_row=2, rest=0), 2),  # the day before was one
        (Limits(days_in_a_row=3, rest=0), 4),
        (Limits(rest=16 * HOUR), 4),
        (Limits(rest=16 * HOUR + 1), 2),  # not the first morning, and then not both
        (Limits(per_week=4, rest=0), 3),  # one of this week's is gone
    ],
)
def test_what_was_held_before_the_horizon_counts(limits: Limits, held: int) -> None:
    yesterday = Slot(-1, 13 * HOUR - DAY, 17 * HOUR - DAY, -1, 0, 27)
    slots = (yesterday, *half_days(2))
    problem = Problem(
        slots,
        needs(slots[1:]),
        (person(1, limits=limits),),
        before=frozenset({Duty(-1, "a", 1)}),
        weights=weights(),
    )
    assert len(solved(problem).duties) == held
    assert broken(problem, greedy(problem)) == broken(problem, first_free(problem)) == ()


def test_limits_that_were_passed_before_the_horizon_are_nobodys_fault_now() -> None:
    week = tuple(replace(slot, week=0) for slot in half_days(2, first=-2))
    slots = week + half_days(1)
    problem = Problem(
        slots,
        needs(slots[4:]),
        (person(1, limits=Limits(per_week=2, rest=0)),),
        before=frozenset(Duty(slot.key, "a", 1) for slot in week),
        weights=weights(),
    )
    assert solved(problem).duties == frozenset()
    assert broken(problem, []) == ()
    assert amount(problem, "uncovered") == 2
