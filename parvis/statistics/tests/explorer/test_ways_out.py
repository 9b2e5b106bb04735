"""CSV, workbook, data, paper, picture and tooltip are made of one table: the same figures, to the digit."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from openpyxl import load_workbook

from parvis.shared.charts import Bars, Columns, Heat, Lines
from parvis.shared.flows import Flows
from parvis.statistics.shown import Audience, CrossTable, Hidden, Line, Run
from parvis.statistics.ways_out import (
    Kind,
    as_csv,
    as_json,
    as_xlsx,
    explained,
    fitting,
    pdf,
    pictures,
    png,
    said,
    svg,
)
from parvis.statistics.ways_out.words import heading, spoken

pytestmark = pytest.mark.once
MADE = "22 November 2026"
MONTHS = ["September", "October", "November"]
TABLE = CrossTable(
    title="Acts by theme and month",
    unit="acts",
    across="Theme",
    along="Month",
    columns=MONTHS,
    lines=[
        Line("Find a job", [1285, 1340, Hidden.SMALL], total=2635, tint="petrol", shape="circle"),
        Line("=Change", [15, None, 205], total=220, tint="sun", shape="star"),
    ],
    column_totals=[1300, 1340, 210],
    total=2850,
    first=date(2025, 9, 1),
    last=date(2025, 11, 30),
    audience=Audience.PUBLIC,
    n=2850,
    method="counted at each visit",
    notes=["Several answers are possible: lines are not to be added up."],
    holder="Parvis de la Gare",
    meaning="Services given, as recorded.",
    filters=["Channel: by phone"],
    protection="Rounded to five; fewer than ten are not told.",
    columns_run=Run.TIME,
)
PLAIN = replace(
    TABLE,
    along="",
    columns=["acts"],
    lines=[
        Line("Find a job", [2635], total=2635, share=92, before=2500, change=5),
        Line("Change", [220], total=220, share=8, before=240, change=-8),
    ],
    column_totals=[2850],
    shares_of="of 2,850 acts",
    compared="the same months a year before",
    before=2740,
    change=4,
)
NUMBERS = {1285, 1340, 15, 205, 2635, 220, 1300, 210, 2850}


def digits(texts) -> set[int]:
    """Every figure that these texts say, whatever parts its thousands."""
    return {int(re.sub(r"\D", "", text)) for text in texts if re.search(r"\d", text)}


def csv_rows(table: CrossTable) -> list[list[str]]:
    text = as_csv([table], MADE).decode().removeprefix("\ufeff")
    found = list(csv.reader(StringIO(text)))
    return found[: found.index([])]


def test_text_workbook_and_data_have_the_same_figures_as_the_page():
    page = [[label, *cells] for label, *cells in spoken(TABLE)]
    rows = csv_rows(TABLE)
    assert rows[0] == ["Theme", *MONTHS, "Total"]
    assert rows[1] == ["Find a job", "1285", "1340", "–", "2635"]
    assert rows[2] == ["'=Change", "15", "·", "205", "220"]
    assert [[cell.replace(",", "") for cell in row[1:]] for row in page] == [row[1:] for row in rows[1:]]
    book = load_workbook(BytesIO(as_xlsx([TABLE], MADE)))
    sheet = book["Acts by theme and month"]
    assert [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=2)] == [
        [1285, 1340, "–", 2635],
        [15, "·", 205, 220],
        [1300, 1340, 210, 2850],
    ]
    data = json.loads(as_json([TABLE], MADE))["tables"][0]
    assert [line["figures"] + [line["total"]] for line in data["lines"]] == [
        [1285, 1340, {"hidden": "small"}, 2635],
        [15, None, 205, 220],
    ]
    assert (data["column_totals"], data["total"], data["n"]) == ([1300, 1340, 210], 2850, 2850)


def test_the_workbook_explains():
    book = load_workbook(BytesIO(as_xlsx([TABLE], MADE)))
    told = [tuple(cell.value for cell in row) for row in book["How to read it"].iter_rows(min_row=2)]
    assert told[0] == ("Table", "Acts by theme and month")
    assert [(subject, words) for subject, words in explained(TABLE)] == told[1:-1]
    assert ("What one is", "Services given, as recorded.") in told
    assert ("Only", "Channel: by phone") in told
    assert ("n", "2,850") in told
    assert ("How it is known", "counted at each visit") in told
    assert ("Protection", "Rounded to five; fewer than ten are not told.") in told
    assert ("Sign", "–: few, or hidden with them, so that nobody can be made out") in told
    assert told[-1] == ("Made on", MADE)


@pytest.mark.parametrize("kind", [Kind.LINES, Kind.COLUMNS, Kind.HEAT, Kind.BARS])
def test_chart_tooltip_and_picture_say_figures_of_the_table_only(kind):
    figures = pictures([TABLE], kind)
    page = "".join(render_to_string(one.template, {"figure": one}) for one in figures)
    drawn = svg(figures, []).decode()
    for text in (page, drawn):
        tips = re.findall(r"<title>([^<]*: [^<]*acts)</title>", text)
        if kind is Kind.HEAT and text is page:
            tips = [f": {cell}" for cell in re.findall(r'<td class="heat-\d">([^<]*)</td>', page)]
        if kind is Kind.BARS and text is page:
            tips = [f": {cell}" for cell in re.findall(r'<td class="num">([^<]*)</td>', page)]
        found = digits(tip.rsplit(": ", 1)[1] for tip in tips)
        assert found == ({2635, 220} if kind is Kind.BARS else {1285, 1340, 15, 205})


def test_paper_says_the_same_and_is_tagged():
    made = pdf([TABLE], pictures([TABLE], Kind.LINES), MADE)
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


def test_a_comparison_stands_in_every_way_out():
    assert heading(PLAIN) == ["Theme", "acts", "Percent", "the same months a year before", "Change, percent"]
    assert spoken(PLAIN) == [
        ["Find a job", "2,635", "92 %", "2,500", "+5 %"],
        ["Change", "220", "8 %", "240", "−8 %"],
        ["Total", "2,850", "100 %", "2,740", "+4 %"],
    ]
    assert [row[1:] for row in csv_rows(PLAIN)[1:]] == [
        ["2635", "92", "2500", "5"],
        ["220", "8", "240", "-8"],
        ["2850", "100", "2740", "4"],
    ]
    (figure,) = pictures([replace(PLAIN, lines_run=Run.ORDER)], Kind.COLUMNS)
    assert [list(series.values) for series in figure.series] == [[2635, 220], [2500, 240]]
    assert pdf([PLAIN], [], MADE).startswith(b"%PDF")


def test_a_picture_is_a_file_of_its_own_in_every_direction():
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            for kind in (Kind.BARS, Kind.HEAT, Kind.LINES, Kind.COLUMNS):
                made = svg(pictures([TABLE], kind), ["n = 2 850"])
                root = ElementTree.fromstring(made)
                head = root.find(".//{http://www.w3.org/2000/svg}text")
                assert head.get("text-anchor") == ("end" if language == "ar" else "start")
                assert float(head.get("x")) == (928 if language == "ar" else 32)
                assert b"style=" not in made
    assert png(pictures([TABLE], Kind.LINES), ["n"]).startswith(b"\x89PNG")


def steps() -> list[CrossTable]:
    first = replace(
        TABLE,
        title="From need to service to redirection",
        across="Need",
        along="Service",
        columns=["Talk", "Workshop"],
        lines=[Line("A training", [40, 20], total=60), Line("A job", [30, Hidden.SMALL], total=35)],
        column_totals=[70, 25],
    )
    second = replace(
        first,
        across="Service",
        along="Redirection",
        columns=["Nowhere", "Employment service"],
        lines=[Line("Talk", [50, 20], total=70), Line("Workshop", [25, None], total=25)],
        column_totals=[75, 20],
    )
    return [first, second]


def test_flows_are_as_thick_as_their_figures_and_draw_nothing_hidden():
    (figure,) = pictures(steps(), Kind.FLOWS)
    assert isinstance(figure, Flows)
    assert [len(step) for step in figure.steps] == [3, 3]
    assert {band.title for band in figure.bands} == {
        "A training → Talk: 40 acts",
        "A training → Workshop: 20 acts",
        "A job → Talk: 30 acts",
        "Talk → Nowhere: 50 acts",
        "Talk → Employment service: 20 acts",
        "Workshop → Nowhere: 25 acts",
    }
    boxes = [(box.label, box.said) for box in figure.boxes]
    assert boxes[:2] == [("A training", "60"), ("A job", "35")]
    height = {box.label: box.height for box in figure.boxes}
    assert height["Talk"] / height["A training"] == pytest.approx(70 / 60)
    assert max(box.y + box.height for box in figure.boxes) <= figure.height
    page = render_to_string(figure.template, {"figure": figure})
    assert digits(re.findall(r"<title>.*?: ([^<]*) acts</title>", page)) == {40, 20, 30, 50, 25}


def test_flows_of_many_show_the_most_frequent_and_say_so():
    first, second = steps()
    lines = [replace(first.lines[0], label=f"Need {n}", figures=[n + 1, 0], total=n + 1) for n in range(16)]
    (figure,) = pictures([replace(first, lines=lines), second], Kind.FLOWS)
    assert isinstance(figure, Flows)
    assert [label for label, _said in figure.columns[0][1]] == [f"Need {n}" for n in range(2, 16)]
    assert figure.note.endswith("; the 14 most frequent of each; the tables have all")


def test_a_picture_leaves_out_those_of_whom_nothing_was_said():
    silent = replace(PLAIN.lines[0], label="Not said", figures=[7000], total=7000, unsaid=True)
    (figure,) = pictures([replace(PLAIN, lines=[*PLAIN.lines, silent])], Kind.BARS)
    (whole,) = pictures([PLAIN], Kind.BARS)
    assert (figure.rows, figure.note) == (whole.rows, f"{whole.note}; without “Not said”")
    (alone,) = pictures([replace(PLAIN, lines=[silent])], Kind.BARS)
    assert [row.label for row in alone.rows] == ["Not said"]


def test_which_picture_fits():
    assert fitting(TABLE) is Kind.LINES
    assert fitting(PLAIN) is Kind.BARS
    assert fitting(replace(PLAIN, lines_run=Run.ORDER)) is Kind.COLUMNS
    assert (
        fitting(replace(TABLE, lines_run=Run.ORDER, columns_run=Run.ORDER, columns=list("abcdefg")))
        is Kind.HEAT
    )
    assert fitting(replace(TABLE, lines=[])) is Kind.NONE
    assert [
        type(pictures([TABLE], kind)[0]) for kind in (Kind.BARS, Kind.COLUMNS, Kind.LINES, Kind.HEAT)
    ] == [
        Bars,
        Columns,
        Lines,
        Heat,
    ]


def test_a_figure_is_said_in_the_language_of_the_page():
    assert [said(one) for one in (1285, Hidden.SMALL, Hidden.UNKNOWN, None, 0)] == [
        "1,285",
        "–",
        "–",
        "·",
        "0",
    ]
    with translation.override("fr"):
        assert said(1285).replace("\xa0", " ").replace("\u202f", " ") == "1 285"


def test_two_tables_are_told_apart():
    other = replace(TABLE, title="In October", first=date(2025, 10, 1), last=date(2025, 10, 31))
    book = load_workbook(BytesIO(as_xlsx([TABLE, other, TABLE], MADE)))
    assert book.sheetnames == [
        "Acts by theme and month",
        "In October",
        "3 Acts by theme and month",
        "How to read it",
    ]
    text = as_csv([TABLE, other], MADE).decode()
    assert "In October" in text
