"""Published tables, rebuilt to the digit from rows made to match them: through the extraction, the engine, the protection and a report.

Val-de-Marne, sample of visitors, March to July 2014; Saint-Quentin-en-Yvelines, digital inclusion, 2017–2018.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from itertools import chain
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from parvis.centres.factories import a_theme
from parvis.centres.models import CodeList
from parvis.reception.factories import coded_centre
from parvis.statistics.actions.reports import publishing
from parvis.statistics.actions.reports.drafting import take_figures
from parvis.statistics.models import Audience, Part, PartKind, Report
from parvis.statistics.queries.reports.pages import report_page
from parvis.statistics.report_papers import report_pdf, report_xlsx
from parvis.statistics.tests.golden.rows import PARIS, a_group, some_acts, some_profiles, spread, words

pytestmark = pytest.mark.django_db
SAMPLE = 1000  # so that whole percentages are whole people
NEEDS = [
    ("job", "Job", 330),
    ("guidance", "Guidance", 300),
    ("training", "Training", 270),
    ("business", "Business creation", 150),
]
AGES = [("y15", "15–29", 490), ("y30", "30–44", 270), ("y45", "45 and over", 240)]
LEVELS = [
    ("none", "No diploma", 150),
    ("cap", "CAP, BEP", 190),
    ("bac", "Bac", 210),
    ("bac2", "Bac + 2", 200),
    ("more", "Higher", 250),
]
FIRST = [("yes", "First centre ever", 610), ("no", "Been in one before", 390)]
TOWN, ELSEWHERE = ("940", 460), ("941", 540)


def a_published(centre, days, blocks, audience=Audience.PUBLIC):
    """A report with these blocks, drafted and published after its period."""
    at = datetime.combine(days[1], datetime.min.time(), PARIS).replace(year=days[1].year + 1)
    report = Report.objects.create(
        key=uuid4(),
        centre=centre,
        model="ready:public",
        title="As published",
        first=days[0],
        last=days[1],
        language="en",
        audience=audience,
        drafted_at=at,
        refreshed_at=at,
    )
    parts = [
        Part(report=report, position=n, kind=kind, title=title, settings=settings)
        for n, (kind, title, settings) in enumerate(blocks, 1)
    ]
    take_figures(report, parts, at)
    Part.objects.bulk_create(parts)
    return publishing.publish_report(report=report, by=None, at=at)


def tables(report):
    return {
        table.table.table.title: table.table.table
        for part in report_page(report).parts
        for table in part.tables
    }


def shares(table):
    return {line.label: line.share for line in table.lines}


def counts(labels):
    return {label: n for _key, label, n in labels}


def coded(centre, listed, labels):
    made = words(centre, listed, [(key, label) for key, label, _n in labels])
    return [(made[key], n) for key, _label, n in labels]


@pytest.fixture
def val_de_marne():
    centre, days = coded_centre(), (date(2014, 1, 1), date(2014, 12, 31))
    spring = (date(2014, 3, 3), date(2014, 7, 31))
    some_acts(centre, spread(coded(centre, CodeList.NEED, NEEDS), SAMPLE), *spring)
    lists = [
        spread(answers, SAMPLE)
        for answers in (
            coded(centre, CodeList.AGE_BAND, AGES),
            coded(centre, CodeList.EDUCATION, LEVELS),
            coded(centre, CodeList.FIRST_VISIT, FIRST),
            [TOWN, ELSEWHERE],
        )
    ]
    some_profiles(centre, [list(chain(*said)) for said in zip(*lists, strict=True)], *spring)
    blocks = [
        (PartKind.CROSS, "What they came for", {"unit": "acts", "rows": "need", "chart": "bars"}),
        (PartKind.PROFILE, "Who came", {}),
        (PartKind.CROSS, "Where from", {"unit": "profiles", "rows": "prefix"}),
    ]
    return a_published(centre, days, blocks)


def test_val_de_marne_2014(val_de_marne):
    found = tables(val_de_marne)
    needs = found["Acts by need"]
    assert shares(needs) == {"Job": 33, "Guidance": 30, "Training": 27, "Business creation": 15}
    assert (needs.unit, needs.n, needs.total, needs.audience) == ("Acts", SAMPLE, SAMPLE, Audience.PUBLIC)
    assert needs.notes == ["Need: several answers possible, so its lines are not to be added up."]
    assert shares(found["Age band"]) == {"15–29": 49, "30–44": 27, "45 and over": 24}
    levels = {"No diploma": 15, "CAP, BEP": 19, "Bac": 21, "Bac + 2": 20, "Higher": 25}
    assert shares(found["Education"]) == levels
    assert shares(found["First visit"]) == {"First centre ever": 61, "Been in one before": 39}
    assert shares(found["Questionnaires by beginning of the postcode"]) == {"940": 46, "941": 54}
    age = found["Age band"]
    assert (age.unit, age.n, list(age.notes)) == ("Questionnaires", SAMPLE, [])
    assert age.method.startswith("voluntary questions")


def test_page_workbook_and_paper_say_the_same(val_de_marne):
    page = report_page(val_de_marne)
    book = load_workbook(BytesIO(report_xlsx(page)))
    for title, table in tables(val_de_marne).items():
        sheet = book[title[:28]]
        rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        lines = [[line.label, *line.figures, line.share] for line in table.lines]
        assert rows == [*lines, ["Total", table.total, None]]
    assert report_pdf(page)[:5] == b"%PDF-"


def test_saint_quentin_2018():
    """185 users, 70 % women, qualification by module: people in groups, whose totals stay totals."""
    centre, days = coded_centre(), (date(2018, 1, 1), date(2018, 12, 31))
    modules = [a_theme(centre, f"module{n}", position=50 + n) for n in (1, 2, 3)]
    women, men = (code for code, _n in coded(centre, CodeList.GENDER, [("w", "Women", 0), ("m", "Men", 0)]))
    below, bac, above = (
        code
        for code, _n in coded(
            centre, CodeList.EDUCATION, [("b", "Below A-level", 0), ("a", "A-level", 0), ("h", "Higher", 0)]
        )
    )
    # Module 3's participants are more qualified; 130 of 185 are women, 130 below A-level: 70 % each.
    for module, size, told in (
        (modules[0], 80, {women: 56, men: 24, below: 68, bac: 12}),
        (modules[1], 65, {women: 46, men: 19, below: 50, bac: 15}),
        (modules[2], 40, {women: 28, men: 12, below: 12, bac: 10, above: 18}),
    ):
        a_group(centre, module, date(2018, 5, 15), size, told)
    blocks = [
        (PartKind.CROSS, "Women and men", {"unit": "people_in_groups", "rows": "gender"}),
        (
            PartKind.CROSS,
            "Qualification by module",
            {"unit": "people_in_groups", "rows": "education", "columns": "theme"},
        ),
    ]
    found = tables(a_published(centre, days, blocks))
    gender = found["People in groups by gender"]
    assert (gender.n, gender.unit, shares(gender)["Women"], shares(gender)["Men"]) == (
        185,
        "People in groups",
        70,
        30,
    )
    crossed = found["People in groups by education and theme"]
    assert crossed.total == 185
    assert {
        line.label: (list(line.figures), line.total) for line in crossed.lines if line.label != "Not said"
    } == {
        "Below A-level": ([68, 50, 12], 130),
        "A-level": ([12, 15, 10], 37),
        "Higher": ([0, 0, 18], 18),
    }
