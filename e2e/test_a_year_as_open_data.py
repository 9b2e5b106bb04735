"""The director publishes a year as open data, and somebody with a phone finds and fetches it; then the charter's evidence is read."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.statistics.models import OpenEdition
from parvis.statistics.tests.open_data.scene import YEAR, a_closed_year

pytestmark = pytest.mark.journey


def test_a_year_as_open_data(site, person, accessible, settings, tmp_path):
    settings.DATA = tmp_path
    centre = a_closed_year()
    page = person("desk", language="en", user=a_person(Role.DIRECTOR, centre=centre))
    page.goto(site + reverse("statistics:open_data", args=[centre.slug]))
    accessible(page)
    page.get_by_role("link", name=f"Look at it, then publish {YEAR}").click()
    accessible(page)
    page.get_by_label("CC BY 4.0").check()
    page.get_by_role("button", name="Publish for everybody").click()
    expect(
        page.get_by_text("This field is required")
    ).to_be_visible()  # nobody publishes without knowing what it means
    page.get_by_label("I know that what is published").check()
    page.get_by_role("button", name="Publish for everybody").click()
    expect(page.get_by_text("everybody can have the files now")).to_be_visible()
    accessible(page)
    everybody_has_it(site, person, accessible, centre)
    page.goto(site + reverse("statistics:charter", args=[centre.slug]) + f"?year={YEAR}")
    accessible(page)


def everybody_has_it(site, person, accessible, centre):
    phone = person("phone", language="ar")
    phone.goto(site + reverse("statistics:public_figures", args=[centre.slug]) + "?language=ar")
    phone.get_by_role("link", name="بيانات مفتوحة").click()
    accessible(phone)
    edition = OpenEdition.objects.get()
    phone.get_by_role("link", name=edition.title.localize("ar")).click()
    expect(phone.get_by_role("heading", name="الملفات")).to_be_visible()
    accessible(phone)
    with phone.expect_download() as fetched:
        phone.get_by_role("link", name="data.json", exact=True).click()
    assert json.loads(fetched.value.path().read_text())["year"] == YEAR
