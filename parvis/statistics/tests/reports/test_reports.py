"""A report’s life: drafted, written, refreshed, published once, corrected."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.reception.factories import an_act
from parvis.statistics.actions.reports import drafting, parts, publishing
from parvis.statistics.actions.reports.errors import (
    ChangedMeanwhile,
    CorrectedAlready,
    NameTaken,
    NoDraft,
    NotPublished,
    StillRunning,
)
from parvis.statistics.models import Part, PartKind, Report
from parvis.statistics.queries.reports.content import Change, from_json
from parvis.statistics.queries.reports.pages import report_page
from parvis.statistics.queries.reports.ready import READY, model_of
from parvis.statistics.tests.reports.scene import NOON, PARIS, QUARTER, a_director, a_report, a_worked_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_worked_centre()


def content(part):
    return from_json(part.figures)


def numbers(report, kind=PartKind.WORK):
    part = report.parts.get(kind=kind)
    return {n.label: n.value for said in content(part).sentences for n in said.numbers}


def one_more(centre):
    an_act(centre, datetime.combine(QUARTER[1], time(15), PARIS))


@pytest.mark.parametrize("model", [one.choice for one in READY])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_ready_model_makes_a_draft(centre, model, language):
    days = {"day": (QUARTER[1], QUARTER[1]), "month": (QUARTER[1].replace(day=1), QUARTER[1])}
    span = model_of(centre, model).span
    report = a_report(centre, model, days=days.get(span, QUARTER), language=language)
    assert report.parts.count() == len(model_of(centre, model).blocks)
    assert all(part.figures for part in report.parts.all())


def test_the_same_key_is_the_same_report(centre):
    key = uuid4()
    assert a_report(centre, key=key) == a_report(centre, key=key)
    assert Report.objects.count() == 1


def test_figures_are_those_of_the_period(centre):
    an_act(centre, datetime.combine(QUARTER[1] + timedelta(days=1), time(9), PARIS))
    assert numbers(a_report(centre)) == {"Contacts": 12, "Acts": 12, "Groups": 0, "Days with visitors": 12}


def test_refreshing_keeps_words_and_tells_what_changed(centre):
    report = a_report(centre)
    words = report.parts.filter(kind=PartKind.NARRATIVE).first()
    written = parts.write_part(
        part=words, title="In short", said={"text": "A quiet quarter."}, settings={}, version=1, at=NOON
    )
    one_more(centre)
    changed = drafting.refresh_report(report=report, at=NOON + timedelta(hours=1))
    assert changed == [
        Change("The work", "Contacts", 12, 13),
        Change("The work", "Acts", 12, 13),
        Change("The work", "Days with visitors", 12, 13),
        Change("Acts by theme", "Acts by theme, Find training, Acts", 12, 13),
        Change("Acts by theme", "Acts by theme", 12, 13),
    ]
    assert report_page(report).latest == changed
    words.refresh_from_db()
    assert (words.said, list(content(words).lines)) == (written.said, ["A quiet quarter."])
    assert drafting.refresh_report(report=report, at=NOON + timedelta(hours=2)) == []


def test_what_was_published_stays(centre):
    report, by = a_report(centre), a_director(centre)
    publishing.publish_report(report=report, by=by, at=NOON)
    one_more(centre)
    for act in (
        lambda: drafting.refresh_report(report=report, at=NOON),
        lambda: parts.remove_part(part=report.parts.first()),
        lambda: parts.order_parts(report=report, order=[]),
        lambda: drafting.discard_report(report=report),
        lambda: parts.rename_report(report=report, title="Other"),
    ):
        with pytest.raises(NoDraft):
            act()
    report.refresh_from_db()
    page = report_page(report)
    assert PartKind.NARRATIVE not in [one.part.kind for one in page.parts]  # nobody wrote anything in it
    shown = page.parts[0].content
    assert {n.label: n.value for said in shown.sentences for n in said.numbers}["Acts"] == 12


def test_published_twice_is_published_once(centre):
    report, by = a_report(centre), a_director(centre)
    publishing.publish_report(report=report, by=by, at=NOON)
    again = publishing.publish_report(report=report, by=None, at=NOON + timedelta(hours=1))
    assert (again.published_at, again.published_by) == (NOON, by)


def test_a_running_period_is_not_published(centre):
    report = a_report(centre, days=(QUARTER[0], NOON.date()))
    with pytest.raises(StillRunning):
        publishing.publish_report(report=report, by=None, at=NOON)
    publishing.publish_report(report=report, by=None, at=NOON + timedelta(days=1))


def test_a_correction_replaces_and_says_what_it_changes(centre):
    report, by = a_report(centre), a_director(centre)
    with pytest.raises(NotPublished):
        publishing.correct_report(key=uuid4(), report=report, reason="x", by=by, at=NOON)
    publishing.publish_report(report=report, by=by, at=NOON)
    one_more(centre)
    key = uuid4()
    draft = publishing.correct_report(key=key, report=report, reason="A day was late", by=by, at=NOON)
    assert draft == publishing.correct_report(key=key, report=report, reason="A day was late", by=by, at=NOON)
    with pytest.raises(CorrectedAlready):
        publishing.correct_report(key=uuid4(), report=report, reason="Again", by=by, at=NOON)
    report.refresh_from_db()
    assert report.state == Report.State.PUBLISHED
    publishing.publish_report(report=draft, by=by, at=NOON)
    report.refresh_from_db()
    assert report.state == Report.State.REPLACED
    assert Change("The work", "Acts", 12, 13) in report_page(Report.objects.get(pk=draft.pk)).corrections


def test_who_wrote_meanwhile_is_not_overwritten(centre):
    part = a_report(centre).parts.filter(kind=PartKind.NARRATIVE).first()
    said = {"part": part, "title": "T", "settings": {}, "version": 1, "at": NOON}
    parts.write_part(said={"text": "One"}, **said)
    parts.write_part(said={"text": "One"}, **said)  # the same page, sent twice
    with pytest.raises(ChangedMeanwhile):
        parts.write_part(said={"text": "Two"}, **said)
    part.refresh_from_db()
    assert (part.said, part.version) == ({"text": "One"}, 2)


def test_blocks_are_added_once_moved_and_taken_out(centre):
    report = a_report(centre)
    many = report.parts.count()
    added = {
        "report": report,
        "kind": PartKind.LATE,
        "title": "Late",
        "settings": {},
        "after": many,
        "at": NOON,
    }
    assert parts.add_part(**added) == parts.add_part(**added)
    keys = list(report.parts.values_list("pk", flat=True))
    parts.order_parts(report=report, order=[keys[-1]])
    assert list(report.parts.values_list("pk", flat=True)) == [keys[-1], *keys[:-1]]
    parts.remove_part(part=Part.objects.get(pk=keys[-1]))
    assert report.parts.count() == many


def test_a_typed_figure_has_a_source_and_what_is_not_known_is_said(centre):
    report = a_report(centre, "ready:dashboard", days=(QUARTER[0], QUARTER[1]))
    part = report.parts.filter(kind=PartKind.EVENTS).first()
    rows = part.said["rows"]
    rows[0] |= {"value": "31", "source": "Programme", "on": "2026-03-31"}
    parts.write_part(part=part, title=part.title, said={"rows": rows}, settings={}, version=1, at=NOON)
    part.refresh_from_db()
    found = content(part)
    assert [said.plain for said in found.sentences] == ["Events held: 31 (Programme, 31 March 2026)"]
    assert list(found.lines) == ["Not given: Participants at these events."]


def test_a_kept_model_has_the_blocks_and_none_of_the_words(centre):
    report, by = a_report(centre), a_director(centre)
    words = report.parts.filter(kind=PartKind.NARRATIVE).first()
    parts.write_part(part=words, title="Short", said={"text": "Words"}, settings={}, version=1, at=NOON)
    kept = parts.keep_as_model(report=report, name="Ours", span="quarter", by=by, at=NOON)
    with pytest.raises(NameTaken):
        parts.keep_as_model(report=report, name="Ours", span="quarter", by=by, at=NOON)
    again = a_report(centre, f"own:{kept.pk}")
    assert [part.title for part in again.parts.all()] == [part.title for part in report.parts.all()]
    assert again.parts.first().said == {}
    assert model_of(a_worked_centre(0), f"own:{kept.pk}") is None
