"""The greeter goes on welcoming while the network is away."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.actions import create_centre, create_network
from parvis.centres.factories import a_person
from parvis.centres.models import ServiceModel
from parvis.reception.factories import a_device
from parvis.reception.models import Device, Ticket

pytestmark = pytest.mark.journey


def test_arrivals_without_a_network_come_once_and_in_order(site, person):
    at, model = timezone.now(), ServiceModel.CITE_DES_METIERS
    network = create_network(name="Réseau", service_models=[model], at=at)
    centre = create_centre(network=network, service_model=model, name="Cité des métiers", at=at)
    a_device(centre, Device.Kind.GREETER)
    page = person("tablet", cuts=True, user=a_person(Role.RECEPTIONIST, centre=centre, language="fr"))
    page.goto(f"{site}/c/{centre.slug}/greeter/")
    page.wait_for_selector("html[data-kept-state=kept]")

    def welcome(theme: int) -> str:
        page.locator(".greeter-theme").nth(theme).click()
        page.locator(".greeter-go .btn-primary").click()
        expect(page.locator(".given .present-name")).to_be_visible(timeout=15_000)
        return page.locator(".given .present-name").inner_text()

    welcome(0)
    page.context.set_offline(True)
    names = [welcome(1), welcome(2)]
    expect(page.locator("[data-unsent] b")).to_have_text("2")
    page.reload()
    names.append(welcome(3))
    expect(page.locator("[data-unsent] b")).to_have_text("3")
    assert Ticket.objects.count() == 1
    page.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=40_000)
    came = list(Ticket.objects.order_by("pk"))[1:]
    assert [ticket.name_in("fr") for ticket in came] == names
    assert {ticket.arrival for ticket in came} == {"greeter"}
