from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from parvis.agenda.rotation import (
    Group,
    Impossible,
    Problem,
    Rule,
    Station,
    Visit,
    WhyNot,
    broken,
    solve,
    walks,
)
from parvis.agenda.tests.rotation.problems import by_trying, problems


def a_problem(groups=3, stations=3, *, pupils=8, each=None, **fields):
    made = tuple(Station(key=key, workshop=key, room=key, person=key, **fields) for key in range(stations))
    return Problem(tuple(Group(key, pupils) for key in range(groups)), made, each)


def with_places(problem, *places):
    stations = [replace(one, place=place) for one, place in zip(problem.stations, places, strict=True)]
    return replace(problem, stations=tuple(stations))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_every_rule_is_kept_whatever_the_groups_and_workshops(problem):
    try:
        found = solve(problem)
    except Impossible:
        assume(False)
    assert broken(problem, found.visits) == ()
    assert max(visit.turn for visit in found.visits) < found.turns
    assert found.idle == found.turns * len(problem.groups) - len(problem.groups) * problem.seen
    assert found.walks == walks(problem, found.visits)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(problems(groups=3, stations=3, places=2))
def test_nothing_that_can_be_tried_is_better(problem):
    try:
        found = solve(problem, seconds=20)
    except Impossible:
        assume(False)
    assume(found.turns <= 4 or len(problem.groups) <= 2)
    assert found.proven
    assert by_trying(problem, found.turns) == (found.walks, found.uneven)
    assert found.turns == problem.seen or by_trying(problem, found.turns - 1) is None


def test_three_groups_go_round_three_workshops_in_three_turns():
    found = solve(a_problem())
    assert (found.turns, found.idle, found.walks, found.proven) == (3, 0, 0, True)


def test_the_largest_class_goes_round_in_as_many_turns_as_it_has_groups():
    found = solve(a_problem(8, 6))
    assert (found.turns, found.idle, found.proven) == (8, 16, True)


def test_a_facilitator_with_two_workshops_makes_it_longer():
    problem = a_problem(3, 2)
    shared = replace(problem, stations=tuple(replace(one, person=1) for one in problem.stations))
    assert (solve(problem).turns, solve(shared).turns) == (3, 6)


def test_a_workshop_that_is_given_beside_itself_is_seen_once():
    problem = a_problem(4, 3)
    twice = replace(problem, stations=(*problem.stations[:2], replace(problem.stations[2], workshop=1)))
    found = solve(twice)
    assert found.turns == 4
    assert len(found.visits) == 8  # two workshops each


def test_a_site_is_left_as_seldom_as_possible():
    found = solve(with_places(a_problem(8, 6), 0, 0, 0, 1, 1, 1))
    assert (found.turns, found.walks, found.proven) == (8, 8, True)


def test_wishes_leave_some_out_and_share_the_rest_evenly():
    problem = a_problem(6, 4, each=2)
    wished = replace(
        problem, stations=tuple(replace(one, compulsory=one.key == 0) for one in problem.stations)
    )
    found = solve(wished)
    counts = [sum(visit.station == key for visit in found.visits) for key in range(4)]
    assert (counts, found.turns, found.uneven) == ([6, 2, 2, 2], 6, 0)


def test_a_group_that_fits_nowhere_is_named():
    problem = a_problem(3, 3)
    small = replace(problem, stations=(*problem.stations[:2], replace(problem.stations[2], places=4)))
    with pytest.raises(Impossible) as refused:
        solve(small)
    assert (refused.value.why, refused.value.group, refused.value.workshop) == (WhyNot.TOO_SMALL, 0, 2)


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        (Problem((), ()), WhyNot.NOTHING),
        (Problem((Group(0, 8),), ()), WhyNot.NOTHING),
        (a_problem(2, 3, each=2), WhyNot.TOO_MANY_COMPULSORY),
        (a_problem(2, 3, each=2, places=4, compulsory=False), WhyNot.TOO_FEW),
    ],
)
def test_why_there_is_none(problem, why):
    with pytest.raises(Impossible) as refused:
        solve(problem)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("visits", "rules"),
    [
        ([(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 0)], set()),
        ([(0, 0, 0), (0, 0, 1), (0, 1, 2), (1, 1, 0), (1, 0, 2)], {Rule.TWO_PLACES, Rule.COUNT}),
        ([(0, 0, 0), (1, 0, 1), (0, 1, 0), (1, 1, 2)], {Rule.TWO_GROUPS}),
        ([(0, 0, 0), (1, 0, 0), (2, 1, 0), (0, 1, 1)], {Rule.TWICE}),
        ([(0, 0, 1), (1, 0, 2), (0, 1, 0), (2, 1, 1)], {Rule.MISSING}),
        ([(0, 0, 0), (0, 1, 0), (1, 0, 1)], {Rule.TWO_GROUPS, Rule.COUNT}),
        ([(0, 0, 3), (1, 0, 0), (0, 1, 0), (1, 1, 1)], {Rule.ROOM, Rule.PERSON, Rule.TOO_SMALL}),
    ],
)
def test_what_is_moved_by_hand_is_checked(visits, rules):
    stations = (
        Station(0, 0, room=1, person=1),
        Station(1, 1, room=2, person=2, compulsory=False),
        Station(2, 2, room=3, person=3, compulsory=False),
        Station(3, 3, room=1, person=1, places=4, compulsory=False),
    )
    problem = Problem((Group(0, 8), Group(1, 8)), stations, each=2)
    assert {fault.rule for fault in broken(problem, [Visit(*visit) for visit in visits])} == rules
