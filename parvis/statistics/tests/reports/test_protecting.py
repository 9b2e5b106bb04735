"""What leaves in a report: small figures hidden, others with them, and nothing given away by what was published before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from parvis.statistics.actions.reports import publishing
from parvis.statistics.actions.reports.errors import AuditFailed
from parvis.statistics.models import Audience, Part, PartKind, PublishedTable
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, as_json, from_json
from parvis.statistics.queries.reports.protecting import verdict_on
from parvis.statistics.shown import CrossTable, Hidden, Line
from parvis.statistics.tests.reports.scene import NOON, QUARTER, a_report, a_worked_centre

pytestmark = pytest.mark.django_db
S = Hidden.SMALL


@pytest.fixture
def centre():
    return a_worked_centre(0)


def counted(counts, total, *, unit="acts", axis="need"):
    """A table by one axis, with a sentence that says its total."""
    table = CrossTable(
        title="By need",
        unit=unit,
        across="Need",
        along="",
        columns=["n"],
        lines=[Line(name, [n]) for name, n in counts.items()],
        column_totals=(),
        total=total,
        first=QUARTER[0],
        last=QUARTER[1],
        audience=Audience.TEAM,
        n=total,
        method="counted",
    )
    question = {
        "about": [["unit", unit]],
        "axes": [{"name": axis, "codes": list(counts), "several": sum(counts.values()) != total}],
    }
    return Table(axis, table, about_people=True, question=question)


def a_report_of(centre, *tables, audience="partners", days=QUARTER):
    """A draft with one block that tells these tables."""
    report = a_report(centre, audience=audience, days=days)
    report.parts.all().delete()
    figures = as_json(Content([Sentence("⟦0⟧", [Number("n", tables[0].table.total)])], tables))
    Part.objects.create(report=report, position=1, kind=PartKind.NEEDS, title="T", figures=figures)
    return report


def told(report, place=0):
    found = verdict_on(report, list(report.parts.all()))
    return found.failures, {
        line.label: line.figures[0] for line in found.contents[0].tables[place].table.lines
    }


def test_a_small_figure_takes_the_smallest_other_with_it(centre):
    counts = {"a": 3, "b": 40, "c": 20}
    assert told(a_report_of(centre, counted(counts, 63))) == ([], {"a": S, "b": 40, "c": S})
    assert told(a_report_of(centre, counted(counts, 63), audience="team")) == ([], counts)


def test_several_answers_hide_on_their_own(centre):
    assert told(a_report_of(centre, counted({"a": 3, "b": 40, "c": 41}, 60))) == (
        [],
        {"a": S, "b": 40, "c": 41},
    )


def test_a_share_of_a_hidden_base_is_hidden_with_it(centre):
    """Nearly everybody said all three: hiding the base is the least loss, and 93 % of it would be no secret."""
    found = counted({"a": 40, "b": 41, "c": 42}, 43)
    lines = [replace(line, share=round(100 * line.figures[0] / 43)) for line in found.table.lines]
    report = a_report_of(centre, replace(found, table=replace(found.table, lines=lines)))
    shown = verdict_on(report, list(report.parts.all())).contents[0].tables[0].table
    assert isinstance(shown.total, Hidden)
    assert [line.figures for line in shown.lines] == [[40], [41], [42]]
    assert all(isinstance(line.share, Hidden) for line in shown.lines)


def test_a_base_that_is_hidden_is_hidden_in_its_sentence(centre):
    report = a_report_of(centre, counted({"a": 3}, 3))
    found = verdict_on(report, list(report.parts.all()))
    assert [n.value for said in found.contents[0].sentences for n in said.numbers] == [S]


def test_a_month_gives_no_quarter_away(centre):
    """Two months published, then the quarter: what was hidden in a month is not the rest of the quarter."""
    for month, counts in ((1, {"a": 30, "b": 40}), (2, {"a": 30, "b": 40})):
        days = (date(2026, month, 1), date(2026, month, 31 if month == 1 else 28))
        month_report = a_report_of(centre, counted(counts, 70), days=days)
        publishing.publish_report(report=month_report, by=None, at=NOON)
    quarter = a_report_of(centre, counted({"a": 63, "b": 120}, 183))  # March: a 3
    failures, figures = told(quarter)
    assert failures == []
    assert figures["a"] is S  # 63 - 30 - 30 would tell the three of March


def test_what_cannot_be_protected_is_not_published(centre):
    report = a_report_of(centre, counted({"a": 30, "b": 2}, 32, axis="x"))
    before = PublishedTable.objects.count()
    _break(report)
    with pytest.raises(AuditFailed) as refused:
        publishing.publish_report(report=report, by=None, at=NOON)
    assert refused.value.reasons
    assert PublishedTable.objects.count() == before
    report.refresh_from_db()
    assert report.is_draft


def _break(report):
    """A second table that contradicts the first: the same cell with another number."""
    part = report.parts.get()
    content = from_json(part.figures)
    other = counted({"a": 31, "b": 2}, 33, axis="x")
    part.figures = as_json(Content(content.sentences, [*content.tables, other]))
    part.save()


def test_the_log_holds_what_was_counted_and_what_was_hidden(centre):
    report = a_report_of(centre, counted({"a": 3, "b": 40, "c": 20}, 63))
    publishing.publish_report(report=report, by=None, at=NOON)
    row = PublishedTable.objects.get()
    assert (row.name, row.audience, row.first, row.last) == ("0-need", "partners", *QUARTER)
    assert row.cells == [[[None], 63, ""], [["a"], 3, "small"], [["b"], 40, ""], [["c"], 20, "second"]]


def crossed(counts):
    """A year by need and month; ``counts`` by need, then month."""
    months = ["2025-01-01", "2025-02-01"]
    lines = [Line(name, list(by_month), sum(by_month)) for name, by_month in counts.items()]
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    days = (date(2025, 1, 1), date(2025, 12, 31))
    one = counted({"a": 1}, 1)
    shown = replace(
        one.table, columns=months, lines=lines, column_totals=totals, total=sum(totals), n=sum(totals)
    )
    axes = [
        {"name": "need", "codes": list(counts), "several": False},
        {"name": "month", "codes": months, "several": False},
    ]
    table = replace(one, table=shown, question={"about": [["unit", "acts"]], "axes": axes})
    return table, days


def hidden_of_a_year(centre):
    table, days = crossed({"a": (3, 30), "b": (40, 41), "c": (50, 52)})
    report = a_report_of(centre, table, days=days)
    found = verdict_on(report, list(report.parts.all()))
    assert found.failures == []
    shown = found.contents[0].tables[0].table
    return {(line.label, n) for line in shown.lines for n, one in enumerate(line.figures) if one is S} | {
        (line.label, "all") for line in shown.lines if line.total is S
    }


def test_a_month_in_a_year_s_table_is_the_month_of_its_own_report(centre):
    """February was told: hiding it in the table of the year protects January no more, so the year's total goes as well."""
    assert hidden_of_a_year(centre) == {("a", 0), ("a", 1), ("b", 0), ("b", 1)}
    PublishedTable.objects.all().delete()
    february = (date(2025, 2, 1), date(2025, 2, 28))
    told = counted({"a": 30, "b": 41, "c": 52}, 123)
    publishing.publish_report(report=a_report_of(centre, told, days=february), by=None, at=NOON)
    found = hidden_of_a_year(centre)
    assert ("a", "all") in found
    assert ("a", 1) not in found
