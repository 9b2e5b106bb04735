"""A director takes everything of the centre away, and deletes the file afterwards."""

from __future__ import annotations

import zipfile
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception import actions
from parvis.reception.actions import exports
from parvis.reception.factories import a_coding, coded_centre
from parvis.reception.models import Export

pytestmark = pytest.mark.journey


def test_everything_as_csv(site, person, accessible, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    centre = coded_centre(language="fr")
    actions.record_act(centre=centre, key=uuid4(), coding=a_coding(centre), at=timezone.now())
    page = person("desk", user=a_person(Role.DIRECTOR, centre=centre, language="fr"))
    page.goto(f"{site}/c/{centre.slug}/exports/")
    accessible(page)
    page.get_by_text("Fichiers CSV dans un zip").click()
    page.get_by_role("button", name="Écrire le fichier").click()
    expect(page.get_by_text("En cours d’écriture")).to_be_visible()
    accessible(page)
    exports.write_export.call(Export.objects.get().pk)  # the worker's turn
    fetch = page.get_by_role("link", name="Télécharger le fichier")
    expect(fetch).to_be_visible()
    accessible(page)
    with page.expect_download() as told:
        fetch.click()
    with zipfile.ZipFile(told.value.path()) as archive:
        assert "acts.csv" in archive.namelist()
    assert told.value.suggested_filename.startswith(f"{centre.slug}--")
    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("Pas encore de fichier")).to_be_visible()
    assert list(tmp_path.glob("exports/*")) == []
