"""The ready kits: whole in English and French, their title and sentence in every language of visitors."""

import tomllib

import pytest
from django.conf import settings

from parvis.agenda.ready import KEYS, ready_kit
from parvis.centres.models import CodeList
from parvis.centres.service_models.presets import HERE

LANGUAGES = {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("key", KEYS)
def test_a_ready_kit_is_whole(key):
    kit = ready_kit(key)
    for words in (kit.title, kit.summary):
        assert {code for code, text in words.items() if text} == LANGUAGES
    for words in kit.texts():
        assert all(words.get(code) for code in ("en", "fr"))
    assert sum(step.minutes for step in kit.steps) == kit.minutes
    listed = tomllib.loads((HERE / "words" / f"{CodeList.OBJECTIVE}.toml").read_text())
    assert {*kit.objectives} <= {*listed}
    assert all(len(text) <= 200 for text in kit.summary.values())


@pytest.mark.parametrize("key", KEYS)
def test_french_has_its_own_spaces(key):
    for words in ready_kit(key).texts():
        for sign in ":;?!»":
            assert f" {sign}" not in words.get("fr", "")
        assert "« " not in words.get("fr", "")
