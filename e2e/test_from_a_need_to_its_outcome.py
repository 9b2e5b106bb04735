"""What somebody looked for in vain becomes a proposal that the team agrees on and carries out."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.actions import create_centre, create_network
from parvis.centres.factories import a_person
from parvis.centres.models import CodeList, ServiceModel
from parvis.guidance.models import Need, Proposal
from parvis.reception.factories import an_act

pytestmark = pytest.mark.journey


def a_house():
    at, model = timezone.now(), ServiceModel.CITE_DES_METIERS
    network = create_network(name="Réseau", service_models=[model], at=at)
    centre = create_centre(network=network, service_model=model, name="Cité des métiers", at=at)
    code = centre.codes.get(list=CodeList.UNMET_NEED, key="childcare")
    an_act(centre, at, codes=[code])
    return centre, code


def note_a_need(page, accessible):
    """A name is refused, and the rest of what was typed is still there."""
    page.get_by_role("link", name="Noter un besoin").click()
    page.get_by_label("Ce qui n’a pas été trouvé").fill("Madame Dupont cherche une garde le matin")
    page.get_by_text("Trouver une formation").first.click()
    page.get_by_label("Combien de personnes").fill("3")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("ressemble à")).to_be_visible()
    accessible(page)
    page.get_by_label("Ce qui n’a pas été trouvé").fill("Une garde d’enfants le matin")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Une garde d’enfants le matin")).to_be_visible()
    assert Need.objects.get().voiced == 3


def propose(page, label, accessible):
    page.get_by_label("Une garde d’enfants le matin").check()
    page.get_by_label(label).check()
    page.get_by_role("button", name="Réunir").click()
    page.get_by_label("Que proposez-vous").fill("Une halte-garderie partenaire")
    page.get_by_text("Partenaire à trouver").click()
    expect(page.get_by_role("checkbox", name="Trouver une formation")).to_be_checked()  # the need's own theme
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_role("heading", name="Une halte-garderie partenaire")).to_be_visible()
    accessible(page)


def carry_out(page):
    page.get_by_role("button", name="Je m’en charge").click()
    page.get_by_role("button", name="Nous la retenons").click()
    page.get_by_role("button", name="Nous commençons").click()
    page.get_by_text("La terminer").click()
    page.get_by_label("Ce qu’il en est advenu").fill("Deux places chaque matin.")
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_role("heading", name="Ce qu’il en est advenu")).to_be_visible()


def test_a_need_is_noted_gathered_proposed_and_done(site, person, accessible):
    centre, code = a_house()
    adviser = a_person(Role.ADVISER, centre=centre, name="Inès", language="fr")
    director = a_person(Role.DIRECTOR, centre=centre, name="Samira", language="fr")
    label, needs = str(code.label.localize("fr")), f"{site}/c/{centre.slug}/needs/"
    page = person("desk", user=adviser)
    page.goto(needs)
    expect(page.get_by_role("row", name=label)).to_contain_text("pas encore de proposition")
    note_a_need(page, accessible)
    propose(page, label, accessible)

    other, made = person("phone", user=director), Proposal.objects.get()
    other.goto(f"{needs}proposals/{made.pk}/")
    carry_out(other)
    made.refresh_from_db()
    assert (made.state, made.owner, made.outcome) == ("done", director, "Deux places chaque matin.")
    page.goto(needs)
    expect(page.get_by_role("row", name=label)).to_contain_text("Une halte-garderie partenaire")
