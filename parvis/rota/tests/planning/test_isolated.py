"""Half-days that are alone: what the rows say is true of every week, and they say all that there is to say of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.rota.planning.building import Building, build
from parvis.rota.planning.highs import solve
from parvis.rota.planning.problem import Duty, Limits, Problem, Subject
from parvis.rota.planning.rules import isolated, limits

from .small import DAY, EXACT, HOUR, Slot, half_days, needs, person, weights

RULES = (limits.one_place_at_a_time, limits.per_day, limits.per_week, isolated.isolated_half_days)


def week(could: set[int], limit: int, **more: object) -> Building:
    """Somebody’s week of seven days with these of its half-days."""
    slots = half_days(7)
    who = person(1, slots=sorted(could), limits=Limits(rest=0, per_week=limit))
    return build(Problem(slots, needs(slots), (who,), weights=weights(isolated=2), **more), RULES)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.integers(0, 13), st.integers(1, 9), min_size=1, max_size=10),
    st.integers(2, 6),
)
def test_a_week_in_parts_costs_what_a_whole_one_does(worth: dict[int, int], limit: int) -> None:
    building = week(set(worth), limit)
    for slot, each in worth.items():
        building.model.penalise(building.present[1][slot], each, Subject("absent", slot=slot), missed=True)
    whole = solve(building.model, EXACT).cost
    assert solve(building.model, EXACT, relaxed=True).cost == pytest.approx(whole, abs=1e-6)


def test_what_is_held_before_the_horizon_counts_for_the_limit() -> None:
    before = (Slot(-1, -DAY, -DAY + 3 * HOUR, -1, 0, 0),)
    slots = before + half_days(2)
    who = person(1, slots=[0, 1, 2, 3], limits=Limits(rest=0, per_week=3))
    held = frozenset({Duty(-1, "a", 1)})
    problem = Problem(slots, needs(slots[1:]), (who,), before=held, weights=weights(isolated=2))
    building = build(problem, RULES)
    for slot, column in building.present[1].items():
        building.model.penalise(column, 5, Subject("absent", slot=slot), missed=True)
    assert solve(building.model, EXACT, relaxed=True).cost == pytest.approx(10)
    assert solve(building.model, EXACT).cost == pytest.approx(10)
