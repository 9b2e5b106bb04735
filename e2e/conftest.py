"""A real server, a real browser, and what every journey asserts: no error in the console, nothing from another host.

    def test_…(site, person, accessible):
        page = person("phone", language="ar")      # a browser of their own: phone, desk, tablet, kiosk or board
        page.goto(site + "/…")
        accessible(page)                           # axe: WCAG 2.2 A and AA

The server is the product's own (``parvis.config.asgi``), on the test database's file, with streams and all middleware. Rows
made in a test are seen by it, and are gone after it.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from e2e.late import late
from tools import programs

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the test's own thread
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong

SIZES = {
    "phone": (390, 844),
    "tablet": (820, 1180),
    "desk": (1280, 800),
    "kiosk": (1080, 1920),
    "board": (1920, 1080),
}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,  # axe would write imported styles into the page, which the page's policy refuses
}


class Watch:
    """Listens to one person's pages."""

    def __init__(self, context: BrowserContext, site: str, cuts: bool) -> None:
        self.problems: list[str] = []
        self._site, self._cuts = site, cuts
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("request", lambda request: self._request(request.url))

    def _console(self, kind: str, text: str) -> None:
        cut = self._cuts and any(sign in text for sign in ("net::ERR", "Failed to fetch", "htmx:"))
        kept = (
            "status of 422" in text
        )  # the browser's note on a form that came back with what was wrong in it
        if kind == "error" and not cut and not kept:
            self.problems.append(f"console: {text}")

    def _request(self, url: str) -> None:
        if not url.startswith((self._site, "data:", "blob:", "about:")):
            self.problems.append(f"another host: {url}")


@pytest.fixture(scope="session")
def _server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    settings.WHITENOISE_AUTOREFRESH = False  # as in a centre
    from parvis.config.asgi import application  # noqa: PLC0415  it sets Django up

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(
        late(application), host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="server", daemon=True)
    with django_db_blocker.unblock():  # the server's own threads look at the database between tests, too
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://localhost:{port}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def site(_server: str, transactional_db: None) -> str:
    """The address of the running server, over an empty database."""
    return _server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=programs.chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """``person(device, language="fr", cuts=False, user=None, **context)``: somebody with a browser of their own.

    ``cuts``: the test cuts the network, so failed loads are no fault. ``user``: signed in as this member of staff.
    """
    with ExitStack() as stack:

        def opened(device: str, language: str = "fr", cuts: bool = False, user=None, **options) -> Page:
            width, height = SIZES[device]
            options = {"locale": language, "viewport": {"width": width, "height": height}} | options
            context = chromium.new_context(reduced_motion="reduce", **options)
            context.set_default_timeout(30_000)
            context.set_default_navigation_timeout(60_000)
            stack.callback(context.close)
            watch = Watch(context, site, cuts)
            stack.callback(lambda: _silent(watch))
            if user is not None:
                sign_in(context, site, user)
            return context.new_page()

        yield opened


def _silent(watch: Watch) -> None:
    assert watch.problems == []


def sign_in(context: BrowserContext, site: str, user) -> None:
    """Gives the browser the session of a member of staff, without the sign-in page."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Fails with axe's own words where it finds something."""

    def check(page: Page) -> None:
        violations = Axe().run(page, options=AXE).response["violations"]
        found = [
            f"{one['id']}: {one['help']} · {node['html'][:160]} · {node['failureSummary'][:200]}"
            for one in violations
            for node in one["nodes"]
        ]
        assert found == [], f"{page.url}\n" + "\n".join(found)

    return check
