"""Sixty days and twenty filters added and subtracted: what a threshold alone gives away, ours keeps."""

import pytest

from bench.protection_attack import WAYS, open_days, proven_open, recovered, scene
from bench.protection_case import made
from parvis.statistics.protection import linked, small, suppress, table

pytestmark = pytest.mark.once


def test_no_cell_is_recovered_by_subtracting_days_and_filters():
    threshold_only, *_others, ours = WAYS
    days = scene(1)
    cells = len(open_days(days)) * len(days.filters)
    assert recovered(days, threshold_only) > 0.99 * cells
    assert recovered(days, ours) == 0
    assert proven_open(days, ours) == cells


@pytest.mark.parametrize("seed", [1, 7])
def test_tables_of_a_centre_are_hidden_at_the_least_loss(seed):
    """One table of 540 cells; two that share their needs."""
    figures = linked(*(table(each.counts, each.axes) for each in made(seed)))
    found = suppress(figures, small(figures, 5), seconds=60)
    assert found.audit.passed
    assert found.proven
