"""Sheets of the past: days count with the figures, longer spans stand whole beside them, and nobody counts twice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from parvis.centres.factories import a_theme
from parvis.reception.factories import coded_centre
from parvis.reception.models import PastImport, Tally
from parvis.reception.models.past import Stage
from parvis.statistics.queries import report
from parvis.statistics.queries.imported import end_of, start_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
DAY = date(2019, 4, 2)  # a Tuesday
MONDAY, SUNDAY = date(2019, 4, 1), date(2019, 4, 7)


@pytest.fixture
def centre():
    return coded_centre()


@pytest.fixture
def sheet(centre):
    return PastImport.objects.create(centre=centre, file_name="2019.csv", stage=Stage.DONE, created_at=NOON)


def tally(sheet, count, *, span="day", day=DAY, hour=None, theme=None, unit="contact"):
    Tally.objects.create(
        centre=sheet.centre,
        past_import=sheet,
        row_key=uuid4().hex,
        unit=unit,
        span=span,
        date=day,
        hour=hour,
        theme=theme,
        count=count,
    )


def test_themes_of_a_sheet_break_down_the_same_visitors_and_are_not_added_to_its_whole(centre, sheet):
    first, second = centre.themes.get(), a_theme(centre, key="other")
    tally(sheet, 40)
    tally(sheet, 25, theme=first)
    tally(sheet, 22, theme=second)  # seven came for both
    tally(sheet, 9, theme=second, hour=10)  # of the 22
    found = report(centre, DAY, DAY, NOON)
    assert found.total.contacts == 40
    assert [(line.theme, line.counts["contacts"]) for line in found.by_theme] == [(first, 25), (second, 22)]


def test_hours_of_a_sheet_are_part_of_its_day(centre, sheet):
    tally(sheet, 40)
    tally(sheet, 18, hour=9)
    tally(sheet, 12, hour=10)
    found = report(centre, DAY, DAY, NOON)
    assert found.total.contacts == 40
    assert [(line.hour, line.counts["contacts"]) for line in found.by_hour] == [(9, 18), (10, 12), (None, 10)]


def test_a_longer_span_stands_whole_beside_what_lies_in_it(centre, sheet):
    theme = centre.themes.get()
    tally(sheet, 200, span="week", day=MONDAY)
    tally(sheet, 120, span="week", day=MONDAY, theme=theme)
    tally(sheet, 900, span="month", day=MONDAY, unit="passage")
    tally(sheet, 5, span="month", day=date(2019, 5, 1))
    tally(sheet, 11)
    for first, last in ((MONDAY, SUNDAY), (DAY, DAY)):
        found = report(centre, first, last, NOON)
        assert (found.total.contacts, found.total.passages) == (11, 0)
        assert [(one.span, one.unit, one.theme, one.count) for one in found.imported] == [
            ("week", "contact", None, 200),
            ("week", "contact", theme, 120),
            ("month", "passage", None, 900),
        ]
        assert {one.file for one in found.imported} == {"2019.csv"}
    sheet.stage = Stage.UNDONE
    sheet.save()
    assert report(centre, DAY, DAY, NOON).imported == []


def test_a_week_over_the_end_of_a_month_shows_neither_month(centre, sheet):
    tally(sheet, 900, span="month", day=MONDAY)
    assert report(centre, date(2019, 4, 29), date(2019, 5, 5), NOON).imported == []


@pytest.mark.parametrize(
    ("span", "day", "first", "last"),
    [
        ("week", DAY, MONDAY, SUNDAY),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 2, 1), date(2026, 1, 1), date(2026, 3, 31)),
        ("year", date(2024, 12, 31), date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_the_ends_of_spans(span, day, first, last):
    assert (start_of(span, day), end_of(span, first)) == (first, last)
