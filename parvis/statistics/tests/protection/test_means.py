"""A mean beside hidden lines: two equations for two unknowns are no secret."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from parvis.statistics.protection import Need, may_stand

POINTS = (1, 2, 3, 4, 5)


def test_two_hidden_lines_and_a_mean_are_computed():
    counts = {1: 2, 2: 4, 3: 20, 4: 50, 5: 60}
    assert not may_stand(POINTS, counts, {1: Need(0, 10), 2: Need(2, 10)}, decimals=3)
    assert may_stand(POINTS, counts, {})


def test_many_answers_blur_a_mean():
    """One decimal of 2,000 answers leaves room for a hundred to either side."""
    counts = {1: 8, 2: 12, 3: 400, 4: 780, 5: 800}
    assert may_stand(POINTS, counts, {1: Need(6, 10), 2: Need(12, 12)})
    assert not may_stand(
        POINTS, {1: 8, 2: 12, 3: 10, 4: 10, 5: 10}, {1: Need(6, 10), 2: Need(12, 12)}, decimals=3
    )


def by_hand(points, counts, needs, decimals):
    answered = sum(counts.values())
    mean = round(sum(p * n for p, n in counts.items()) / answered, decimals)
    hidden = [p for p in points if p in needs]
    left = sum(counts[p] for p in hidden)
    told = sum(p * n for p, n in counts.items() if p not in needs)
    worlds = [
        dict(zip(hidden, world, strict=True))
        for world in product(range(left + 1), repeat=len(hidden))
        if sum(world) == left
        and abs((told + sum(p * n for p, n in zip(hidden, world, strict=True))) / answered - mean)
        <= 0.5 * 10.0**-decimals + 1e-12
    ]
    return all(
        any(world[p] <= need.low for world in worlds) and any(world[p] >= need.high for world in worlds)
        for p, need in needs.items()
    )


@given(
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.sets(st.sampled_from((1, 2, 3, 4)), min_size=1, max_size=3),
    st.integers(1, 2),
)
def test_as_every_world_tried_says(chosen, hidden, decimals):
    points, counts = (1, 2, 3, 4), dict(zip((1, 2, 3, 4), chosen, strict=True))
    if not sum(chosen):
        return
    needs = {
        p: Need(max(0, counts[p] - 2), 10) if counts[p] < 10 else Need(counts[p], counts[p]) for p in hidden
    }
    assert may_stand(points, counts, needs, decimals=decimals) == by_hand(points, counts, needs, decimals)
