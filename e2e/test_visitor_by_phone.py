"""A visitor takes a ticket on their own phone at the door, and follows it until somebody calls them."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.factories import a_person
from parvis.centres.models import ServiceModel
from parvis.reception import actions
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device, State, Ticket

pytestmark = pytest.mark.journey


@pytest.fixture
def centre(site):
    at = timezone.now()
    network = create_network(name="Réseau", service_models=[ServiceModel.CITE_DES_METIERS], at=at)
    plan = Plan(languages=("fr", "en", "ar", "uk"))
    return create_centre(
        network=network,
        service_model=ServiceModel.CITE_DES_METIERS,
        name="Cité des métiers",
        at=at,
        plan=plan,
    )


@pytest.fixture
def seat(centre):
    return a_seat(list(centre.themes.all()), timezone.now(), languages=["fr", "en", "ar"])


@pytest.fixture
def door(centre, seat):
    return a_device(centre, Device.Kind.DOOR)


@pytest.fixture
def ticket(centre, seat):
    return a_ticket(centre.themes.get(key="job"), timezone.now(), language="fr")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_three_questions_by_keyboard_then_the_ticket(site, person, door, accessible, language):
    page = person("phone", language=language)
    page.goto(f"{site}/d/{door.token}/")
    assert page.locator("html").get_attribute("lang") == language
    for _question in range(3):
        accessible(page)
        page.locator(".choice").first.focus()
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
    page.wait_for_url(re.compile("/t/"))
    accessible(page)
    ticket = Ticket.objects.get()
    expect(page.locator(".ticket-word")).to_have_text(ticket.name_in(language))
    assert (ticket.arrival, ticket.size, ticket.language) == ("phone_page", 1, language)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_going_back_and_choosing_again_is_the_same_ticket(site, person, door):
    page = person("phone")
    page.goto(f"{site}/d/{door.token}/")
    page.get_by_text("Je cherche un emploi").click()
    page.get_by_text("Nous sommes trois").click()
    page.get_by_text("Avec un ticket sur ce téléphone").dblclick()
    page.wait_for_url(re.compile("/t/"))
    first = page.url
    page.go_back()
    page.get_by_text("Avec un ticket sur ce téléphone").click()
    page.wait_for_url(re.compile("/t/"))
    assert page.url == first
    assert Ticket.objects.count() == 1


def test_works_without_scripts(site, person, door):
    page = person("phone", java_script_enabled=False)
    page.goto(f"{site}/d/{door.token}/")
    page.get_by_text("Je cherche un emploi").click()
    page.get_by_text("Juste moi").click()
    page.get_by_text("Avec un ticket sur ce téléphone").click()
    page.get_by_text("Je m’en vais").click()
    expect(page.get_by_text("Vous avez quitté la file.")).to_be_visible()


def test_the_call_arrives_by_itself_and_says_where_to_go(site, person, ticket, seat, accessible):
    page = person("phone")
    page.goto(f"{site}/t/{ticket.token}/")
    expect(page.get_by_text("C’est bientôt à vous")).to_be_visible()
    page.wait_for_selector("html[data-live-state=live]")
    actions.call_next(seat=seat, at=timezone.now())
    expect(page.locator("h2", has_text="C’est à vous.")).to_be_visible(timeout=3_000)
    expect(page.locator(".follow-way")).to_contain_text(seat.desk.name)
    expect(page.locator("[data-said]")).to_contain_text("Tout droit")
    assert page.title().startswith("●")
    accessible(page)
    assert seat.person.name not in page.content()


def test_ten_minutes_then_back_then_leaving_and_back_again(site, person, ticket):
    page = person("phone")
    page.goto(f"{site}/t/{ticket.token}/")
    for button, state in [
        ("J’ai besoin de dix minutes de plus", State.PARKED),
        ("Je suis de retour", State.WAITING),
        ("Je m’en vais", State.LEFT),
        ("Je suis toujours là", State.WAITING),
    ]:
        page.get_by_role("button", name=button).click()
        expect(page.locator(f"[data-state={state}]")).to_be_visible()
        ticket.refresh_from_db()
        assert ticket.state == state


def test_the_connection_comes_and_goes(site, person, ticket, seat):
    page = person("phone", cuts=True)
    page.goto(f"{site}/t/{ticket.token}/")
    page.wait_for_selector("html[data-kept-state=kept]")
    page.context.set_offline(True)
    expect(page.get_by_text("Voici ce que nous savions")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Je m’en vais").click()
    expect(page.get_by_text("L’envoi n’a pas marché")).to_be_visible()
    page.reload()  # a phone that threw the page away
    expect(page.locator(".ticket-word")).to_have_text(ticket.name_in("fr"))
    expect(page.get_by_text("Voici ce que nous savions")).to_be_visible(timeout=10_000)
    actions.call_next(seat=seat, at=timezone.now())
    page.context.set_offline(False)
    expect(page.locator("h2", has_text="C’est à vous.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Voici ce que nous savions")).to_be_hidden()


def test_a_screen_reader_hears_changes_but_no_chatter(site, person, ticket, centre, seat):
    page = person("phone")
    page.goto(f"{site}/t/{ticket.token}/")
    page.wait_for_selector("html[data-live-state=live]")
    for _other in range(3):
        a_ticket(ticket.theme, timezone.now())
    actions.leave(ticket=a_ticket(ticket.theme, timezone.now()), at=timezone.now())
    page.wait_for_timeout(1_500)
    assert page.locator("[data-said]").inner_text() == ""
    actions.call_next(seat=seat, at=timezone.now())
    expect(page.locator("[data-said]")).to_contain_text("C’est à vous.")


def test_no_other_page_hears_of_the_ticket(site, person, ticket):
    page = person("phone")
    seen = []
    page.on("request", lambda request: seen.append(request.headers.get("referer", "")))
    page.goto(f"{site}/t/{ticket.token}/")
    page.wait_for_load_state("networkidle")
    assert [referer for referer in seen if ticket.token in referer] == []
    assert page.context.cookies() == []


def test_the_poster_for_the_door(site, person, door, centre, accessible):
    page = person("desk", user=a_person(Role.DIRECTOR, centre=centre))
    page.goto(f"{site}/c/{centre.slug}/devices/{door.pk}/poster/")
    expect(page.locator("h1")).to_have_text("Prenez votre ticket avec votre téléphone")
    accessible(page)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
