"""The rota's model finds the best roster of a public instance: as every roster tried one by one, and as is published."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.rota.planning.public_instances import Cover, Instance, Member, Request, Shift, read
from parvis.rota.planning.public_rosters import exact, plan_instance
from parvis.rota.planning.public_scores import score

from .public_sample import PUBLIC, SAMPLE


def best_of_all(instance):
    """The smallest penalty of all rosters that break nothing; None where there is none."""
    weeks = []
    for name in instance.staff:
        all_weeks = product([None, *instance.shifts], repeat=instance.days)
        worked = [{day: shift for day, shift in enumerate(week) if shift} for week in all_weeks]
        weeks.append([week for week in worked if keeps(instance, name, week)])
    rosters = (dict(zip(instance.staff, chosen, strict=True)) for chosen in product(*weeks))
    return min((score(instance, roster).penalty for roster in rosters), default=None)


def keeps(instance, name, week):
    """Whether one member's days break nothing of theirs."""
    return not any(what.startswith(f"{name}:") for what in score(instance, {name: week}).broken)


@st.composite
def instances(draw):
    days = draw(st.integers(2, 8))
    names = ("E", "L")[: draw(st.integers(1, 2 if days < 5 else 1))]
    pick = lambda low, high: draw(st.integers(low, high))
    shifts = {
        name: Shift(name, pick(1, 3) * 120, frozenset(draw(st.sets(st.sampled_from(names)))))
        for name in names
    }
    staff = {}
    for name in ("Ada", "Bo")[: pick(1, 2)]:
        off = frozenset(draw(st.sets(st.integers(0, days - 1), max_size=2)))
        most_of = {shift: pick(0, days) for shift in names}
        least = pick(0, 2) * 120
        staff[name] = Member(
            name,
            most_of,
            least + pick(2, 9) * 120,
            least,
            pick(1, 4),
            pick(1, 3),
            pick(1, 3),
            pick(0, 1),
            off,
        )
    day, shift = st.integers(0, days - 1), st.sampled_from(names)
    asks = draw(st.sets(st.tuples(st.sampled_from(sorted(staff)), day, shift, st.booleans()), max_size=5))
    requests = tuple(Request(name, at, kind, pick(1, 9), wanted) for name, at, kind, wanted in sorted(asks))
    cover = tuple(Cover(at, kind, pick(0, 3), pick(0, 9), pick(0, 9)) for at in range(days) for kind in names)
    return Instance(days, shifts, staff, requests, cover)


@settings(deadline=None, max_examples=40)
@given(instances())
def test_is_as_good_as_every_roster_tried_one_by_one(instance):
    found, best = plan_instance(instance, exact(30)), best_of_all(instance)
    assert found.proven
    assert (found.score.penalty if found.score else None) == best
    if found.score:
        assert (found.score.broken, found.bound) == ((), best)


def test_the_sample_is_planned():
    found = plan_instance(read(SAMPLE), exact(30))
    assert (found.score.penalty, found.bound, found.score.broken, found.proven) == (5, 5, (), True)


def test_an_instance_that_nobody_can_keep_has_no_roster():
    found = plan_instance(read(SAMPLE.replace("Bo,E=8|L=1,1680,0", "Bo,E=8|L=1,1680,1680")), exact(30))
    assert (found.roster, found.score, found.proven) == ({}, None, True)


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public instances are not here")
@pytest.mark.parametrize(("number", "best"), [(1, 607), (2, 828)])
def test_reaches_the_best_known_penalty(number, best):
    found = plan_instance(read((PUBLIC / f"Instance{number}.txt").read_text()), exact(120))
    assert (found.score.penalty, found.bound, found.score.broken) == (best, best, ())
