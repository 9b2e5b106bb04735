"""Every page of Parvis, opened by somebody who may, with something on it: in English, French and Arabic, light and dark.

The list of pages comes from the URL resolver: an address that is neither in ``e2e/walk/places/`` nor in the short list of
exceptions beside it fails here. On each page: axe (WCAG 2.2 A and AA, best practice) finds nothing, the console is silent, no other host
is asked, nothing is wider than a phone, and the first load weighs less than 150 KB as sent (whitenoise stores text files as
brotli; pages are compressed by ``GZipMiddleware``).

Which languages: staff choose English or French (``STAFF_LANGUAGES``); visitors all thirteen. Arabic is walked for staff, too:
nobody is offered it yet, and its words fall back to English, but the direction and the layout are those of the day it is.

``PARVIS_SAY=1`` with ``-s`` prints the ten heaviest pages; ``PARVIS_SHOTS=folder`` keeps a picture of each.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Request

from e2e.conftest import AXE, SIZES
from e2e.walk.no_page import NO_PAGE
from e2e.walk.places import DRAFT, OWN_SCREEN, Place, places
from e2e.walk.scene import Scene, a_scene, in_state
from e2e.walk.team import PASSWORD
from parvis.accounts.models import User
from parvis.centres.models import Centre, Invitation
from parvis.centres.tests.test_new_centre import MODEL, themes
from parvis.guidance.models import Thread
from parvis.guidance.scope import COOKIE, PATH
from tests.pages.weight import LIMIT, _file
from tests.permissions.test_walk import ALL

pytestmark = pytest.mark.journey

COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "preload": False}
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Walk:
    """One person's browser in one language, and what it has asked for since the last page."""

    context: BrowserContext
    site: str
    fresh: bool  # keeps nothing from one page to the next
    asked: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(15_000)
        self.context.set_default_navigation_timeout(60_000)  # a busy machine is slow, not wrong
        self.context.on("requestfinished", lambda request: self.asked.append(request))
        self.context.on("request", self._request)
        self.context.on("weberror", lambda error: self.said.append(f"error: {error.error}"))
        self.context.on("console", lambda one: self._console(one.type, one.text))
        self.page = self.context.new_page()
        keep = self.context.new_cdp_session(self.page)
        keep.send("Network.setCacheDisabled", {"cacheDisabled": self.fresh})

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.said.append(f"another host: {request.url}")

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and not any(f"status of {status}" in text for status in (403, 404, 405, 410)):
            self.said.append(f"console: {text}")

    def open(self, place: Place) -> list[str]:
        """Goes there; what is wrong with getting there."""
        self.asked.clear()
        self.said.clear()
        response = self.page.goto(self.site + place.address)
        self.page.evaluate("document.fonts.ready")
        assert response
        here = self.page.url.removeprefix(self.site)
        wrong = [] if response.status == place.status else [f"answered {response.status}"]
        return wrong if here == (place.leads or place.address) else [*wrong, f"led to {here}"]

    def weight(self) -> int:
        """Bytes of the first load as a browser gets them from a real server."""
        return sum(_sent(request, self.site) for request in list(self.asked))


def _sent(request: Request, site: str) -> int:
    path = request.url.removeprefix(site).partition("?")[0]
    response = request.response()
    kept = (
        request.service_worker is not None
    )  # copies for when the network is away, made after the page is there
    if kept or not request.url.startswith(site) or response is None:
        return 0
    headers = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
    if path.startswith(django_settings.STATIC_URL):
        return headers + _file(path)[1]
    return headers + request.sizes()["responseBodySize"]


@pytest.fixture
def scene(site, settings, tmp_path) -> Scene:
    settings.MEDIA_ROOT = tmp_path
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
    made = a_scene()
    in_state(made)
    return made


def session_of(scene: Scene, who: str) -> str:
    """Signed in, and asked for the password a moment ago; with a second step still to come for ``half``."""
    client, person = Client(), scene.people[who]
    if who == "half":
        client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    else:
        client.force_login(person)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    if who == "staff":
        first = MODEL | {"network": scene.centre.network.slug}
        for page, sent in (("model", first), ("themes", themes())):
            client.post(reverse("centres:new_centre_page", args=[DRAFT, page]), sent)
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


def thread_of(scene: Scene) -> str:
    """A thread is open in this browser."""
    client = Client()
    client.post("/thread/", {"code": scene.links["code"]})
    return client.cookies[COOKIE].value


