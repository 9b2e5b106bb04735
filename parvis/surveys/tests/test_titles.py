"""A questionnaire may get another title; what was asked under the old one keeps it."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from parvis.centres.factories import a_centre, words
from parvis.surveys.actions.questionnaires import Said, change_questionnaire
from parvis.surveys.actions.versions import next_version, open_version
from parvis.surveys.factories import an_open_version, asked_in
from parvis.surveys.models import Version

pytestmark = pytest.mark.django_db


def renamed(questionnaire, title):
    said = Said(words(title, title), questionnaire.purpose, questionnaire.audience, questionnaire.anonymous)
    change_questionnaire(questionnaire=questionnaire, said=said)


def test_an_opened_version_keeps_the_title_it_was_asked_under(client):
    survey = asked_in(a_centre())
    assert survey.version.asked_as == "Your visit"
    renamed(survey.version.questionnaire, "Your stay")
    survey.version.refresh_from_db()
    assert survey.version.asked_as == "Your visit"
    page = client.get(f"/s/{survey.token}/").text
    assert "Votre visite" in page  # the visitor's language
    assert "Your stay" not in page


def test_the_next_version_is_asked_under_the_new_one():
    version = an_open_version(a_centre())
    renamed(version.questionnaire, "Your stay")
    draft = next_version(version=version)
    assert draft.asked_as == "Your stay"
    assert open_version(version=draft, languages=["en", "fr"], on=date(2026, 6, 1)).asked_as == "Your stay"


def test_versions_opened_before_titles_were_kept_get_the_one_of_the_day():
    version = an_open_version(a_centre())
    Version.objects.filter(pk=version.pk).update(title="")
    draft = next_version(version=version)
    import_module("parvis.surveys.migrations.0008_title_as_asked").keep_titles(apps, None)
    kept = {one.pk: str(one.title) for one in Version.objects.all()}
    assert kept == {version.pk: "Your visit", draft.pk: ""}
