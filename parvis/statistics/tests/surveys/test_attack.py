"""Somebody outside takes every table of a survey that is ever given, and works out what they can.

By month while it goes on, each question and one by another, then the whole of it: cells, margins and sums over months are one system. What
is known of a figure is only how far it may be from the truth. A threshold alone, and figures that follow a survey from day to day, are tried beside.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse

from parvis.statistics.protection import Axis, Need, intervals, table
from parvis.statistics.protection.filterable import FAR, STEP, THRESHOLD
from parvis.statistics.tests.reports.scene import a_director, a_worked_centre
from parvis.statistics.tests.surveyed import a_version, by_link
from parvis.surveys.actions.collections import close_collection
from parvis.surveys.factories import answered

pytestmark = pytest.mark.django_db
WIDEST = STEP * (len(FAR) + 1) - 1
MONTHS = ["2026-01", "2026-02", "2026-03"]
COME, POINTS = ("job", "train", "choose"), ("3", "4", "5")
COUNTS = {
    "2026-01": {("job", "5"): 14, ("job", "4"): 8, ("train", "5"): 11, ("train", "3"): 3, ("choose", "4"): 1},
    "2026-02": {("job", "5"): 20, ("job", "4"): 12, ("job", "3"): 2, ("train", "4"): 9, ("choose", "5"): 4},
    "2026-03": {("job", "5"): 13, ("train", "5"): 10, ("train", "4"): 12, ("choose", "3"): 6},
}
AXES = (Axis("month", tuple(MONTHS)), Axis("come", COME), Axis("welcome", POINTS))


@pytest.fixture
def survey():
    centre = a_worked_centre(0)
    made = by_link(centre, a_version(centre), opens_on=date(2026, 1, 1), closes_on=None)
    for month, cells in COUNTS.items():
        day = date.fromisoformat(f"{month}-01")
        for place, ((come, point), n) in enumerate(cells.items()):
            for each in range(n):
                answered(made, {"come": come, "welcome": point}, day + timedelta(days=(place + each) % 28))
    return made


def taken(client, survey, **query):
    address = reverse("statistics:survey_results_file", args=[survey.centre.slug, survey.pk, "json"])
    found = client.get(address, query)
    return json.loads(found.content)["tables"][0] if found.status_code == 200 else None


def told(client, survey, month=None, part=""):
    """Every figure of a crossed table and of its two lists, by month, answer and point."""
    cells = {}
    crossed = taken(client, survey, rows="come", columns="welcome", part=part)
    for come, line in zip(COME, crossed["lines"], strict=True):
        cells[month, come, None] = line["total"]
        for point, figure in zip(range(1, 6), line["figures"], strict=True):
            cells[month, come, str(point)] = figure
    cells[month, None, None] = crossed["total"]
    for point, figure in zip(range(1, 6), crossed["column_totals"], strict=True):
        cells[month, None, str(point)] = figure
    for name, place in (("come", 1), ("welcome", 2)):
        for line in taken(client, survey, rows=name, part=part)["lines"]:
            key = {"job (en)": "job", "train (en)": "train", "choose (en)": "choose"}.get(
                line["label"], line["label"]
            )
            at = (month, key, None) if place == 1 else (month, None, key)
            # The same answers have the same figure by every way, or nobody would be protected by rounding.
            assert cells[at] == line["figures"][0]
    return {at: figure for at, figure in cells.items() if at[2] in (None, *POINTS)}


def truth():
    found = Counter()
    for month, cells in COUNTS.items():
        for (come, point), n in cells.items():
            for at in ((m, c, p) for m in (month, None) for c in (come, None) for p in (point, None)):
                found[at] += n
    return found


def known(figure):
    return (
        (max(0, figure - WIDEST), figure + WIDEST) if isinstance(figure, int) else (0, THRESHOLD - 1 + WIDEST)
    )


def named(at):
    return frozenset((axis.name, code) for axis, code in zip(AXES, at, strict=True) if code is not None)


def test_nobody_is_computed_from_all_tables_of_a_survey_together(client, survey):
    client.force_login(a_director(survey.centre))
    figures = {}
    for month in MONTHS:
        figures |= told(client, survey, month, part=month)
    close_collection(collection=survey, on=date(2026, 3, 31))
    survey.refresh_from_db()
    figures |= told(client, survey)
    true = truth()
    system = table(true, AXES)
    cells = list(system.values)
    found = intervals(system, cells, known={named(at): known(figure) for at, figure in figures.items()})
    assert not [cell for cell in cells if found[cell].exact]
    small = {named(at): n for at, n in true.items() if 0 < n < THRESHOLD}
    assert len(small) > 5
    assert all(found[cell].holds(Need(max(0, n - 2), THRESHOLD)) for cell, n in small.items())
    # A threshold alone would have given some of them away.
    alone = {
        named(at): (true[at], true[at]) if true[at] >= THRESHOLD else (0, THRESHOLD - 1) for at in figures
    }
    given = intervals(system, cells, known=alone)
    assert [cell for cell in small if given[cell].exact]


def test_a_survey_that_goes_on_is_told_to_nobody_outside_day_by_day(client, survey):
    """An outsider who looks each day would see where a rounded figure jumps; so there is no figure until the days are over."""
    client.force_login(a_director(survey.centre))
    today = survey.centre.local_day(survey.centre.now())
    for n in range(3):
        answered(survey, {"come": "choose"}, today - timedelta(days=n))
        assert taken(client, survey, rows="come") is None
        assert taken(client, survey, rows="come", part=today.isoformat()[:7]) is None
        assert taken(client, survey, rows="come", part=today.isoformat()) is None


def test_overlapping_days_of_ones_own_choosing_are_not_answered(client, survey):
    client.force_login(a_director(survey.centre))
    close_collection(collection=survey, on=date(2026, 3, 31))
    whole = taken(client, survey, rows="come")
    for chosen in (
        {"part": "2026-01-01/2026-02-27"},
        {"part": "2026-01", "columns": "come"},
    ):
        assert taken(client, survey, rows="come", **chosen) is None
    assert taken(client, survey, rows="come", language="fr", centre="2", day="2026-01-05") == whole
