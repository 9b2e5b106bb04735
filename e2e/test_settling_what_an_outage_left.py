"""A theme was closed while the tablet had no network: staff settle the arrival, and the tablet forgets it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.actions import create_centre, create_network
from parvis.centres.factories import a_person
from parvis.centres.models import ServiceModel
from parvis.reception.factories import a_device
from parvis.reception.models import Device, RefusedEntry, Ticket

pytestmark = pytest.mark.journey


def test_an_arrival_that_could_not_be_taken_is_let_in_by_staff(site, person, accessible):
    at, model = timezone.now(), ServiceModel.CITE_DES_METIERS
    network = create_network(name="Réseau", service_models=[model], at=at)
    centre = create_centre(network=network, service_model=model, name="Cité des métiers", at=at)
    a_device(centre, Device.Kind.GREETER)
    page = person("tablet", cuts=True, user=a_person(Role.RECEPTIONIST, centre=centre, language="fr"))
    page.goto(f"{site}/c/{centre.slug}/greeter/")
    page.wait_for_selector("html[data-kept-state=kept]")
    closing, staying = centre.themes.order_by("position")[:2]

    page.context.set_offline(True)
    page.locator(f".greeter-theme:has(input[value='{closing.pk}'])").click()
    page.locator(".greeter-go .btn-primary").click()
    expect(page.locator(".given .present-name")).to_be_visible(timeout=15_000)
    name = page.locator(".given .present-name").inner_text()
    today = centre.local_day(timezone.now())
    centre.themes.filter(pk=closing.pk).update(valid_from=today - timedelta(days=400), valid_to=today)
    page.context.set_offline(False)
    problems = page.locator("[data-problems]")
    expect(problems).to_be_visible(timeout=40_000)
    expect(page.locator("[data-unsent]")).to_be_hidden()

    problems.get_by_role("link").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    accessible(page)
    page.get_by_label("Recevoir pour").select_option(str(staying.pk))
    page.get_by_role("button", name="Recevoir", exact=True).click()
    expect(page.get_by_text("Rien à régler")).to_be_visible()
    ticket = Ticket.objects.get()
    assert (ticket.theme, ticket.name_in("fr")) == (staying, name)

    page.goto(f"{site}/c/{centre.slug}/greeter/")
    expect(page.locator("[data-problems]")).to_be_hidden(timeout=20_000)
    assert RefusedEntry.objects.get().ticket == ticket
