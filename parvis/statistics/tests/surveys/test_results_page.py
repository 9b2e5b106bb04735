"""Results of a survey: who reads what, one question by another, beside an earlier wave, and the same figures in every way out."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.statistics.tests.reports.scene import a_director, a_worked_centre
from parvis.statistics.tests.surveyed import CLOSES, OPENS, a_sample, a_version, by_link, rows_of, said_by

pytestmark = pytest.mark.django_db
MARCH = [date(2026, 3, n) for n in (3, 4, 5)]


@pytest.fixture
def centre():
    """At noon on 14 April 2026."""
    return a_worked_centre(0)


@pytest.fixture
def survey(centre):
    made = by_link(centre, a_version(centre))
    said_by(
        made, rows_of({"job": 40, "train": 23, "choose": 4}, welcome=[5] * 40 + [4] * 20 + [2] * 7), MARCH
    )
    return made


def address(centre, survey, **query):
    found = reverse("statistics:survey_results", args=[centre.slug, survey.pk])
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else found


def opened(client, centre, survey, role=Role.DIRECTOR, **query):
    client.force_login(a_person(role, centre=centre))
    return client.get(address(centre, survey, **query))


def taken(client, centre, survey, kind, **query):
    found = reverse("statistics:survey_results_file", args=[centre.slug, survey.pk, kind])
    return client.get(found, query)


def figures(response, place=0):
    table = response.context["tables"][place][0]
    return {str(line.label): list(line.figures) for line in table.lines}


def test_the_team_reads_true_figures(client, centre, survey):
    page = opened(client, centre, survey, rows="come")
    assert page.status_code == 200
    assert figures(page) == {"job (en)": [40], "train (en)": [23], "choose (en)": [4]}
    assert "True figures" in page.text
    assert re.search(r'/surveys/" aria-current="true"[^>]*>\s*Surveys under way', page.text)


def test_the_network_reads_protected_ones(client, centre, survey):
    page = opened(client, centre, survey, role=Role.NETWORK_COORDINATOR, rows="come")
    told = [one for each in figures(page).values() for one in each if not isinstance(one, str)]
    assert told
    assert all(one % 5 == 0 and one >= 10 for one in told)
    assert figures(page)["choose (en)"] == ["small"]
    own = client.get(f"/c/{centre.slug}/surveys/{survey.pk}/")
    assert own.status_code == 200
    assert ">40<" not in own.text


def test_who_may(client, centre, survey):
    assert opened(client, centre, survey, role=Role.FACILITATOR).status_code == 200
    assert opened(client, centre, survey, role=Role.ADVISER).status_code == 403
    client.force_login(a_director(a_worked_centre(0, name="Elsewhere")))
    assert client.get(address(centre, survey)).status_code == 404
    assert taken(client, centre, survey, "csv").status_code == 404


def test_one_question_is_crossed_by_another(client, centre, survey):
    page = opened(client, centre, survey, rows="come", columns="welcome")
    assert figures(page)["job (en)"] == [0, "small", 0, 0, 40]  # seven in all chose 2
    assert figures(page)["train (en)"] == [0, "small", 0, 20, 0]
    percent = opened(client, centre, survey, rows="come", columns="welcome", shown="percent")
    assert figures(percent)["job (en)"][4] == 100


def test_crossed_in_a_sample_says_how_far_off(client, centre):
    survey = a_sample(centre, a_version(centre))
    said_by(survey, rows_of({"job": 40, "train": 40}, welcome=[5, 4] * 40))
    percent = opened(client, centre, survey, rows="come", columns="welcome", shown="percent")
    assert 45 <= figures(percent)["job (en)"][4] <= 55
    doubt = opened(client, centre, survey, rows="come", columns="welcome", shown="doubt")
    assert 0 < figures(doubt)["job (en)"][4] < 40


def test_of_fewer_than_ten_nothing_is_crossed_for_the_team_neither(client, centre, survey):
    assert (
        figures(opened(client, centre, survey, rows="come", columns="welcome"))["choose (en)"]
        == ["small"] * 5
    )


def test_beside_the_wave_before(client, centre):
    version = a_version(centre)
    first = by_link(centre, version, opens_on=OPENS - timedelta(days=30), closes_on=OPENS - timedelta(days=1))
    said_by(first, rows_of({"job": 10, "train": 10}), [OPENS - timedelta(days=9)])
    second = by_link(centre, version)
    said_by(second, rows_of({"job": 30, "train": 10}), MARCH)
    page = opened(client, centre, second, rows="come", other=first.pk)
    assert figures(page)["job (en)"] == [75, 50]
    assert "n = 40, and 20 in the wave before." in page.text


def test_an_address_that_cannot_be_asked_says_why(client, centre, survey):
    page = opened(client, centre, survey, rows="come", columns="come")
    assert page.status_code == 422
    assert "Choose another question" in page.text


def test_a_survey_that_goes_on_leaves_by_whole_months_only(client, centre):
    survey = by_link(centre, a_version(centre), opens_on=date(2025, 12, 1), closes_on=None)
    said_by(survey, rows_of({"job": 20, "train": 20}), MARCH)
    said_by(survey, rows_of({"job": 20}), [date(2026, 4, 2)])
    client.force_login(a_director(centre))
    assert taken(client, centre, survey, "csv").status_code == 302
    assert taken(client, centre, survey, "csv", part="2026-04").status_code == 302
    assert taken(client, centre, survey, "csv", part="2026-03").status_code == 200
    outside = opened(client, centre, survey, role=Role.NETWORK_COORDINATOR)
    assert outside.context["tables"] == []
    assert "Results leave once it is over" in outside.text


def test_two_looks_at_a_survey_that_goes_on_differ_by_ten_answers_or_by_none(client, centre):
    today = centre.local_day(centre.now())
    survey = by_link(centre, a_version(centre), opens_on=today - timedelta(days=20), closes_on=None)
    said_by(survey, rows_of({"job": 12}), [today - timedelta(days=5)])
    said_by(survey, rows_of({"train": 1}), [today - timedelta(days=2)])
    said_by(survey, rows_of({"choose": 3}), [today])
    assert figures(opened(client, centre, survey, rows="come")) == {
        "job (en)": [12],
        "train (en)": [0],
        "choose (en)": [0],
    }
    assert "4 newer answers" in client.get(f"/c/{centre.slug}/surveys/{survey.pk}/").text
    said_by(survey, rows_of({"choose": 9}), [today - timedelta(days=1)])
    assert figures(opened(client, centre, survey, rows="come"))["choose (en)"] == [9]


def test_fewer_than_ten_answers_are_told_to_nobody(client, centre):
    survey = by_link(centre, a_version(centre))
    said_by(survey, rows_of({"job": 9}), MARCH)
    for role in (Role.DIRECTOR, Role.NETWORK_COORDINATOR):
        page = opened(client, centre, survey, role=role)
        assert (page.status_code, page.context["tables"]) == (200, [])
    assert taken(client, centre, survey, "json").status_code == 302


def test_as_many_queries_for_many_answers_as_for_few(client, centre):
    few, many = by_link(centre, a_version(centre)), by_link(centre, a_version(centre))
    said_by(few, rows_of({"job": 12}), MARCH)
    said_by(many, rows_of({"job": 12, "train": 12, "choose": 12}), MARCH)
    counts = []
    client.force_login(a_director(centre))
    client.get(address(centre, few))
    for one in (few, many):
        with CaptureQueriesContext(connection) as caught:
            client.get(address(centre, one))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def numbers(text):
    return {int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", text)}


def test_page_csv_workbook_data_paper_and_picture_say_the_same(client, centre):
    """A sample, as others see it: counts, percentages and bounds, digit by digit."""
    survey = a_sample(centre, a_version(centre))
    said_by(survey, rows_of({"job": 83, "train": 46, "choose": 27}))
    page = opened(client, centre, survey, rows="come", seen="others")
    table = page.context["tables"][0][0]
    lines = [[str(line.label), *line.figures, line.share, line.low, line.high] for line in table.lines]
    assert all(isinstance(one, int) for line in lines for one in line[1:])
    text = list(
        csv.reader(StringIO(taken(client, centre, survey, "csv", rows="come").content.decode("utf-8-sig")))
    )
    assert text[1:4] == [[str(one) for one in line] for line in lines]
    book = load_workbook(BytesIO(taken(client, centre, survey, "xlsx", rows="come").content))
    rows = [list(row) for row in book.worksheets[0].iter_rows(min_row=2, max_row=4, values_only=True)]
    assert rows == lines
    assert "How to read it" in book.sheetnames
    data = json.loads(taken(client, centre, survey, "json", rows="come").content)["tables"][0]
    assert [
        [one["label"], *one["figures"], one["share"], one["low"], one["high"]] for one in data["lines"]
    ] == lines
    cells = [list(map(str.strip, row)) for row in _cells(page.text)]
    assert [
        [row[0], *(int(one.removesuffix("\xa0%").removesuffix(" %")) for one in row[1:])] for row in cells[:3]
    ] == lines
    (bars,) = page.context["tables"][0][3]
    assert [(row.label, row.value) for row in bars.rows] == [(line[0], line[1]) for line in lines]
    drawn = taken(client, centre, survey, "svg", rows="come").content.decode()
    assert {line[1] for line in lines} <= numbers(drawn)
    paper = taken(client, centre, survey, "pdf", rows="come").content
    assert paper.startswith(b"%PDF")
    assert numbers(" ".join(_words(paper))) >= {one for line in lines for one in line[1:]}


def _cells(html):
    body = re.search(r'<table class="table">.*?<tbody>(.*?)</tbody>', html, re.DOTALL)[1]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def _words(paper):
    pypdf = pytest.importorskip("pypdf")
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(paper)).pages]


def test_days_of_a_sample_cannot_be_chosen(client, centre):
    survey = a_sample(centre, a_version(centre))
    said_by(survey, rows_of({"job": 30}))
    assert centre.local_day(centre.now()) > CLOSES
    assert opened(client, centre, survey, part="2026-03").status_code == 200
    assert "part" not in client.get(address(centre, survey)).context["form"].fields