@pytest.fixture
def walks(chromium: Browser, site: str, scene: Scene) -> Iterator:
    """``walks(who, language, device)``: the browser of one of the people, opened once."""
    opened: dict[tuple[str, str], Walk] = {}

    def of(who: str, language: str, device: str) -> Walk:
        if (who, language) not in opened:
            width, height = SIZES[device]
            context = chromium.new_context(
                locale=language, reduced_motion="reduce", viewport={"width": width, "height": height}
            )
            if who == "visitor":
                context.add_cookies([{"name": COOKIE, "url": f"{site}{PATH}", "value": thread_of(scene)}])
            elif who:
                cookie = {"name": django_settings.SESSION_COOKIE_NAME, "url": site}
                context.add_cookies([cookie | {"value": session_of(scene, who)}])
            opened[who, language] = Walk(context, site, fresh=language == "en")
        return opened[who, language]

    yield of
    for walk in opened.values():
        walk.context.close()


def found(page: Page, options: dict) -> list[str]:
    """What axe says, in its own words."""
    ask = "options => axe.run({...options, resultTypes: ['violations']}).then((all) => all.violations)"
    violations = page.evaluate(ask, options)
    return [
        f"{one['id']}: {one['help']} · {node['html'][:140]} · {node['failureSummary'][:160]}"
        for one in violations
        for node in one["nodes"][:3]
    ]


def on_a_phone(walk: Walk, place: Place, device: str) -> list[str]:
    """Nothing goes beyond the edge."""
    if place.name in OWN_SCREEN:
        return []
    walk.page.set_viewport_size({"width": 390, "height": 844})
    wrong = [f"wider than a phone: {one}" for one in walk.page.evaluate(TOO_WIDE)]
    width, height = SIZES[device]
    walk.page.set_viewport_size({"width": width, "height": height})
    return wrong


def picture(page: Page, place: Place, how: str) -> None:
    """For whoever wants to look, too."""
    if folder := os.environ.get("PARVIS_SHOTS"):
        name = f"{place.name}-{place.who}-{place.language}-{how}-{len(os.listdir(folder)):03}"
        page.screenshot(path=f"{folder}/{name.replace(':', '.')}.png", full_page=True)


def look(walk: Walk, place: Place, device: str) -> tuple[int, list[str]]:
    """Everything that is wrong with one page, and its weight."""
    wrong = walk.open(place)
    weight = walk.weight()
    if weight >= LIMIT:
        wrong.append(f"weighs {weight:,} bytes")
    walk.page.evaluate(Axe().axe_script)
    wrong += found(walk.page, AXE)
    wrong += on_a_phone(walk, place, device)
    picture(walk.page, place, "light")
    if place.language == "en":
        walk.page.emulate_media(color_scheme="dark")
        wrong += [f"in the dark: {one}" for one in found(walk.page, COLOURS)]
        picture(walk.page, place, "dark")
        walk.page.emulate_media(color_scheme="light")
    said = walk.page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    if said != [place.language, "rtl" if place.language == "ar" else "ltr"]:
        wrong.append(f"speaks {said}")
    return weight, wrong + list(walk.said)


@pytest.mark.parametrize("half", [0, 1])  # so that two browsers share the work
@pytest.mark.parametrize(("language", "device"), [("en", "desk"), ("fr", "phone"), ("ar", "tablet")])
def test_every_page(scene, walks, language, device, half):
    User.objects.update(language=language)
    Invitation.objects.update(language=language)
    Thread.objects.update(language=language)
    others = {"fr", "en", "ar", "uk"} - {language}
    Centre.objects.update(language=language, languages=[language, *others])
    wrong: dict[str, list[str]] = {}
    weights: dict[str, int] = {}
    for place in sorted(places(scene), key=lambda one: one.who)[half::2]:
        walk = walks(place.who, language, device)
        weight, problems = look(walk, place.speaking(language), device)
        weights[place.address] = weight
        if problems:
            wrong[f"{place.name} {place.address} as {place.who or 'anybody'}"] = problems
    if os.environ.get("PARVIS_SAY"):
        for address in sorted(weights, key=lambda one: -weights[one])[:10]:
            print(f"{weights[address]:>8,} {address}")
    report = "\n".join(f"{page}\n    " + "\n    ".join(lines) for page, lines in wrong.items())
    assert not wrong, report


def test_no_page_is_forgotten(scene):
    walked = {place.name for place in places(scene)}
    browser = Client()
    browser.force_login(scene.people["staff"])
    here = {"centre": scene.centre.slug, "network": scene.centre.network.slug}
    forgotten = [
        name
        for name, address in ALL.items()
        if name not in walked | NO_PAGE.keys() and browser.get(address.at(**here)).status_code != 405
    ]
    assert forgotten == [], "add a line to its room in e2e/walk/places, or the reason to e2e/walk/no_page.py"
    assert sorted(NO_PAGE.keys() - ALL.keys()) == []
