"""Ready models: each can be opened at once, in each of its languages, and says in the database what its file says."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings

from parvis.centres.factories import a_centre
from parvis.centres.models import CodeList
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import open_version
from parvis.surveys.fingerprints import content_of
from parvis.surveys.models import POINTS, PROFILE_LISTS, Purpose, QuestionKind, Version
from parvis.surveys.ready import ready_model, ready_models
from parvis.surveys.ready.reading import HERE, KEYS, SHARED

ALL = [code for code, _name in settings.LANGUAGES]
READ_BY_VISITORS = {
    *("visitor_satisfaction", "impact_before", "impact_after", "impact_three_months", "profile"),
    *("class_expectations", "teacher_satisfaction"),
}


def test_each_file_is_offered():
    assert {path.stem for path in HERE.glob("*.toml")} == {*KEYS, SHARED}
    assert {model.purpose for model in ready_models()} == {*Purpose} - {Purpose.OTHER}


@pytest.mark.parametrize("key", KEYS)
def test_each_text_is_worded_in_the_languages_of_who_reads_it(key):
    wanted = ALL if key in READ_BY_VISITORS else ["en", "fr"]
    model = ready_model(key)
    assert model.languages == wanted
    for text in model.texts():
        assert [code for code in wanted if not text[code].strip() or len(text[code]) > 200] == []
        assert not re.search(r" [?!:;»]", text["fr"]), "a French mark stays with its word"


@pytest.mark.parametrize("key", KEYS)
def test_each_question_has_what_its_kind_needs(key):
    questions = [one for section in ready_model(key).sections for one in section.questions]
    keys = [one.key for one in questions]
    assert len(set(keys)) == len(keys)
    for one in questions:
        listed = one.code_list in PROFILE_LISTS
        assert bool(one.answers) != listed or one.kind not in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
        assert bool(one.lines) == (one.kind == QuestionKind.GRID)
        if one.kind in {QuestionKind.SCALE, QuestionKind.PAIR}:
            assert POINTS[0] <= one.maximum - one.minimum + 1 <= POINTS[1]
            assert (one.low, one.high) != ({}, {})
        assert not one.code_list or CodeList(one.code_list).read_by_visitors


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEYS)
def test_round_trip(key):
    model, again = ready_model(key), uuid4()
    draft = begin_ready(holder=(centre := a_centre()), key=again, model=model, language="fr")
    assert begin_ready(holder=centre, key=again, model=model, language="fr") == draft
    opened = open_version(version=draft, languages=model.languages, on=date(2026, 6, 1))
    said = content_of(Version.objects.whole().get(pk=opened.pk))
    assert (said["language"], said["thanks"]) == ("fr", model.thanks)
    assert [section["title"] for section in said["sections"]] == [one.title for one in model.sections]
    kept = [one for section in said["sections"] for one in section["questions"]]
    told = [one for section in model.sections for one in section.questions]
    for row, one in zip(kept, told, strict=True):
        plain = ("key", "kind", "text", "help", "low", "high", "minimum", "maximum", "most", "code_list")
        assert {name: row[name] for name in plain} == {name: getattr(one, name) for name in plain}
        rows = {axis: [o for o in row["options"] if o["axis"] == axis] for axis in ("answer", "line")}
        assert {o["key"]: o["label"] for o in rows["answer"]} == one.answers
        assert {o["key"]: o["label"] for o in rows["line"]} == one.lines
        assert row["only_if"] == {on: sorted(answers) for on, answers in one.only_if.items()}
