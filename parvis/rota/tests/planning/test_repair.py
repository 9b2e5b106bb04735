"""A repair changes as little as any plan could that leaves no more open; everything else stays as people know it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.rota.planning.checker import broken
from parvis.rota.planning.problem import Duty, Limits, Need, Person, Problem, Slot, Subject, Wish
from parvis.rota.planning.repair import Move, repair

from .tiny import every_plan, opened, plans_of, problems

DAY = 24 * 60
MORNINGS = tuple(
    Slot(day, day * DAY + 540, day * DAY + 780, day, day // 7, day) for day in range(3)
)  # Monday, Tuesday, Wednesday


def person(key, tasks="a", slots=(0, 1, 2), institution=None, **more):
    return Person(key, institution, frozenset(tasks), dict.fromkeys(slots, Wish.CAN), **more)


ONE_SEAT = (Need(0, "a", 1),)


def rota(*people, needs=ONE_SEAT):
    return Problem(slots=MORNINGS, needs=tuple(needs), people=people)


def test_somebody_free_is_called_in_and_who_prefers_it_first():
    keen = replace(person(3), wishes={0: Wish.PREFERS})
    unwilling = replace(person(2), wishes={0: Wish.RATHER_NOT})
    problem = rota(person(1), unwilling, keen, person(4, tasks="b"))
    proposals = repair(problem, frozenset({Duty(0, "a", 1)}), {1: [0]})
    assert [proposal.called_in for proposal in proposals] == [(Duty(0, "a", 3),), (Duty(0, "a", 2),), ()]
    first = proposals[0]
    assert (first.duties, first.absent) == (frozenset({Duty(0, "a", 3)}), (Duty(0, "a", 1),))
    assert (first.change_cost, first.cost, first.gaps, first.effects, first.proven) == (20, 20, (), (), True)
    assert [effect.about for effect in proposals[1].effects] == [Subject("rather_not", slot=0, person=2)]
    assert [(gap.about, gap.amount, gap.cost) for gap in proposals[2].gaps] == [
        (Subject("uncovered", slot=0, task="a"), 1, 100)
    ]


def test_somebody_who_is_there_moves_when_another_can_take_their_place():
    needs = (Need(0, "a", 1), Need(0, "b", 1))
    problem = rota(person(1), person(2, tasks="ab"), person(3, tasks="b"), needs=needs)
    plan = frozenset({Duty(0, "a", 1), Duty(0, "b", 2)})
    first = repair(problem, plan, {1: [0]})[0]
    assert first.moved == (Move(Duty(0, "b", 2), Duty(0, "a", 2)),)
    assert (first.called_in, first.cancelled, first.cost) == ((Duty(0, "b", 3),), (), 30)


def test_what_was_open_before_is_left_open():
    problem = rota(person(1), person(2), needs=(Need(0, "a", 1), Need(1, "a", 1)))
    first = repair(problem, frozenset({Duty(0, "a", 1)}), {1: [0]})[0]
    assert first.duties == frozenset({Duty(0, "a", 2)})  # and not Tuesday, where nobody was before


def test_nothing_changes_before_the_day_that_is_frozen():
    limited = person(2, limits=Limits(per_week=1))
    problem = rota(person(1), limited, person(3, slots=(0,)), needs=(Need(0, "a", 1), Need(2, "a", 1)))
    plan = frozenset({Duty(0, "a", 2), Duty(2, "a", 1)})
    moved = repair(problem, plan, {1: [2]}, frozen_before_day=0)[0]
    assert (moved.called_in, moved.cancelled) == ((Duty(0, "a", 3), Duty(2, "a", 2)), (Duty(0, "a", 2),))
    frozen = repair(problem, plan, {1: [2]}, frozen_before_day=1)
    assert [(proposal.called_in, proposal.gaps != ()) for proposal in frozen] == [((), True)]


def test_a_half_day_that_has_begun_stays_as_it_is():
    slots = (MORNINGS[0], Slot(3, 780, 1020, 0, 0, 3))
    one = person(2, slots=(0, 3), limits=Limits(per_day=1))
    problem = Problem(
        slots, (Need(0, "a", 1), Need(3, "a", 1)), (person(1, slots=(3,)), one, person(4, slots=(0,)))
    )
    plan = frozenset({Duty(0, "a", 2), Duty(3, "a", 1)})
    assert repair(problem, plan, {1: [3]})[0].cancelled == (Duty(0, "a", 2),)
    assert repair(problem, plan, {1: [3]}, frozen_before_minute=600)[0].called_in == ()


def test_who_was_put_somewhere_against_what_they_said_stays_there():
    problem = rota(person(1), person(2, slots=()), person(3), needs=(Need(0, "a", 2),))
    plan = frozenset({Duty(0, "a", 1), Duty(0, "a", 2)})
    first = repair(problem, plan, {1: [0]})[0]
    assert first.duties == frozenset({Duty(0, "a", 2), Duty(0, "a", 3)})


def test_the_keys_of_half_days_need_not_be_in_the_order_of_time():
    later, sooner = Slot(1, 8 * DAY, 8 * DAY + 240, 8, 1, 0), Slot(2, 540, 780, 0, 0, 1)
    problem = Problem(
        (later, sooner), (Need(1, "a", 1), Need(2, "a", 1)), (person(1, slots=(2,)), person(2, slots=(1, 2)))
    )
    first = repair(problem, frozenset({Duty(1, "a", 2), Duty(2, "a", 1)}), {1: [2]})[0]
    assert first.called_in == (Duty(2, "a", 2),)


def test_an_absence_of_somebody_who_held_nothing_changes_nothing():
    problem = rota(person(1), person(2))
    plan = frozenset({Duty(0, "a", 1)})
    proposals = repair(problem, plan, {2: [0, 1, 2]})
    assert [(proposal.duties, proposal.changes, proposal.gaps) for proposal in proposals] == [(plan, 0, ())]


def aims(problem, plan, after, absences):
    """What is open that was not, and what changed: 20 for each called in or cancelled, 10 for each other task."""
    known = {
        (duty.person, duty.slot): duty.task for duty in plan if duty.slot not in absences.get(duty.person, ())
    }
    new = {(duty.person, duty.slot): duty.task for duty in after}
    changes = 20 * len(known.keys() ^ new.keys())
    return (
        opened(problem, plan, after)
        + changes
        + 10 * sum(known[at] != new[at] for at in known.keys() & new.keys())
    )


@settings(deadline=None, max_examples=60)
@given(st.data(), problems())
def test_no_plan_does_better(data, problem):
    plan = data.draw(plans_of(problem))
    absences = data.draw(
        st.dictionaries(
            st.integers(0, len(problem.people) - 1),
            st.sets(st.integers(0, 3), min_size=1),
            min_size=1,
            max_size=2,
        )
    )
    people = tuple(
        replace(
            one,
            wishes={slot: wish for slot, wish in one.wishes.items() if slot not in absences.get(one.key, ())},
        )
        for one in problem.people
    )
    now = replace(problem, people=people)
    proposals = repair(problem, plan, absences)
    assert proposals[0].cost == min(aims(problem, plan, other, absences) for other in every_plan(now))
    for proposal in proposals:
        assert broken(now, proposal.duties) == ()
        assert proposal.cost == aims(problem, plan, proposal.duties, absences)
        assert proposal.proven
    costs = [proposal.cost for proposal in proposals]
    assert costs == sorted(costs)
    called = [proposal.called_in for proposal in proposals if proposal.called_in]
    assert len(set(called)) == len(called)
