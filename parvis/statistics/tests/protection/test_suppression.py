"""Hiding cells: nothing narrower than it has to be, nothing cheaper possible, nothing worked out from what came before."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.statistics.protection.audience import Audience, Hidden
from parvis.statistics.protection.audit import Interval, audit, intervals
from parvis.statistics.protection.filterable import told_by_filters
from parvis.statistics.protection.primary import (
    Need,
    dominated,
    few_contributors,
    guessable,
    needed,
    small,
    threshold,
)
from parvis.statistics.protection.publications import Publication, Sum, audit_after, suppress_after
from parvis.statistics.protection.suppression import CannotProtect, by_count, by_size, suppress
from parvis.statistics.protection.tables import Axis, Figures, added, linked, table

pytestmark = pytest.mark.once
A, B = Axis("a", (1, 2, 3)), Axis("b", (1, 2, 3))


def square(numbers, about=frozenset()):
    leaves = dict(zip(product((1, 2, 3), (1, 2, 3)), numbers, strict=True))
    return table(added(leaves, [A, B]), [A, B], about=about)


def at(**codes):
    return frozenset(codes.items())


def worlds(figures: Figures, hidden, most):
    """All tables of whole counts up to ``most`` that fit what is printed: by trying every one."""
    free = sorted(hidden | figures.unprinted, key=str)
    values = dict(figures.values)

    def fill(left):
        if not left:
            if all(values[r.total] == sum(values[p] for p in r.parts) for r in figures.relations):
                yield {each: values[each] for each in free}
            return
        for number in range(most + 1):
            values[left[0]] = number
            yield from fill(left[1:])

    return list(fill(free))


CELLS = [at(a=i, b=j) for i in (1, 2, 3) for j in (1, 2, 3)]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=9, max_size=9),
    st.sets(st.sampled_from(CELLS), min_size=1, max_size=5),
)
def test_the_interval_is_what_trying_every_table_finds(numbers, hidden):
    figures = square(numbers)
    tried = worlds(figures, frozenset(hidden), 12)
    for each, interval in intervals(figures, hidden).items():
        assert interval == Interval(min(world[each] for world in tried), max(world[each] for world in tried))


def reaches(figures, hidden, needs, most=14):
    tried = worlds(figures, frozenset(hidden), most)
    return all(
        any(world.get(each, figures.values[each]) <= need.low for world in tried)
        and any(world.get(each, figures.values[each]) >= need.high for world in tried)
        for each, need in needs.items()
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.sampled_from([by_size, by_count]))
def test_no_choice_that_protects_is_cheaper(numbers, cost):
    c, d = Axis("a", (1, 2, 3)), Axis("b", (1, 2))
    leaves = dict(zip(product((1, 2, 3), (1, 2)), numbers, strict=True))
    figures = table(added(leaves, [c, d]), [c, d])
    needs = small(figures, 3)
    found = suppress(figures, needs, cost=cost)
    assert found.audit.passed
    assert found.proven
    assert set(needs) <= found.hidden
    assert suppress(figures, needs, cost=cost).hidden == found.hidden
    others = [each for each in figures.values if each not in needs]
    for size in range(len(found.second) + 2):
        for second in combinations(others, size):
            if sum(cost(each, figures.values[each]) for each in (*needs, *second)) < found.cost * 0.998:
                assert not audit(figures, {*needs, *second}, needs).passed


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_an_audit_that_passes_is_right_by_trying_every_table(numbers):
    c = Axis("a", (1, 2))
    figures = table(added(dict(zip(product((1, 2), (1, 2)), numbers, strict=True)), [c, Axis("b", (1, 2))]), [c, Axis("b", (1, 2))])  # fmt: skip
    needs = small(figures, 2)
    found = suppress(figures, needs)
    if len(found.hidden) <= 6:
        assert reaches(figures, found.hidden, needs, 8)


def test_hiding_the_small_cell_only_gives_it_back():
    figures = square([3, 40, 50, 60, 70, 80, 90, 100, 110])
    needs = small(figures, 10)
    assert list(needs) == [at(a=1, b=1)]
    assert intervals(figures, needs)[at(a=1, b=1)].exact
    assert not audit(figures, needs, needs).passed
    found = suppress(figures, needs)
    assert len(found.second) == 3
    assert found.audit.passed
    assert found.bound == pytest.approx(found.cost)


def test_what_is_printed_is_true_and_protecting_it_again_hides_nothing_more():
    figures = square([3, 40, 50, 60, 70, 80, 90, 100, 110])
    needs = small(figures, 10)
    found = suppress(figures, needs)
    report = Publication(figures, found.hidden, needs)
    printed = report.printed()
    assert {each: value for each, value in printed.items() if value is not Hidden.SMALL} == {
        each: value for each, value in figures.values.items() if each not in found.hidden
    }
    assert set(printed) == set(figures.values)
    assert suppress(figures, needs, told=report.told()).hidden == found.hidden


def test_linked_tables_are_one_system():
    """The second table's lines would give the first one's hidden margin back, were each protected alone."""
    parts = Axis("a", (1, 2, 3))
    leaves = {(i, j): 50 for i in (1, 2, 3) for j in (1, 2)} | {(1, 1): 2}
    one = table(added(leaves, [parts, Axis("c", (1, 2))]), [parts, Axis("c", (1, 2))])
    two = table(added({(1, 1): 50, (1, 2): 2, (2, 1): 60, (2, 2): 40, (3, 1): 50, (3, 2): 50}, [parts, Axis("d", (1, 2))]), [parts, Axis("d", (1, 2))])  # fmt: skip
    both = linked(one, two)
    needs = small(both, 10)
    found = suppress(both, needs)
    assert found.audit.passed
    assert audit(both, found.hidden, needs).passed


def test_who_did_not_answer_so_is_protected_where_several_answers_are_possible():
    need = Axis("need", ("job", "training", "housing"), several=True)
    figures = table({("job",): 40, ("training",): 48, ("housing",): 20, (None,): 50}, [need])
    needs = small(figures, 5)
    assert list(needs) == [at(need=("not", "training"))]
    found = suppress(figures, needs)
    assert found.hidden == {at(need="training")}


def test_what_was_published_cannot_be_hidden_any_more():
    figures = square([3, 40, 50, 60, 70, 80, 90, 100, 110])
    needs = small(figures, 10)
    with pytest.raises(CannotProtect):
        suppress(figures, needs, told=set(figures.values) - set(needs))
    with pytest.raises(CannotProtect):
        suppress(figures, needs, told=set(needs))


def test_what_filters_tell_is_counted_in():
    """The other hidden cell of the line is shown by whoever filters, so it is ten at least: the small one would be three at most."""
    figures = square([3, 12, 50, 60, 70, 80, 90, 100, 110])
    needs = small(figures, 10)
    filters = told_by_filters(figures)
    alone = suppress(figures, needs)
    assert at(a=1, b=2) in alone.hidden
    assert not audit(figures, alone.hidden, needs, known=filters).passed
    found = suppress(figures, needs, known=filters)
    assert found.proven
    assert audit(figures, found.hidden, needs, known=filters).passed
    assert intervals(figures, found.hidden, known=filters)[at(a=1, b=1)].holds(needs[at(a=1, b=1)])


def test_thresholds_by_audience():
    assert threshold(Audience.PARTNERS) == 5
    assert threshold(Audience.PARTNERS, minors=True) == threshold(Audience.PUBLIC) == 10
    figures = table({(1,): 4, (2,): 0, (3,): 10, (None,): 14}, [A])
    assert small(figures, 5) == {at(a=1): Need(3, 5)}
    assert small(figures, 10, zeros=True) == {at(a=1): Need(2, 10), at(a=2): Need(0, 10)}


def test_dominance():
    where = at(a=1)
    assert dominated({where: [80, 10, 10]}) == {where: Need(94, 106)}  # 90 would be 85 % of 106
    assert dominated({where: [50, 30, 20]}) == {}
    assert guessable({where: [80, 15, 5]}) == {
        where: Need(93, 107)
    }  # 15 % of 80 is 12, of which 5 are the others
    assert guessable({where: [50, 30, 20]}) == {}
    assert few_contributors({where: [60, 40, 0]}) == {where: Need(90, 110)}
    assert few_contributors({where: [60, 30, 10]}) == {}
    assert needed({where: Need(3, 8)}, {where: Need(5, 10)}) == {where: Need(3, 10)}


SEX = Axis("sex", ("f", "m", "x"))


def span(name, *numbers):
    counts = dict(zip([("f",), ("m",), ("x",)], numbers, strict=True)) | {(None,): sum(numbers)}
    return table(counts, [SEX], about=at(time=name))


def test_a_later_report_is_audited_with_the_earlier_ones():
    """A half-year's figures, each harmless alone: the second quarter is what the first leaves of it."""
    halves = Sum("time", "half", ("Q1", "Q2"))
    first = Publication(span("Q1", 40, 50, 60), frozenset(), {})
    second = Publication(span("half", 43, 90, 120), frozenset(), {})
    needs = small(span("Q2", 3, 40, 60), 10)
    assert audit_after(second, [first], [halves]).passed  # nothing was asked of the second quarter
    hidden_then = Publication(
        span("Q2", 3, 40, 60), frozenset({at(time="Q2", sex="f"), at(time="Q2", sex="m")}), needs
    )
    assert audit_after(hidden_then, [first]).passed
    late = audit_after(second, [first, hidden_then], [halves])
    assert [finding.cell for finding in late.findings] == [at(time="Q2", sex="f")]
    figures = span("half", 43, 90, 120)
    draft = Publication(figures, frozenset(), small(figures, 10))
    found = suppress_after(draft, [first, hidden_then], sums=[halves])
    assert at(time="half", sex="f") in found.hidden
    assert audit_after(Publication(figures, found.hidden, {}), [first, hidden_then], [halves]).passed


