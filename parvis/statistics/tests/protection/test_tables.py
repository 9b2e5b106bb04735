"""The shape of published tables: cells, margins, parts of parts, several answers, tables that share a margin."""

import pytest

from parvis.statistics.protection.tables import Axis, DoesNotAddUp, added, cell, linked, over, table

pytestmark = pytest.mark.once
REGION = Axis("region", ("north", "south"), {"north": ("Lille", "Lens"), "south": ("Nice",)})
SEX = Axis("sex", ("f", "m"))
LEAVES = {("Lille", "f"): 5, ("Lille", "m"): 7, ("Lens", "f"): 11, ("Nice", "m"): 13}


def test_margins_are_cells_and_add_up():
    shape = table(added(LEAVES, [REGION, SEX]), [REGION, SEX])
    assert shape.values[frozenset()] == 36
    assert shape.values[frozenset({("region", "north")})] == 23
    assert shape.values[cell([REGION, SEX], ("north", "m"))] == 7
    assert len(shape.values) == 6 * 3
    assert len(shape.relations) == 3 * 3 + 6  # all, north, south in each column; women and men in each line


def test_a_margin_that_is_not_the_sum_is_refused():
    with pytest.raises(DoesNotAddUp):
        table({**added(LEAVES, [REGION, SEX]), (None, None): 37}, [REGION, SEX])


def test_several_answers_do_not_add_up_but_each_leaves_a_rest():
    need = Axis("need", ("job", "training"), several=True)
    shape = table({("job",): 40, ("training",): 48, (None,): 50}, [need])
    rest = frozenset({("need", ("not", "training"))})
    assert shape.values[rest] == 2
    assert rest in shape.unprinted


def test_tables_that_share_a_margin_share_its_cells():
    one = table(added(LEAVES, [REGION, SEX]), [REGION, SEX])
    age = Axis("age", ("young", "old"))
    two = table(added({("north", "young"): 20, ("north", "old"): 3, ("south", "old"): 13}, [Axis("region", ("north", "south")), age]), [Axis("region", ("north", "south")), age])  # fmt: skip
    both = linked(one, two)
    assert len(both.values) == 18 + 9 - 3
    with pytest.raises(DoesNotAddUp):
        linked(one, table({(None,): 35, ("young",): 20, ("old",): 15}, [age]))


def test_a_year_is_its_quarters_and_what_is_not_published_of_it():
    year = table({("f",): 10, ("m",): 20, (None,): 30}, [SEX], about=frozenset({("time", "2026")}))
    first = table({("f",): 4, ("m",): 6, (None,): 10}, [SEX], about=frozenset({("time", "Q1")}))
    both = over(linked(year, first), "time", "2026", ("Q1", "Q2"))
    rest = frozenset({("time", ("rest of", "2026")), ("sex", "m")})
    assert both.values[rest] == 14
    assert rest in both.unprinted
    assert len(both.relations) == 2 + 3
