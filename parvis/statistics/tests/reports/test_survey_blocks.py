"""Satisfaction, a sample’s profile and what changed, as blocks of reports: n, method, bounds, and nothing that gives somebody away."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.shared.sheets import sheet_name
from parvis.statistics.actions.reports import publishing
from parvis.statistics.models import Part, PartKind, Report
from parvis.statistics.queries.reports.blocks import BLOCKS, Asked
from parvis.statistics.queries.reports.pages import report_page
from parvis.statistics.queries.reports.protecting import verdict_on
from parvis.statistics.report_papers import report_xlsx
from parvis.statistics.shown import Audience, Hidden
from parvis.statistics.tests.reports.scene import NOON, QUARTER, a_director, a_report, a_worked_centre
from parvis.statistics.tests.surveyed import a_sample, a_version, by_link, rows_of, said_by
from parvis.surveys.models import Audience as Answering
from parvis.surveys.models import Purpose

pytestmark = pytest.mark.django_db
S = Hidden.SMALL
MARCH = [QUARTER[1].replace(day=n) for n in (3, 4, 5)]


@pytest.fixture
def centre():
    return a_worked_centre(0)


def block(centre, kind, days=QUARTER, **settings):
    return BLOCKS[kind](Asked(centre, *days, NOON, Audience.TEAM, settings))


def only(report, kind, **settings):
    """The report with one block."""
    report.parts.all().delete()
    part = Part(report=report, position=1, kind=kind, title="T", settings=settings)
    from parvis.statistics.actions.reports.drafting import take_figures  # noqa: PLC0415

    take_figures(report, [part], NOON)
    part.save()
    return report


def seen(report):
    found = verdict_on(report, list(report.parts.all()))
    return found.failures, found.contents[0]


def figures(content, name):
    table = next(one for one in content.tables if f"-{name}" in one.name)
    return {line.label: line.figures[0] for line in table.table.lines}


@pytest.mark.parametrize("kind", [PartKind.SATISFIED, PartKind.SAMPLED, PartKind.CHANGED])
def test_without_a_survey_the_block_says_so(centre, kind):
    found = block(centre, kind)
    assert found.missing.startswith("No s")
    assert not found


def test_a_sample_says_n_method_rate_and_bounds(centre):
    survey = a_sample(centre, a_version(centre))
    points = [5] * 30 + [4] * 20 + [3] * 10
    said_by(survey, rows_of({"job": 30, "train": 20, "choose": 10}, welcome=points))
    found = block(centre, PartKind.SATISFIED)
    method = found.sentences[0].plain
    assert (
        "a sample. In 10 of 20 days, drawn by lot, everybody was asked; 60 of 60 answered (100 %)" in method
    )
    come = next(one.table for one in found.tables if one.name.endswith("-come"))
    assert [(line.label, line.figures[0], line.share) for line in come.lines] == [
        ("job (en)", 30, 50),
        ("train (en)", 20, 33),
        ("choose (en)", 10, 17),
    ]
    assert come.n == 60
    assert all(line.low <= line.share <= line.high for line in come.lines)
    assert "sample; 100 % of those who were asked answered" in come.method
    assert "4.3 on average" in next(one.plain for one in found.sentences if one.is_mean)


def test_who_answered_because_they_wanted_to_stands_for_themselves(centre):
    survey = by_link(centre, a_version(centre))
    said_by(survey, rows_of({"job": 12, "train": 11}), MARCH)
    found = block(centre, PartKind.SATISFIED)
    assert "23 answered, of everybody who could" in found.sentences[0].plain
    come = next(one.table for one in found.tables if one.name.endswith("-come"))
    assert [(line.figures[0], line.share, line.low) for line in come.lines] == [
        (12, 52, None),
        (11, 48, None),
        (0, 0, None),
    ]
    assert "stands for themselves" in found.note


def test_each_list_has_those_who_did_not_say(centre):
    survey = by_link(centre, a_version(centre))
    said_by(survey, [*rows_of({"job": 12, "train": 11}), {"welcome": "5"}], MARCH)
    assert figures(block(centre, PartKind.SATISFIED), "come")["Not communicated"] == 1


def test_a_sample_is_told_where_it_ended_and_a_link_where_it_was_answered(centre):
    sample, link = a_sample(centre, a_version(centre)), by_link(centre, a_version(centre), closes_on=None)
    said_by(sample, rows_of({"job": 20}))
    said_by(link, rows_of({"job": 15}), MARCH)
    february = (QUARTER[0].replace(month=2), QUARTER[0].replace(month=2, day=28))
    assert not block(centre, PartKind.SATISFIED, days=february)
    assert len(block(centre, PartKind.SATISFIED).sentences) == 2
    assert block(centre, PartKind.SATISFIED, surveys=[link.pk]).tables[0].table.n == 15


def test_fewer_than_ten_answers_tell_nothing_to_anybody(centre):
    said_by(by_link(centre, a_version(centre)), rows_of({"job": 9}), MARCH)
    found = block(centre, PartKind.SATISFIED)
    assert (found.sentences, found.tables) == ([], [])
    assert "fewer than ten" in found.lines[0]


def test_a_question_that_some_were_asked_is_left_out(centre):
    """How many it was put to is how many gave the answer before it."""
    survey = by_link(centre, a_version(centre))
    rows = [row | {"why": "yes"} for row in rows_of({"train": 14, "job": 30})]
    said_by(survey, rows, MARCH)
    assert not [one for one in block(centre, PartKind.SATISFIED).tables if "why" in one.name]


def test_before_and_now_are_told_by_whole_pairs(centre):
    survey = by_link(centre, a_version(centre, Purpose.IMPACT))
    said_by(survey, rows_of({"job": 30}, sure=[(2, 4)] * 18 + [(3, 3)] * 12), MARCH)
    found = block(centre, PartKind.CHANGED)
    assert [one.name for one in found.tables] == [f"survey-{survey.pk}-sure-change"]
    assert figures(found, "sure") == {"More than before": 18, "The same": 12, "Less than before": 0}
    assert "2.4 before and 3.6 now on average" in found.sentences[1].plain


def test_small_answers_and_others_with_them_are_hidden(centre):
    survey = by_link(centre, a_version(centre))
    said_by(survey, rows_of({"job": 40, "train": 20, "choose": 3}), MARCH)
    failures, content = seen(
        only(a_report(centre, audience="public"), PartKind.SATISFIED, questions=["come"])
    )
    assert (failures, figures(content, "come")) == (
        [],
        {"job (en)": 40, "train (en)": S, "choose (en)": S},
    )
    hidden = [line for line in content.tables[0].table.lines if line.figures[0] is S]
    assert all(line.share is S for line in hidden)


def test_bounds_of_a_hidden_share_are_hidden(centre):
    survey = a_sample(centre, a_version(centre))
    said_by(survey, rows_of({"job": 40, "train": 20, "choose": 3}))
    _failures, content = seen(
        only(a_report(centre, audience="public"), PartKind.SATISFIED, questions=["come"])
    )
    lines = {line.label: line for line in content.tables[0].table.lines}
    assert (lines["choose (en)"].low, lines["choose (en)"].high) == (S, S)
    assert lines["job (en)"].low < lines["job (en)"].share


def test_a_mean_that_would_give_hidden_points_away_is_hidden(centre):
    """Base and mean together say how many chose 1 and 2."""
    survey = by_link(centre, a_version(centre))
    said_by(survey, rows_of({"job": 67}, welcome=[5] * 30 + [4] * 25 + [2] * 9 + [1] * 3), MARCH)
    report = only(a_report(centre, audience="public"), PartKind.SATISFIED, questions=["welcome"])
    assert block(centre, PartKind.SATISFIED, questions=["welcome"]).sentences[1].numbers[0].value == 4.0
    _failures, content = seen(report)
    assert [said.numbers[0].value for said in content.sentences] == [67]


def test_pupils_are_protected_by_ten_whoever_reads(centre):
    survey = by_link(centre, a_version(centre, audience=Answering.PUPIL))
    said_by(survey, rows_of({"job": 40, "train": 20, "choose": 7}), MARCH)
    report = only(a_report(centre, audience="partners"), PartKind.SATISFIED, questions=["come"])
    assert figures(seen(report)[1], "come")["choose (en)"] is S
    publishing.publish_report(report=report, by=None, at=NOON)
    later = only(a_report(centre, audience="partners"), PartKind.SATISFIED, questions=["come"])
    assert figures(seen(later)[1], "come")["choose (en)"] is S


def test_the_same_survey_in_two_reports_is_one_table(centre):
    """The quarter for partners shows 7; in the page for the public it is hidden; and nothing of the year gives it away."""
    survey = a_sample(centre, a_version(centre))
    said_by(survey, rows_of({"job": 40, "train": 20, "choose": 7}))
    publishing.publish_report(
        report=only(a_report(centre), PartKind.SATISFIED, questions=["come"]), by=None, at=NOON
    )
    months = (QUARTER[0].replace(month=3), QUARTER[1])
    later = only(a_report(centre, days=months, audience="public"), PartKind.SATISFIED, questions=["come"])
    failures, content = seen(later)
    assert failures == []
    assert figures(content, "come")["choose (en)"] is S


def test_page_paper_and_workbook_have_the_bounds(client, centre):
    survey = a_sample(centre, a_version(centre))
    said_by(survey, rows_of({"job": 30, "train": 20, "choose": 10}))
    report = only(a_report(centre), PartKind.SATISFIED, questions=["come"])
    publishing.publish_report(report=report, by=None, at=NOON)
    report.refresh_from_db()
    table = report_page(report).parts[0].tables[0].table.table
    book = load_workbook(BytesIO(report_xlsx(report_page(report))))
    sheet = book[sheet_name(str(table.title))]
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    lines = [[line.label, *line.figures, line.share, line.low, line.high] for line in table.lines]
    assert rows == [*lines, ["Total", 60, None, None, None]]
    client.force_login(a_director(centre))
    html = client.get(reverse("statistics:report", args=[centre.slug, report.pk])).content.decode()
    job = table.lines[0]
    assert f"{job.share} % ({job.low} to {job.high})" in html


def test_the_block_is_composed_of_chosen_surveys_and_questions(client, centre):
    survey = by_link(centre, a_version(centre))
    said_by(survey, rows_of({"job": 12, "train": 11}, welcome=[5] * 23), MARCH)
    report = only(a_report(centre), PartKind.SATISFIED)
    part = report.parts.get()
    address = reverse("statistics:report_part", args=[centre.slug, part.pk])
    client.force_login(a_director(centre))
    assert "About welcome?" in client.get(address).content.decode()
    said = {"title": "T", "version": part.version, "surveys": [survey.pk], "questions": ["come"]}
    assert client.post(address, said).status_code == 302
    part.refresh_from_db()
    assert part.settings == {"surveys": [survey.pk], "questions": ["come"]}
    assert len(part.figures["tables"]) == 1
    assert client.post(address, said | {"surveys": [survey.pk + 1], "version": 2}).status_code == 422
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert client.get(address).status_code == 403
    client.force_login(a_director(a_worked_centre(0, name="Elsewhere")))
    assert client.get(address).status_code == 404


def test_a_draft_of_days_that_are_not_over_grows_by_ten_answers_at_least(centre):
    """Else two refreshes of a draft tell what one person answered in between."""
    survey = by_link(centre, a_version(centre), closes_on=None)
    april = (NOON.date().replace(day=1), NOON.date().replace(day=30))
    said_by(survey, rows_of({"job": 12}), [april[0]])
    said_by(survey, rows_of({"choose": 1}), [NOON.date().replace(day=13), NOON.date()])
    assert figures(block(centre, PartKind.SATISFIED, days=april), "come")["choose (en)"] == 0
    said_by(survey, rows_of({"choose": 9}), [NOON.date().replace(day=13)])
    assert figures(block(centre, PartKind.SATISFIED, days=april), "come")["choose (en)"] == 10


def test_readers_are_spared_an_empty_block(centre):
    report = publishing.publish_report(
        report=only(a_report(centre, audience="public"), PartKind.SATISFIED), by=None, at=NOON
    )
    assert report_page(Report.objects.get(pk=report.pk)).parts == []
