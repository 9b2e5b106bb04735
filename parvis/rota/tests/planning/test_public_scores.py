"""Each published rule of the public set is checked, at its boundary."""

import pytest

from parvis.rota.planning.public_instances import read
from parvis.rota.planning.public_scores import Score, score

from .public_sample import SAMPLE

KEPT = {  # breaks nothing
    "Ada": {1: "L", 2: "L", 5: "L", 6: "L", 7: "L"},
    "Bo": {0: "E", 1: "E"},
    "Cy": {4: "L", 7: "L"},
}


def test_a_roster_without_a_fault_costs_its_wishes_and_its_cover():
    # Bo’s day off request 4; Sunday’s early shift is missing 7; the late shift of Sunday is not in the cover at all
    assert score(read(SAMPLE), KEPT) == Score(11, ())


def test_nobody_at_work_costs_everything_that_is_wanted():
    nobody = score(read(SAMPLE), {})
    assert (
        nobody.penalty == 10 * 8 + 7 + 5
    )  # eight seats at ten, one at seven, two shifts that were asked for
    assert nobody.broken == (
        "Ada: 0 minutes, not 960 to 2400",
        "Cy: 0 minutes, not 960 to 2400",
    )


@pytest.mark.parametrize(
    ("name", "worked", "said"),
    [
        ("Ada", {1: "L", 2: "E", 3: "L"}, ["E follows L on day 2"]),
        ("Ada", {0: "E", 1: "L", 2: "L"}, ["at work on day 0, a day off"]),
        ("Bo", {0: "L", 1: "L"}, ["2 shifts L, at most 1"]),
        ("Ada", {1: "L"}, ["480 minutes, not 960 to 2400", "1 shifts in a row from day 1, at least 2"]),
        ("Ada", {1: "E", 2: "E", 3: "E", 4: "L"}, ["4 shifts in a row from day 1, at most 3"]),
        ("Ada", {1: "L", 2: "L", 4: "L", 5: "L"}, ["1 days off in a row from day 3, at least 2"]),
        ("Bo", {5: "E", 6: "E"}, ["1 weekends, at most 0"]),
        ("Bo", {7: "E"}, []),  # a stretch that touches the end may go on
        ("Ada", {3: "X"}, ["shift X on day 3 does not exist"]),
        ("Ada", {8: "L"}, ["shift L on day 8 does not exist"]),
    ],
)
def test_each_hard_rule(name, worked, said):
    broken = score(read(SAMPLE), {**KEPT, name: worked}).broken
    assert list(broken) == [f"{name}: {what}" for what in said]


def test_somebody_unknown_is_told():
    assert score(read(SAMPLE), {**KEPT, "Di": {1: "E"}}).broken == ("nobody is called Di",)


def test_too_many_cost_their_own_weight():
    instance = read(SAMPLE)
    more = {**KEPT, "Cy": {1: "L", 4: "L", 7: "L"}}  # a second one in Tuesday’s late shift
    assert score(instance, more).penalty == score(instance, KEPT).penalty + 2
