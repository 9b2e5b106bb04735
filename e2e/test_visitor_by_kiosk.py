"""A visitor takes a ticket at the kiosk, with and without a network, and the kiosk forgets them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import ServiceModel
from parvis.reception.factories import a_device, a_seat
from parvis.reception.models import Device, Ticket

pytestmark = pytest.mark.journey


@pytest.fixture
def kiosk(site):
    """A kiosk of a Cité des métiers that speaks four languages, somebody being on duty."""
    from django.utils import timezone  # noqa: PLC0415

    at = timezone.now()
    network = create_network(name="Réseau", service_models=[ServiceModel.CITE_DES_METIERS], at=at)
    plan = Plan(languages=("fr", "en", "ar", "uk"))
    centre = create_centre(
        network=network,
        service_model=ServiceModel.CITE_DES_METIERS,
        name="Cité des métiers",
        at=at,
        plan=plan,
    )
    a_seat(list(centre.themes.all()), at, languages=["fr", "en", "ar"])
    return a_device(centre, Device.Kind.KIOSK)


def at_rest(page, site, kiosk, language="fr"):
    """The kiosk, opened by staff in the morning, with everything kept for bad times."""
    page.goto(f"{site}/k/{kiosk.token}/{language}/")
    page.wait_for_selector("html[data-kept-state=kept]")
    expect(page.locator("h1:visible")).to_be_visible()


def tap(page, text):
    page.wait_for_timeout(450)  # a human being is slower than the guard against double taps
    page.get_by_role("button", name=text).click()


def take_a_ticket(page):
    tap(page, "Je cherche une formation")
    tap(page, "Nous sommes deux")
    tap(page, "Avec un ticket")
    page.wait_for_selector("[data-step=ticket]:not([hidden])")
    return page.locator("[data-step=ticket] [data-fill=name]").inner_text()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_screen_is_accessible(site, person, kiosk, accessible, language):
    page = person("kiosk", language=language)
    at_rest(page, site, kiosk, language)
    accessible(page)
    for step in ["theme-0", "size", "how"]:
        page.wait_for_timeout(450)
        page.locator(f"[data-step={step}] .choice").first.click()
        page.wait_for_timeout(300)
        accessible(page)
    page.wait_for_selector("[data-step=ticket]:not([hidden])")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_three_taps_give_a_ticket_with_a_code(site, person, kiosk):
    page = person("kiosk")
    at_rest(page, site, kiosk)
    name = take_a_ticket(page)
    ticket = Ticket.objects.get()
    assert name == ticket.name_in("fr")
    assert (ticket.arrival, ticket.size, ticket.language) == ("kiosk", 2, "fr")
    expect(page.locator("[data-step=ticket] svg.qr")).to_be_visible()
    for button in page.locator("button:visible").all():
        box = button.bounding_box()
        assert box["height"] >= 80, button.inner_text()
        assert box["y"] > 1920 / 3, button.inner_text()


def test_by_keyboard_alone_and_back_is_where_it_was(site, person, kiosk):
    page = person("kiosk")
    at_rest(page, site, kiosk)
    page.wait_for_timeout(450)
    page.locator("[data-step=theme-0] .choice").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-step=size] h1")).to_be_focused()
    page.wait_for_timeout(450)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-step=how] h1")).to_be_focused()
    tap(page, "Retour")
    expect(page.locator("[data-step=size]")).to_be_visible()
    tap(page, "Recommencer")
    expect(page.locator("[data-step=theme-0]")).to_be_visible()


def test_another_language_goes_on_at_the_same_question(site, person, kiosk):
    page = person("kiosk")
    at_rest(page, site, kiosk)
    tap(page, "Je cherche un emploi")
    page.get_by_role("link", name="العربيّة").click()
    page.wait_for_url("**/ar/")
    expect(page.locator("[data-step=size] h1")).to_be_visible()
    page.wait_for_timeout(450)
    page.locator("[data-step=size] .choice").first.click()
    page.wait_for_timeout(450)
    page.locator("[data-step=how] .choice").nth(1).click()
    page.wait_for_selector("[data-step=seated]:not([hidden])")
    ticket = Ticket.objects.get()
    assert (ticket.language, ticket.theme.key, ticket.style) == ("ar", "job", "none")
    assert ticket.seated_in is not None


def test_a_double_tap_skips_no_question_and_makes_one_ticket(site, person, kiosk):
    page = person("kiosk")
    at_rest(page, site, kiosk)
    page.wait_for_timeout(450)
    page.locator("[data-step=theme-0] .choice").nth(1).dblclick()
    expect(page.locator("[data-step=size]")).to_be_visible()
    page.wait_for_timeout(450)
    page.locator("[data-step=size] .choice").first.dblclick()
    page.wait_for_timeout(450)
    page.locator("[data-step=how] .choice").first.dblclick()
    page.wait_for_selector("[data-step=ticket]:not([hidden])")
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(("option", "seconds"), [(None, 30), ("Plus de temps", 60)])
def test_the_kiosk_forgets_and_there_is_no_way_back(site, person, kiosk, option, seconds):
    page = person("kiosk")
    page.clock.install()
    at_rest(page, site, kiosk)
    if option:
        tap_now(page, option)
    page.clock.run_for(1_000)
    for step in ["theme-0", "size", "how"]:
        page.locator(f"[data-step={step}] .choice").first.click()
        page.clock.run_for(500)
    page.wait_for_selector("[data-step=ticket]:not([hidden])")
    name = page.locator("[data-step=ticket] [data-fill=name]").inner_text()
    page.clock.run_for((seconds - 8) * 1_000)
    expect(page.get_by_text("Cet écran recommence")).to_be_visible()
    page.clock.run_for(9_000)
    expect(page.locator("[data-step=theme-0]")).to_be_visible()
    page.go_back()
    assert name not in page.content()
    page.goto(f"{site}/k/{kiosk.token}/")
    assert name not in page.content()
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert kept == '[{},{},""]'


def tap_now(page, text):
    page.get_by_role("button", name=text).click()


def test_without_a_network_everybody_gets_a_number_and_arrives_once_in_order(site, person, kiosk):
    page = person("kiosk", cuts=True)
    at_rest(page, site, kiosk)
    first = take_a_ticket(page)
    tap(page, "J’ai tout ce qu’il faut")
    page.context.set_offline(True)
    page.reload()  # the tablet is restarted
    names = []
    for _visitor in range(3):
        names.append(take_a_ticket(page))
        expect(page.get_by_text("Votre ticket compte quand même")).to_be_visible()
        expect(page.locator("[data-step=ticket] svg.qr")).to_have_count(0)
        tap(page, "J’ai tout ce qu’il faut")
    expect(page.locator("[data-unsent] b")).to_have_text("3")
    page.reload()
    expect(page.locator("[data-unsent] b")).to_have_text("3")
    assert Ticket.objects.count() == 1
    page.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=40_000)
    came = list(Ticket.objects.order_by("taken_at"))
    assert [ticket.name_in("fr") for ticket in came] == [first, *names]
    assert sorted(came, key=lambda ticket: ticket.pk) == came


def test_a_lost_answer_makes_no_second_ticket_and_the_shown_number_holds(site, person, kiosk):
    page = person("kiosk", cuts=True)
    at_rest(page, site, kiosk)
    lost = []

    def lose(route):
        lost.append(route.fetch())  # the server has it; the kiosk never hears
        route.abort()

    page.route("**/entries/", lose)
    name = take_a_ticket(page)
    expect(page.get_by_text("Votre ticket compte quand même")).to_be_visible()
    assert lost
    assert Ticket.objects.get().name_in("fr") != name
    page.unroute("**/entries/")
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=40_000)
    assert Ticket.objects.get().name_in("fr") == name
    expect(page.locator("[data-step=ticket] svg.qr")).to_be_visible()


def test_a_portals_200_is_no_answer(site, person, kiosk):
    page = person("kiosk", cuts=True)
    at_rest(page, site, kiosk)
    portals = [("<h1>Welcome to our Wi-Fi</h1>", "text/html"), ('{"ok": true}', "application/json")]
    for body, kind in portals:
        answer = {"status": 200, "content_type": kind, "body": body}
        page.route("**/entries/", lambda route: route.fulfill(**answer))  # noqa: B023  used within the turn
        take_a_ticket(page)
        expect(page.locator("[data-unsent]")).to_be_visible()
        tap(page, "J’ai tout ce qu’il faut")
        page.unroute("**/entries/")
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=40_000)
    assert Ticket.objects.count() == 2


def test_the_ticket_prints_alone_on_80_millimetres(site, person, kiosk):
    page = person("kiosk")
    at_rest(page, site, kiosk)
    name = take_a_ticket(page)
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert name in shown
    assert "Recommencer" not in shown
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == 1
    assert abs(float(boxes[0][0]) - 80 / 25.4 * 72) < 1
