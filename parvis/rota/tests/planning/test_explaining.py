"""Each gap and each unmet wish is explained by what is proven: who is kept from it by which rule, what would fill it, what never can."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.rota.planning.checker import broken
from parvis.rota.planning.conflicts import Demand
from parvis.rota.planning.explaining import explain
from parvis.rota.planning.findings import (
    FewInstitutions,
    Gap,
    Obstacle,
    Proof,
    Reason,
    ShareMissed,
    UnmetWish,
    WishKind,
    WishReason,
)
from parvis.rota.planning.problem import (
    Duty,
    Limits,
    Need,
    Person,
    Problem,
    Share,
    Slot,
    Subject,
    Weights,
    Wish,
)

from .tiny import every_plan, opened, plans_of, problems, seated, spoken

DAY = 24 * 60
NOTHING = frozenset()


def morning(day, key=None, **more):
    return Slot(
        day if key is None else key, day * DAY + 540, day * DAY + 780, day, day // 7, day % 14, **more
    )


def person(key, tasks="a", slots=(0, 1, 2), institution=None, **more):
    return Person(key, institution, frozenset(tasks), dict.fromkeys(slots, Wish.CAN), **more)


def rota(*people, needs, slots=(0, 1, 2), **more):
    return Problem(tuple(morning(day) for day in slots), tuple(needs), people, **more)


def gaps(problem, plan=NOTHING):
    return [found for found in explain(problem, plan) if isinstance(found, Gap)]


def one_gap(problem, plan=NOTHING):
    (gap,) = gaps(problem, plan)
    return gap


ONE = [Need(0, "a", 1)]


def test_nobody_does_it_and_who_could_learn():
    eager = person(2, tasks="b", learning=frozenset("a"))
    away = person(3, tasks="b", slots=(1,), learning=frozenset("a"))
    full = person(4, tasks="b", learning=frozenset("a"), limits=Limits(per_week=0))
    gap = one_gap(rota(person(1, tasks="b"), eager, away, full, needs=ONE))
    assert gap == Gap((0,), "a", None, 1, Reason.NOBODY_DOES, (), (2,), Proof.NOBODY_CAN)


def test_nobody_who_does_it_can_come():
    gap = one_gap(rota(person(1, slots=(1,)), person(2, slots=()), needs=ONE))
    assert gap == Gap(
        (0,), "a", None, 1, Reason.NOBODY_COMES, (Obstacle("available", (1, 2)),), (), Proof.NOBODY_CAN
    )


def test_everybody_who_does_it_sits_there():
    gap = one_gap(rota(person(1), needs=[Need(0, "a", 2)]), frozenset({Duty(0, "a", 1)}))
    assert (gap.reason, gap.proof, gap.obstacles) == (Reason.EVERYBODY_THERE, Proof.NOBODY_CAN, ())


def test_all_are_elsewhere_and_another_could_take_their_place():
    problem = rota(person(1, tasks="ab"), person(2, tasks="b"), needs=[Need(0, "a", 1), Need(0, "b", 1)])
    gap = one_gap(problem, frozenset({Duty(0, "b", 1)}))
    assert (gap.reason, gap.proof, gap.obstacles) == (
        Reason.ALL_ELSEWHERE,
        Proof.CAN_BE_FILLED,
        (Obstacle("elsewhere", (1,)),),
    )
    (way,) = gap.ways
    assert (way.called_in, [move.after for move in way.moved]) == ((Duty(0, "b", 2),), [Duty(0, "a", 1)])


def test_all_are_elsewhere_and_nobody_can_take_their_place():
    problem = rota(person(1, tasks="ab"), needs=[Need(0, "a", 1), Need(0, "b", 1)])
    gap = one_gap(problem, frozenset({Duty(0, "b", 1)}))
    assert (gap.reason, gap.proof, gap.ways) == (Reason.ALL_ELSEWHERE, Proof.OPENS_ANOTHER, ())
    assert gap.conflict.demands == (Demand(0, "a", 1), Demand(0, "b", 1))
    assert gap.conflict.rules == ()


def test_all_are_at_their_limit():
    limited = person(1, limits=Limits(per_week=1))
    problem = rota(limited, person(2, slots=(1,)), needs=[Need(0, "a", 1), Need(2, "a", 1)])
    gap = one_gap(problem, frozenset({Duty(0, "a", 1)}))
    assert (gap.slots, gap.reason, gap.proof) == ((2,), Reason.ALL_AT_LIMIT, Proof.OPENS_ANOTHER)
    assert gap.obstacles == (Obstacle("available", (2,)), Obstacle("per_week", (1,)))
    assert gap.conflict.demands == (Demand(0, "a", 1), Demand(2, "a", 1))
    assert gap.conflict.rules == (Subject("per_week", person=1, week=0),)
    assert gap.conflict.smallest


def test_somebody_is_free():
    gap = one_gap(rota(person(1), needs=ONE))
    assert (gap.reason, gap.obstacles, gap.proof) == (
        Reason.SOMEBODY_FREE,
        (Obstacle("free", (1,)),),
        Proof.CAN_BE_FILLED,
    )
    assert [way.called_in for way in gap.ways] == [(Duty(0, "a", 1),)]


def test_nobody_with_the_language_can_come_and_who_speaks_it_could_learn():
    needs = [Need(0, "a", 1, (("nl", 1),))]
    dutch = frozenset({"nl"})
    learner = person(3, tasks="b", languages=dutch, learning=frozenset("a"))
    problem = rota(person(1), person(2, slots=(1,), languages=dutch), learner, needs=needs)
    gap = one_gap(problem, frozenset({Duty(0, "a", 1)}))
    assert gap == Gap(
        (0,), "a", "nl", 1, Reason.NOBODY_COMES, (Obstacle("available", (2,)),), (3,), Proof.NOBODY_CAN
    )


def test_a_speaker_who_is_free_takes_the_place_of_somebody():
    needs = [Need(0, "a", 1, (("nl", 1),))]
    problem = rota(person(1), person(2, languages=frozenset({"nl"})), needs=needs)
    gap = one_gap(problem, frozenset({Duty(0, "a", 1)}))
    assert (gap.reason, gap.proof) == (Reason.SOMEBODY_FREE, Proof.CAN_BE_FILLED)
    assert (gap.ways[0].called_in, gap.ways[0].cancelled) == ((Duty(0, "a", 2),), (Duty(0, "a", 1),))


def test_the_same_half_day_of_weeks_in_a_row_is_one_gap_until_one_is_filled():
    weeks = (1, 8, 15, 22, 29)  # Tuesdays
    needs = [Need(day, "a", 1) for day in (*weeks, 2)]
    problem = rota(person(1, slots=(15,)), needs=needs, slots=(*weeks, 2))
    found = gaps(problem, frozenset({Duty(15, "a", 1)}))
    assert [gap.slots for gap in found] == [(1, 8), (2,), (22, 29)]
    assert [gap.obstacles for gap in found] == [(Obstacle("available", (1,)),)] * 3


def test_half_days_with_too_few_institutions():
    slots = tuple(morning(day, institutions_min=2) for day in (0, 7, 14))
    needs = tuple(Need(day, "a", 2) for day in (0, 7, 14))
    people = (person(1, slots=(0, 7, 14), institution=1), person(2, slots=(14,), institution=2))
    plan = frozenset({Duty(0, "a", 1), Duty(7, "a", 1), Duty(14, "a", 1), Duty(14, "a", 2)})
    found = [it for it in explain(Problem(slots, needs, people), plan) if isinstance(it, FewInstitutions)]
    assert found == [FewInstitutions((0, 7), wanted=2, there=1, could=1)]


def test_an_institution_that_gives_less_than_it_owes_and_what_it_could():
    limited = person(1, institution=4, limits=Limits(per_week=2))
    problem = rota(limited, needs=[Need(day, "a", 1) for day in range(3)], shares=(Share(4, 0, 6, 720, 60),))
    found = [it for it in explain(problem, {Duty(0, "a", 1)}) if isinstance(it, ShareMissed)]
    assert found == [ShareMissed(4, 0, 6, owed=720, planned=240, could=480)]


def wishes(problem, plan):
    return [found for found in explain(problem, plan) if isinstance(found, UnmetWish)]


UNWILLING = Person(1, None, frozenset("a"), {0: Wish.RATHER_NOT})


@pytest.mark.parametrize(
    ("other", "reason", "rule"),
    [
        ((), WishReason.NOBODY_ELSE, None),
        ((person(2, slots=(1,)),), WishReason.NOBODY_ELSE, None),
        ((person(2),), WishReason.COULD_BE_MET, None),
        ((person(2, habits=frozenset({(3, "a")})),), WishReason.COSTS_MORE, "habit"),
    ],
)
def test_why_somebody_has_a_half_day_that_they_would_rather_not_have(other, reason, rule):
    problem = rota(UNWILLING, *other, needs=ONE, weights=Weights(fairness=0, habit=4))
    assert wishes(problem, frozenset({Duty(0, "a", 1)})) == [
        UnmetWish(1, WishKind.RATHER_NOT, (0,), reason, rule)
    ]


@pytest.mark.parametrize(
    ("others", "seats", "reason"),
    [
        ((), 1, WishReason.NOBODY_ELSE),
        ((person(2), person(3)), 1, WishReason.PREFERRED_TAKEN),
        ((person(2), person(3)), 2, WishReason.COULD_BE_MET),
    ],
)
def test_why_somebody_has_another_half_day_than_they_prefer(others, seats, reason):
    keen = Person(1, None, frozenset("a"), {0: Wish.CAN, 1: Wish.PREFERS})
    needs = [Need(0, "a", 1), Need(1, "a", seats)]
    problem = rota(keen, *others, needs=needs, weights=Weights(fairness=0))
    plan = {Duty(0, "a", 1)} | {Duty(1, "a", other.key) for other in others[:1]}
    assert wishes(problem, plan) == [UnmetWish(1, WishKind.NOT_PREFERRED, (0,), reason)]


def test_without_time_nothing_is_proven_and_nothing_is_claimed():
    problem = rota(person(1, tasks="ab"), needs=[Need(0, "a", 1), Need(0, "b", 1)])
    (gap,) = (it for it in explain(problem, {Duty(0, "b", 1)}, seconds=0) if isinstance(it, Gap))
    assert (gap.reason, gap.proof, gap.ways, gap.conflict) == (Reason.ALL_ELSEWHERE, Proof.UNKNOWN, (), None)


def filled(problem, plan, gap, before):
    """Whether there is one more at the first place of a gap than there was."""
    at = (gap.slots[0], gap.task)
    here, there = seated(problem, plan)[at], seated(problem, before)[at]
    if gap.language:
        return spoken(here)[gap.language] > spoken(there)[gap.language]
    return len(here) > len(there)


@settings(deadline=None, max_examples=40)
@given(st.data(), problems())
def test_what_is_said_of_a_gap_is_true_of_every_plan(data, problem):
    plan = data.draw(plans_of(problem))
    plan = frozenset(sorted(plan)[: data.draw(st.integers(0, len(plan)))])
    plans = [other for other in every_plan(problem) if not too_full(problem, other)]
    for gap in gaps(problem, plan):
        at = (gap.slots[0], gap.task)
        ways = [
            other
            for other in plans
            if filled(problem, other, gap, plan) and not opened(problem, plan, other, but=at)
        ]
        assert gap.proof is (Proof.CAN_BE_FILLED if ways else gap.proof)
        assert bool(gap.ways) == bool(ways)
        if gap.proof is Proof.NOBODY_CAN:
            assert not [other for other in plans if filled(problem, other, gap, plan)]
        for way in gap.ways:
            assert broken(problem, way.duties) == ()
            assert filled(problem, way.duties, gap, plan)
            assert opened(problem, plan, way.duties, but=at) == 0
        if gap.conflict:
            assert gap.conflict.demands


def too_full(problem, plan):
    here = seated(problem, plan)
    return any(len(here[need.slot, need.task]) > need.seats for need in problem.needs)


def test_a_learner_is_asked_as_if_they_did_it_already():
    busy = person(2, tasks="b", learning=frozenset("a"))
    problem = rota(person(1, slots=()), replace(busy, key=3), busy, needs=[*ONE, Need(0, "b", 1)])
    assert one_gap(problem, frozenset({Duty(0, "b", 2)})).learners == (3,)
