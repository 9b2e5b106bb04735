"""Planning as a whole: two stages, pins, progress, stopping, and what goes wrong."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bench.rota_centre import Scale, centre
from parvis.rota.planning.checker import check
from parvis.rota.planning.highs import THREADS, Answer, Search, solve
from parvis.rota.planning.linear import Model
from parvis.rota.planning.plan import plan
from parvis.rota.planning.problem import Duty, Limits, PinError, Problem, Progress, Subject
from parvis.rota.planning.template import typical

from .small import half_days, needs, person, weights


def test_two_people_get_a_fortnight_each_and_keep_it() -> None:
    slots = half_days(28)
    wanted = needs([slot for slot in slots if slot.day % 7 < 2])
    people = tuple(person(key, slots=range(56), limits=Limits(per_week=2, rest=0)) for key in (1, 2))
    problem = Problem(slots, wanted, people)
    found = plan(problem, seconds=20, gap=0.0)
    report = check(problem.accustomed(found.habits), found.duties)
    assert report.broken == ()
    assert report.total == found.cost == found.bound == 0.0
    assert all(len(places) == 4 for places in found.habits.values())
    assert {(duty.slot % 28, duty.task) for duty in found.duties if duty.person == 1} == found.habits[1]


def test_old_habits_are_kept_and_need_no_new_template() -> None:
    slots = half_days(14)
    habits = {1: frozenset({(0, "a"), (1, "a")}), 2: frozenset({(2, "a"), (3, "a")})}
    people = tuple(person(key, slots=range(28), habits=habits[key]) for key in (1, 2))
    told: list[Progress] = []
    problem = Problem(slots, needs(slots[:4]), people)
    found = plan(problem, seconds=20, gap=0.0, on_progress=told.append)
    assert found.habits == habits
    assert {(duty.slot, duty.person) for duty in found.duties} == {(0, 1), (1, 1), (2, 2), (3, 2)}
    assert {progress.stage for progress in told} == {"rota"}


def test_the_typical_fortnight_has_no_leave_and_shares_pro_rata() -> None:
    problem = centre(3, Scale(weeks=8))
    cycle = typical(problem)
    assert len(cycle.slots) == 20
    assert {slot.day for slot in cycle.slots} == {day for day in range(14) if day % 7 < 5}
    assert len(cycle.shares) == 20
    owed, period = (
        sum(share.minutes for share in cycle.shares),
        sum(share.minutes for share in problem.shares),
    )
    assert abs(owed - period / 4) <= 20  # two of eight weeks, each rounded to a minute
    there = {person.key: len(person.wishes) for person in problem.people}
    for person_ in cycle.people:
        assert 4 * len(person_.wishes) >= there[person_.key] * 0.9


def test_pins_stay_even_where_they_are_a_bad_idea() -> None:
    slots = half_days(2)
    people = (person(1, habits=frozenset({(0, "a")})), person(2, habits=frozenset({(0, "a")})))
    pins = frozenset({Duty(3, "a", 1), Duty(0, "b", 2)})  # nobody needs b
    people = (people[0], replace(people[1], tasks=frozenset("ab")))
    problem = Problem(slots, needs(slots), people, pins=pins)
    found = plan(problem, seconds=20, gap=0.0)
    assert pins <= found.duties
    assert check(problem, found.duties).broken == ()


def test_a_pin_that_breaks_a_hard_rule_is_refused_with_both_named() -> None:
    slots = half_days(1)
    pins = (Duty(0, "a", 1), Duty(1, "a", 1))
    once = person(1, limits=Limits(per_day=1, rest=0))
    with pytest.raises(PinError) as refused:
        plan(Problem(slots, needs(slots), (once,), pins=frozenset(pins)), seconds=5)
    assert refused.value.broken == ((Subject("per_day", person=1, day=0), pins),)
    assert "per_day" in str(refused.value)


def test_more_people_than_seats_may_be_put_there_by_hand() -> None:
    slots = half_days(1)[:1]
    pins = frozenset({Duty(0, "a", 1), Duty(0, "a", 2)})
    problem = Problem(slots, needs(slots), (person(1), person(2), person(3)), pins=pins)
    assert plan(problem, seconds=5, gap=0.0).duties == pins


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    problem = centre(1, Scale(weeks=4))
    told: list[Progress] = []
    until = time.monotonic() + 3
    found = plan(
        problem, seconds=120, gap=0.0, on_progress=told.append, should_stop=lambda: time.monotonic() > until
    )
    assert not found.proven
    assert check(problem.accustomed(found.habits), found.duties).broken == ()
    assert found.bound <= found.cost
    assert found.seconds < 60
    assert {progress.stage for progress in told} == {"template", "rota"}
    assert [progress.seconds for progress in told] == sorted(progress.seconds for progress in told)


def test_time_that_is_up_gives_the_best_plan_so_far() -> None:
    problem = centre(2, Scale(weeks=4))
    found = plan(problem, seconds=1, gap=0.0)
    report = check(problem.accustomed(found.habits), found.duties)
    assert report.broken == ()
    assert abs(report.total - found.cost) <= 1e-6 * report.total


def test_another_number_of_threads_in_the_same_process_is_refused() -> None:
    model = Model()
    model.choice()
    assert solve(model, Search(seconds=1)).answer is Answer.PROVEN
    with pytest.raises(ValueError, match="threads"):
        solve(model, Search(seconds=1, threads=THREADS + 1))


def test_rows_that_cannot_hold_together_are_impossible_and_not_a_failure() -> None:
    model = Model()
    both = [model.choice(), model.choice()]
    model.at_most(both, 1)
    model.row([(column, 1.0) for column in both], low=2.0)
    assert solve(model, Search(seconds=1)).answer is Answer.IMPOSSIBLE


def test_a_reward_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Model().penalise(0, -1.0, Subject("x"))


def test_nothing_to_plan() -> None:
    assert plan(Problem((), (), ()), seconds=1).cost == 0.0
    assert plan(Problem(half_days(1), (), (person(1),), weights=weights()), seconds=1).duties == frozenset()