def test_a_corrected_figure_is_another_one():
    first = Publication(span("Q1", 40, 50, 60), frozenset(), {})
    corrected = Publication(span("Q1", 40, 51, 60), frozenset(), {})
    assert audit_after(corrected, [first]).passed


def test_partners_may_know_more_than_the_public():
    figures = span("Q1", 7, 50, 60)
    theirs = Publication(figures, frozenset(), small(figures, 5), Audience.PARTNERS)
    needs = small(figures, 10)
    found = suppress_after(Publication(figures, frozenset(), needs), [theirs])
    assert at(time="Q1", sex="f") in found.hidden
    assert len(found.second) == 1
    assert audit_after(Publication(figures, found.hidden, needs), [theirs]).passed
    assert not audit_after(Publication(figures, frozenset(needs), needs), [theirs]).passed


def test_what_is_for_everybody_does_not_complete_what_partners_have():
    """A year that partners read, small below five, then everybody, small below ten: one may not fill the other's gaps."""
    months = {"nov": [0, 3, 3, 95], "dec": [4, 6, 12, 229]}
    counts = {(m, c): n for m, row in months.items() for c, n in enumerate(row)}
    counts |= {(m, None): sum(row) for m, row in months.items()}
    counts |= {(None, c): sum(row[c] for row in months.values()) for c in range(4)}
    counts[None, None] = sum(map(sum, months.values()))
    figures = table(counts, [Axis("month", ("nov", "dec")), Axis("channel", (0, 1, 2, 3))])
    of_partners, of_all = small(figures, 5), small(figures, 10)
    theirs = Publication(figures, frozenset(), of_partners, Audience.PARTNERS)
    theirs = replace(theirs, hidden=suppress_after(theirs, []).hidden)
    draft = Publication(figures, frozenset(), of_all, from_partners=of_partners)
    alone = suppress_after(draft, [])
    assert not audit_after(replace(draft, hidden=alone.hidden), [theirs]).passed
    found = suppress_after(draft, [theirs])
    assert found.hidden > alone.hidden
    assert found.hidden < frozenset(figures.values)
    assert audit_after(replace(draft, hidden=found.hidden), [theirs]).passed


def test_time_that_runs_out_leaves_a_choice_that_passed_the_audit():
    figures = square([3, 4, 50, 60, 7, 80, 90, 100, 2])
    found = suppress(figures, small(figures, 10), seconds=0.0)
    assert found.audit.passed
