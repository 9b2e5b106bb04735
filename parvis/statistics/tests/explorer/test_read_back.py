"""The explorer’s page, files, paper, picture and tooltips, each asked for by its own address and read back: the same figures, to the digit."""

from __future__ import annotations

import json
import random
import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person, a_theme
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import an_act, coded_centre, codes_of
from parvis.statistics.tests.read_back import (
    figure,
    lines_of,
    row_on_paper,
    rows_of_csv,
    sheets_of,
    tables_of,
    tips_of,
)

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 18, 12, 0, tzinfo=PARIS)
ASKED = {
    "two dimensions": "count=acts&rows=theme&columns=channel&period=last-month",
    "thousands by month": "count=passages&rows=month&period=months-2025-12-to-2026-02",
    "a comparison": "count=passages&rows=hour&period=last-month&compare=before",
    "several true at once": "count=acts&rows=need&columns=month&period=months-2026-01-to-2026-02",
    "flows": "count=acts&picture=flows&period=last-month",
}


@pytest.fixture
def centre():
    """A winter: doors with thousands, acts of which some cells are small."""
    centre, draw = coded_centre(clock_set_at=NOW, clock_showed=NOW, clock_speed=0), random.Random(61)
    job = a_theme(centre, key="job", name="Find a job, or change")
    desk, phone = codes_of(centre, CodeList.CHANNEL, "desk", "phone")
    needs = codes_of(centre, CodeList.NEED, "find_training", "application")
    for month, n in ((1, 25), (2, 90)):
        for minute in range(n):
            chosen = needs[: 1 + (minute % 3 == 0)] if minute % 2 else ()
            an_act(
                centre,
                datetime(2026, month, 10, 9, tzinfo=PARIS) + timedelta(minutes=minute),
                themes=[job] if minute % 4 else [centre.themes.order_by("position")[0]],
                channel=phone if minute % 17 == 0 else desk,
                codes=chosen,
            )
    site = centre.sites.get()
    for day in (
        datetime(2025, 12, 9, 9, tzinfo=PARIS),
        *(datetime(2026, m, 9, 9, tzinfo=PARIS) for m in (1, 2)),
    ):
        for hour in range(4):
            at = day + timedelta(hours=hour)
            actions.count_passages(site=site, key=uuid4(), count=draw.randint(900, 3_000), at=at)
    return centre


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_every_way_out_says_the_same(client, centre, asked, language):
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language=language))
    page = client.get(f"{reverse('statistics:explorer', args=[centre.slug])}?{asked}&seen=others")
    files = {kind: client.get(path).content for kind, path in page.context["files"]}
    tables = rows_of_csv(files["CSV"])
    figures = [[figure(cell) for cell in row[1:]] for table in tables for row in table[1:]]
    assert any(isinstance(cell, float) and cell > 0 for row in figures for cell in row)
    assert_page(page.content.decode(), figures)
    assert_workbook(files["XLSX"], figures, len(tables))
    assert_data(files["JSON"], figures)
    assert_paper(lines_of(files["PDF"]), tables)
    for picture in (page.content.decode(), files["SVG"].decode()):
        assert_tips(picture, figures)


def assert_page(html, figures):
    found = [table for table in tables_of(html.split("explorer-table", 1)[1]) if table]
    told = [[figure(cell) for cell in row[1:]] for table in found for row in table[1:]]
    assert told == figures


def assert_workbook(book, figures, tables):
    sheets = list(sheets_of(book).values())[:tables]
    told = [[figure(cell) for cell in row[1:]] for sheet in sheets for row in sheet[1:]]
    assert told == figures
    assert all(isinstance(cell, int | float | str) for sheet in sheets for row in sheet for cell in row)


def assert_data(body, figures):
    """Numbers of the data in the order of the lines; a column of sums that are never given stands in no table."""
    told = []
    for table in json.loads(body)["tables"]:
        given = table["along"] and any(line["total"] != {"hidden": "chosen"} for line in table["lines"])
        more = [*(["total"] if given else []), *(["share"] if table["shares_of"] else [])]
        more += ["before", "change"] if table["compared"] else []
        whole = 100 if isinstance(table["total"], int) and table["total"] else None
        last = {**table, "figures": table["column_totals"], "share": whole}
        told += [
            [sign(one) for one in (*row["figures"], *(row[key] for key in more))]
            for row in (*table["lines"], last)
        ]
    assert told == figures


def sign(value):
    if value is None:
        return "·"
    if isinstance(value, dict):
        return "×" if value["hidden"] == "chosen" else "–"
    return float(value)


def assert_paper(lines, tables):
    """Every row is on the paper, in this order, and no row more below the same heading."""
    for table in tables:
        for label, *cells in table[1:]:
            label = label.removeprefix("'")  # against formulas in a spreadsheet
            assert row_on_paper(lines, label, [figure(one) for one in cells]), (label, cells, lines)


def assert_tips(text, figures):
    """A picture’s marks say figures of the table and no others."""
    known = {cell for row in figures for cell in row}
    told = {figure(re.match(r"[\d\s\u00a0\u202f,.]*", tip.rpartition(": ")[2])[0]) for tip in tips_of(text)}
    assert told <= known
