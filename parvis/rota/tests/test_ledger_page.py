"""The ledger's pages: who reads them, what they say, and the files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners.actions import belong
from parvis.partners.factories import an_agreement, an_institution, hours
from parvis.rota.factories import speaks_for
from parvis.rota.tests.duty import DAY, a_half_day, a_slot, a_stretch, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """Three partners that each held three hours less a minute in March 2026."""
    centre = a_centre(languages=["en"], language="en")
    theme = a_theme(centre, "jobs")
    partners = []
    for n, name in enumerate(["Chamber", "School", "Union"]):
        relation = an_institution(centre, name)
        person = a_person(Role.ADVISER, centre=centre)
        belong(centre=centre, person=person, to=relation.institution, on=LONG_AGO)
        slot = a_slot(
            person, theme, a_half_day(centre, day=DAY + timedelta(days=n)), institution=relation.institution
        )
        a_stretch(slot, at(centre, 9, day=slot.half_day.date), at(centre, 11, 59, day=slot.half_day.date))
        partners.append(relation.institution)
    an_agreement(partners[0].relations.get(), hours("5"))
    return centre, partners


def page(person, name, centre, **parts):
    client = Client()
    client.force_login(person)
    where = reverse(f"rota:{name}", kwargs={"centre": centre.slug} | parts)
    return client.get(f"{where}?period=2026-Q1")


def test_who_manages_partners_reads_every_partners_figures(place):
    centre, _partners = place
    said = page(a_person(Role.PARTNERSHIP_MANAGER, centre=centre), "ledger", centre).content.decode()
    for words in ["Quarter 1 of 2026", "Chamber", "School", "Union", "2:59", "8:57", "15:00"]:
        assert words in said


def test_others_do_not(place):
    centre, partners = place
    adviser = a_person(Role.ADVISER, centre=centre)
    assert page(adviser, "ledger", centre).status_code == 403
    assert page(adviser, "ledger_file", centre, form="csv").status_code == 403
    assert page(adviser, "ledger_partner", centre, institution=partners[0].pk).status_code == 404
    stranger = a_person(Role.DIRECTOR, centre=a_centre())
    assert page(stranger, "ledger", centre).status_code == 404
    assert page(stranger, "ledger_partner", centre, institution=partners[0].pk).status_code == 404


def test_a_coordinator_reads_the_report_of_their_own_institution(place):
    centre, partners = place
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    speaks_for(coordinator, centre, partners[0])
    mine = page(coordinator, "ledger_partner", centre, institution=partners[0].pk)
    assert (mine.status_code, "School" in mine.content.decode()) == (200, False)
    for name, more in [("ledger_partner", {}), ("ledger_partner_file", {"form": "csv"})]:
        assert page(coordinator, name, centre, institution=partners[1].pk, **more).status_code == 404
    assert page(coordinator, "ledger", centre).status_code == 403


def test_a_coordinator_is_led_to_the_report_of_their_institution_or_chooses(place):
    centre, partners = place
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    nobody_s = page(coordinator, "ledger_own", centre).content.decode()
    assert "has not said yet for which institution you speak" in nobody_s
    speaks_for(coordinator, centre, partners[0])
    report = reverse("rota:ledger_partner", kwargs={"centre": centre.slug, "institution": partners[0].pk})
    assert page(coordinator, "ledger_own", centre)["Location"] == report
    speaks_for(coordinator, centre, partners[2])
    chosen = page(coordinator, "ledger_own", centre).content.decode()
    assert [name in chosen for name in ("Chamber", "School", "Union")] == [True, False, True]
    beside = page(coordinator, "ledger_partner", centre, institution=partners[0].pk).content.decode()
    assert [name in beside for name in ("Chamber", "School", "Union")] == [True, False, True]


def test_nobody_else_has_a_report_of_their_own(place):
    centre, _partners = place
    for role in (Role.ADVISER, Role.DIRECTOR, Role.PARTNERSHIP_MANAGER):
        assert page(a_person(role, centre=centre), "ledger_own", centre).status_code == 403
    stranger = a_person(Role.PARTNER_COORDINATOR, centre=a_centre())
    assert page(stranger, "ledger_own", centre).status_code == 404


@pytest.mark.parametrize(
    ("form", "starts", "kind"), [("pdf", b"%PDF", "application/pdf"), ("xlsx", b"PK", "spreadsheetml"), ("csv", b"\xef\xbb\xbf", "csv")]
)  # fmt: skip
def test_the_report_as_a_file(place, form, starts, kind):
    centre, partners = place
    director = a_person(Role.DIRECTOR, centre=centre)
    for name, parts in [("ledger_partner_file", {"institution": partners[0].pk}), ("ledger_file", {})]:
        given = page(director, name, centre, form=form, **parts)
        assert given.content.startswith(starts)
        assert kind in given["Content-Type"]
    assert f"2026-Q1.{form}" in given["Content-Disposition"]
    assert page(director, "ledger_file", centre, form="exe").status_code == 404


def test_an_empty_ledger_says_how_it_fills():
    centre = a_centre()
    said = page(a_person(Role.DIRECTOR, centre=centre), "ledger", centre).content.decode()
    assert "The ledger fills by itself" in said


def test_a_period_that_is_none_is_not_found(place):
    centre, _partners = place
    client = Client()
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    where = reverse("rota:ledger", kwargs={"centre": centre.slug})
    assert client.get(f"{where}?period=2026-Q7").status_code == 404
    assert client.get(where).status_code == 200
