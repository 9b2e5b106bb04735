"""The second search: what either finds the other one knows, and it ends when it is told to."""

from __future__ import annotations

import time

import numpy as np

from bench.rota_centre import Scale, centre
from parvis.rota.planning.checker import check
from parvis.rota.planning.greedy import greedy
from parvis.rota.planning.highs import Search
from parvis.rota.planning.improving import Improver
from parvis.rota.planning.linear import SEEN
from parvis.rota.planning.model import centre_model
from parvis.rota.planning.problem import Problem

from .small import half_days, needs, person


def test_the_better_plan_is_kept_and_is_good_enough_at_the_gap() -> None:
    slots = half_days(1)
    building = centre_model(Problem(slots, needs(slots), (person(1),)))
    with Improver(
        building, Search(seconds=1, gap=0.1), building.start([])
    ) as improver:  # too small to search beside
        assert improver.better_than(np.inf) is None
        assert improver.take(np.array([1.0]), 110.0)
        assert not improver.take(np.array([2.0]), 110.0)
        assert improver.take(np.array([3.0]), 100.0)
        assert list(improver.better_than(100.1)) == [3.0]
        assert improver.better_than(100.0) is None
        assert improver.enough(90.0)
        assert not improver.enough(89.9)


def test_it_finds_a_plan_that_keeps_the_rules_and_costs_less_than_the_greedy_one() -> None:
    problem = centre(4, Scale(weeks=4))
    building = centre_model(problem)
    simple = check(problem, greedy(problem)).total
    started = time.monotonic()
    with Improver(building, Search(seconds=60, gap=0.0), building.start([])) as improver:
        while improver.cost >= simple and time.monotonic() - started < 60:
            time.sleep(0.05)
    report = check(problem, building.duties(improver.best))
    assert report.broken == ()
    assert report.total <= improver.cost * (1 + SEEN)  # ``plan`` works out anew what it needs to pay
    assert report.total < simple
    assert not improver.thread.is_alive()
