"""The first look at any page weighs less than 150 KB, fonts included, and comes from this host alone."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from tests.pages.weight import LIMIT, first_load, foreign

OPEN = [
    "/",
    "/design/",
    "/design/parts/",
    "/design/forms/",
    "/design/visitors/",
    "/design/charts/",
    "/nowhere/",
    "/thread/close/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("address", OPEN)
def test_an_open_page_is_light_and_asks_nobody_else(client, address, language):
    response = client.get(address, {"language": language})
    weights = first_load(response)
    assert sum(weights.values()) < LIMIT, weights
    assert foreign(response.content.decode()) == []


@pytest.mark.parametrize("language", ["en", "hr", "uk", "ar"])
def test_a_visitor_s_frame_leaves_room_for_the_page(language):
    """Latin with its extension, Cyrillic and Arabic each stay below 110 KB before the page says anything."""
    with translation.override(language):
        html = render_to_string("404.html")
    weights = first_load(HttpResponse(html))
    assert sum(weights.values()) < 110 * 1024, weights


def test_only_the_letters_that_are_shown_bring_a_font():
    with translation.override("en"):
        latin = first_load(HttpResponse(render_to_string("404.html")))
    with translation.override("ar"):
        arabic = first_load(HttpResponse(render_to_string("404.html")))
    fonts = {name.rsplit("/", 1)[1] for name in latin if name.endswith(".woff2")}
    assert fonts == {"atkinson-hyperlegible-next-latin-wght-normal.woff2"}
    assert {name.rsplit("/", 1)[1] for name in arabic if "arabic" in name} == {
        "arabic-400.woff2",
        "arabic-700.woff2",
    }


def test_every_file_that_another_names_is_collected(settings, tmp_path):
    """Collecting renames files by their content and fails on a name that leads nowhere."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command(collectstatic.Command(), interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
