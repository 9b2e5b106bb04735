"""A report’s page, workbook and paper, each read back: every figure in every sentence and table, to the digit."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from parvis.centres.factories import a_theme
from parvis.centres.models import CodeList
from parvis.reception.factories import an_act, codes_of
from parvis.statistics.actions.reports import publishing
from parvis.statistics.queries.reports.content import from_json
from parvis.statistics.shown import Hidden
from parvis.statistics.tests.read_back import (
    figure,
    lines_of,
    plain,
    row_on_paper,
    sheets_of,
    tables_of,
    text_of,
)
from parvis.statistics.tests.reports.scene import NOON, PARIS, a_director, a_report, a_worked_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    """Enough that some figures are told and others are hidden."""
    centre = a_worked_centre()
    job = a_theme(centre, key="job", name="Find a job")
    needs = codes_of(centre, CodeList.NEED, "find_training", "application")
    for n in range(60):
        at = datetime(2026, 2, 10, 9, tzinfo=PARIS) + timedelta(minutes=n)
        an_act(centre, at, themes=[job if n % 5 else centre.themes.first()], codes=needs[: 1 + n % 2])
    return centre


def shown_of(report):
    """What readers are told, in the order of the blocks."""
    return [(part, from_json(part.shown or part.figures)) for part in report.parts.all()]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("model", ["ready:quarter", "ready:dashboard"])
def test_every_figure_of_a_published_report_is_on_paper_page_and_sheet(client, centre, model, language):
    report = publishing.publish_report(report=a_report(centre, model, language=language), by=None, at=NOON)
    client.force_login(a_director(centre))
    where = {"centre": centre.slug, "pk": report.pk}
    ways = {
        name: client.get(reverse(f"statistics:{name}", kwargs=where)).content
        for name in ("report", "report_pdf", "report_xlsx")
    }
    sheets, html = sheets_of(ways["report_xlsx"]), ways["report"].decode()
    paper, lines = text_of(ways["report_pdf"]), lines_of(ways["report_pdf"])
    page = plain(unescape(re.sub(r"<[^>]+>", "", html.partition("<article")[2])))
    figures = assert_sentences(report, sheets, paper, page)
    tables = assert_tables(report, sheets, lines, tables_of(html.partition("<article")[2]))
    assert (figures > 3, tables > 0) == (True, True)


def assert_sentences(report, sheets, paper, page):
    """Each sentence stands whole on paper and page; the workbook’s first sheet has each of its figures as a number."""
    told = []
    with translation.override(report.language):
        for _part, content in shown_of(report):
            for sentence in content.sentences:
                assert plain(sentence.plain) in paper
                assert plain(sentence.plain) in page
                told += [[one.label, sign(one.value)] for one in sentence.numbers]
    listed = [row[1:3] for row in next(iter(sheets.values()))[1:]]
    assert [[label, figure(value)] for label, value in listed] == told
    return len(told)


def assert_tables(report, sheets, lines, on_page):
    """Each table’s sheet, row by row: on the paper, and on the page (as a table, or as bars with their figures)."""
    told = [table.table for _part, content in shown_of(report) for table in content.tables]
    books = list(sheets.values())[1 : 1 + len(told)]
    for table, sheet, html in zip(told, books, on_page, strict=False):
        rows = [[str(row[0]), *(figure(one) for one in row[1:] if one is not None)] for row in sheet[1:]]
        assert [row[1 : 1 + len(line.figures)] for row, line in zip(rows, table.lines, strict=False)] == [
            [sign(one) for one in line.figures] for line in table.lines
        ]
        for label, *figures in rows:
            assert row_on_paper(lines, label, figures), (label, figures)
        assert_on_page(rows, html, table)
    assert len(on_page) == len(told) == len(books)
    return len(told)


def assert_on_page(rows, html, table):
    found = [
        [row[0], *(figure(cell) for cell in row[1:] if cell)]
        for row in html
        if figure(row[-1]) != row[-1] or len(row) > 1
    ]
    found = [row for row in found if any(isinstance(cell, float) or cell in ("–", "·") for cell in row[1:])]
    assert [row[1:] for row in found] in (
        [row[1:] for row in rows],
        [row[1:2] for row in rows[: len(table.lines)]],  # bars, whose whole stands below as n
    )


def sign(value):
    if isinstance(value, Hidden):
        return "–"
    return "·" if value is None else float(value)
