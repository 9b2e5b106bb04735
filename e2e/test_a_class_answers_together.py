"""A teacher opens the screen of a class; twelve phones answer, the count moves; and totals are what is left."""

from __future__ import annotations

import os
import re
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from parvis.centres.factories import a_centre
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import open_version
from parvis.surveys.factories import LONG_AGO, a_class
from parvis.surveys.models import ClassRound, Response
from parvis.surveys.ready import ready_model
from parvis.surveys.visitor_limits import limiter

pytestmark = pytest.mark.journey
LOOK = os.environ.get("PARVIS_LOOK")


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png")


@pytest.fixture
def screen(site):
    limiter().storage.reset()
    centre = a_centre(name="Cité des métiers", languages=["fr", "en", "ar"])
    draft = begin_ready(holder=centre, key=uuid4(), model=ready_model("class_expectations"), language="fr")
    version = open_version(version=draft, languages=["fr", "en", "ar"], on=LONG_AGO)
    return a_class(version, centre, centre.local_day(centre.now()), pupils=24)


def a_phone_sends(site, screen, answer):
    """A phone of its own, beside the browser."""
    address = urlsplit(site)
    phone = HTTPConnection(address.hostname, address.port, timeout=30)
    body = urlencode({"key": str(uuid4()), "q-idea": answer})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    phone.request("POST", f"/s/{screen.collection.token}/?language=fr", body, kind)
    said = phone.getresponse()
    assert (said.status, "thanks" in said.headers["Location"]) == (302, True)
    phone.close()


def test_from_the_teachers_link_to_the_totals(site, person, accessible, screen):
    board = person("board")
    board.goto(f"{site}/class/{screen.token}/")
    look(board, "class-ready")
    accessible(board)
    board.get_by_role("button", name="Ouvrir l’écran").click()
    board.wait_for_selector(".qr")
    count = board.locator(".class-count b")
    expect(count).to_have_text("0")
    accessible(board)
    a_pupil_types_the_code(site, person, accessible, board)
    expect(count).to_have_text("1")
    for n in range(2, 13):
        a_phone_sends(site, screen, "yes")
        expect(count).to_have_text(str(n))
    expect(board.locator(".class-count")).to_contain_text("/ 24")
    look(board, "class-open")
    accessible(board)
    board.get_by_role("button", name="Tout le monde a répondu").click()
    board.get_by_role("button", name="Fermer l’écran").click()
    board.wait_for_selector(".stage-over")
    expect(board.locator(".lead").first).to_contain_text("12 sur 24")
    look(board, "class-over")
    accessible(board)
    assert Response.objects.count() == 12
    assert board.context.cookies() == []


def a_pupil_types_the_code(site, person, accessible, board):
    """A phone in Arabic, by the six figures; what was answered waits on it, and goes once it is sent."""
    figures = board.locator(".class-figures").inner_text()
    phone = person("phone", language="ar")
    phone.goto(f"{site}/q/")
    phone.locator("[name=code]").fill("000")
    phone.get_by_role("button").click()
    expect(phone.locator(".field-error")).to_be_visible()
    accessible(phone)
    phone.locator("[name=code]").fill(figures)
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile("/s/"))
    phone.wait_for_selector("html[dir=rtl][data-survey-state=ready]")
    phone.locator("input[name=q-idea]").first.check(force=True)
    phone.reload()
    phone.wait_for_selector("html[data-survey-state=ready]")
    expect(phone.locator("input[name=q-idea]").first).to_be_checked()
    look(phone, "class-phone")
    while not phone.locator("[data-send]").is_visible():
        phone.wait_for_timeout(450)
        phone.locator("[data-next]").click()
    phone.wait_for_timeout(450)
    phone.locator("[data-send]").click()
    phone.wait_for_url("**thanks=1")
    assert phone.evaluate("Object.keys(localStorage).filter((key) => key.includes('survey'))") == []


def test_closed_by_its_time_the_screen_shows_it_by_itself(site, person, screen):
    board = person("kiosk")
    board.goto(f"{site}/class/{screen.token}/")
    board.get_by_role("button", name="Ouvrir l’écran").click()
    board.wait_for_selector(".qr")
    look(board, "class-kiosk")
    row = ClassRound.objects.get()
    row.ends_at = screen.collection.centre.now()
    row.save()
    board.wait_for_selector(".stage-over", timeout=40_000)
    expect(board.get_by_text("Moins de dix ont répondu", exact=False)).to_be_visible()
