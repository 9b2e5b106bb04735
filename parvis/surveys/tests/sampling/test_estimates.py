"""What the answers of drawn slots say about everybody, and how sure that is."""

from math import inf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.sampling import LEAST, MOST, PUBLICS, coverage
from parvis.surveys.sampling import (
    Cluster,
    Hoped,
    Stratum,
    estimate_mean,
    estimate_share,
    expected_margin,
    merged,
    slots_needed,
    t_quantile,
)
from parvis.surveys.sampling.estimates import wilson

pytestmark = pytest.mark.once


def stratum(name, slots, contacts, *clusters):
    return Stratum((name,), slots, contacts, tuple(Cluster.yes(*one) for one in clusters))


@pytest.mark.parametrize(
    ("freedom", "known"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_quantiles_of_t_are_the_tables(freedom, known):
    assert t_quantile(0.95, freedom) == pytest.approx(known, abs=0.001)


def test_answers_weigh_what_their_stratum_counted():
    strata = [
        stratum("morning", 10, 300, (10, 2), (10, 2)),
        stratum("afternoon", 10, 100, (10, 8), (10, 8)),
    ]
    found = estimate_share(strata)
    assert found.value == pytest.approx(0.75 * 0.2 + 0.25 * 0.8)
    assert found.weights == {("morning",): 1.5, ("afternoon",): 0.5}
    assert found.answers == 40
    assert found.merged == ()


def test_without_counted_contacts_a_stratum_is_as_large_as_its_slots_were():
    strata = [stratum("m", 30, 0, (20, 2), (20, 2)), stratum("a", 10, 0, (20, 8), (20, 8))]
    assert estimate_share(strata).value == pytest.approx(0.75 * 0.1 + 0.25 * 0.4)


def test_slots_that_differ_make_the_interval_wider():
    alike = estimate_share([stratum("m", 100, 2000, *[(20, 8)] * 10)])
    apart = estimate_share([stratum("m", 100, 2000, *[(20, 2), (20, 14)] * 5)])
    assert alike.value == apart.value == pytest.approx(0.4)
    assert apart.interval.margin > 2.5 * alike.interval.margin
    assert apart.effective < 40 < alike.effective == 200


def test_who_asked_everybody_and_heard_everybody_is_sure():
    found = estimate_share([stratum("m", 3, 30, (10, 2, 10), (10, 4, 10), (10, 3, 10))])
    assert (found.interval.low, found.interval.high) == (found.value, found.value) == (0.3, 0.3)


def test_every_slot_asked_leaves_the_doubt_about_those_who_did_not_answer():
    found = estimate_share([stratum("m", 3, 60, (10, 2, 20), (10, 4, 20), (10, 3, 20))])
    assert 0 < found.interval.low < 0.3 < found.interval.high


def test_nobody_and_everybody_still_have_a_doubt():
    none = estimate_share([stratum("m", 50, 1000, *[(20, 0, 20)] * 5)])
    every = estimate_share([stratum("m", 50, 1000, *[(20, 20, 20)] * 5)])
    assert none.value == none.interval.low == 0
    assert 0 < none.interval.high < 0.1
    assert every.interval.low == pytest.approx(1 - none.interval.high)


def test_one_slot_gives_a_share_and_no_interval():
    found = estimate_share([stratum("m", 50, 1000, (20, 5))])
    assert (found.value, found.interval) == (0.25, None)
    assert estimate_share([stratum("m", 50, 1000, (0, 0))]) is None
    assert estimate_share([]) is None


def test_a_thin_stratum_joins_the_thinnest_other():
    strata = [
        stratum("m", 10, 100, (10, 2), (10, 2)),
        stratum("a", 10, 100, (10, 2), (12, 2)),
        stratum("e", 5, 20, (2, 1)),
    ]
    assert [one.names for one in merged(strata)] == [("a",), ("e", "m")]
    assert merged(strata)[1].contacts == 120
    assert estimate_share(strata).merged == (("e", "m"),)


def test_a_mean():
    clusters = tuple(Cluster(4, total, total**2 / 4 + 4, 5) for total in (12, 16, 20, 16))
    found = estimate_mean([Stratum(("m",), 40, 200, clusters)])
    assert found.value == 4
    assert found.interval.low < 4 < found.interval.high
    assert found.interval.margin == pytest.approx(4 - found.interval.low)


def test_wilson_without_clusters_is_wilson():
    found = wilson(0.3, 100, 1.959964)
    assert (found.low, found.high) == (pytest.approx(0.2189, abs=1e-4), pytest.approx(0.3958, abs=1e-4))
    assert wilson(0.3, inf, 2).margin == 0


CLUSTERS = st.lists(
    st.integers(0, 30).flatmap(
        lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(n, n + 10)).map(
            lambda t: Cluster.yes(*t)
        )
    ),
    min_size=1,
    max_size=8,
)


@given(st.lists(st.tuples(CLUSTERS, st.integers(0, 40), st.integers(0, 900)), min_size=1, max_size=4))
def test_whatever_was_answered_there_is_an_interval_around_it_between_nought_and_one(told):
    strata = [
        Stratum((str(n),), len(c) + more, contacts, tuple(c)) for n, (c, more, contacts) in enumerate(told)
    ]
    found = estimate_share(strata)
    if found is not None:
        assert 0 <= found.value <= 1
        assert 0 < found.effective <= found.answers
        if found.interval:
            assert -1e-9 <= found.interval.low <= found.value + 1e-9
            assert found.value - 1e-9 <= found.interval.high <= 1 + 1e-9


def test_the_margin_one_may_hope_for():
    hoped = Hoped(slots=60, contacts=1800, answer=0.7)
    assert expected_margin(hoped, 22) <= 0.05 < expected_margin(hoped, 21)
    assert slots_needed(hoped, 0.05) == 22
    assert slots_needed(hoped, 0.001) is None
    assert expected_margin(hoped, 2) == 0.5
    whole = Hoped(slots=60, contacts=1800, answer=1.0)
    assert expected_margin(whole, 60) == 0
    assert expected_margin(Hoped(10**9, 10**9 * 30, 1, effect=1), 40) == pytest.approx(
        t_quantile(0.95, 38) * sqrt(0.25 / 1200), rel=1e-3
    )


HELD = ["skewed between half-days", "rare trait, 3 %", "small centre", "hours"]


@pytest.mark.parametrize("public", [one for one in PUBLICS if one.name in HELD], ids=lambda one: one.name)
def test_intervals_hold_ninety_five_times_in_a_hundred(public):
    """The acceptance of sample surveys; ``make bench NAME=sampling`` does it at length."""
    found = coverage(public, 1000, seed=5)
    assert LEAST <= found.held <= MOST
    assert found.naive_held < found.held
