"""A partner shows what is on in a frame on a page of theirs, on another origin, under the strictest policy that still allows a frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from e2e.conftest import AXE
from parvis.accounts.roles import Role
from parvis.agenda.factories import a_session, an_event
from parvis.centres.factories import a_centre, a_person, a_theme

pytestmark = pytest.mark.journey


@contextmanager
def a_partners_page(snippet: str, site: str) -> Iterator[str]:
    """Its address: another origin, which allows nothing but its own files and our frame."""
    page = f'<!doctype html><html lang="en"><title>Partner</title><main><h1>Our partner</h1>{snippet}</main></html>'

    class Partner(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header(
                "Content-Security-Policy", f"default-src 'none'; img-src 'self'; frame-src {site}"
            )
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *said: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_the_frame_shows_what_fits_and_opens_our_page_beside(site, person, chromium):
    centre = a_centre(name="Lyon", languages=["fr", "en"])
    job, train = a_theme(centre, "a job"), a_theme(centre, "training")
    for title, theme in (("Meet the builders", job), ("Choose a school", train)):
        event = an_event(centre, title)
        event.themes.add(theme)
        a_session(event, centre.now() + timedelta(days=3))
    staff = person("desk", language="en", user=a_person(Role.RECEPTIONIST, centre=centre))
    staff.goto(f"{site}/c/{centre.slug}/agenda/announce/?language=en&theme={job.key}")
    snippet = staff.get_by_label("Lines to copy").input_value()
    with a_partners_page(snippet, site) as address:
        context = chromium.new_context(viewport={"width": 390, "height": 800})
        page, said = context.new_page(), []
        context.on("console", lambda one: said.append(one.text))
        asked: list[str] = []
        context.on("request", lambda one: asked.append(one.url))
        page.goto(address)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("link", name="Meet the builders")).to_be_visible()
        expect(frame.get_by_text("Choose a school")).to_have_count(0)
        assert Axe().run(page, options=AXE).response["violations"] == []
        assert [url for url in asked if url.endswith(".js")] == []
        with context.expect_page() as opened:
            frame.get_by_role("link", name="Meet the builders").click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Meet the builders")
        assert [one for one in said if "favicon" not in one] == []
        assert [url for url in asked if not url.startswith((site, address))] == []
        assert [
            url for url in asked if url.endswith(".js") and "/a/" not in page.url and page.url != address
        ] == []
        context.close()


def test_no_other_page_of_ours_can_be_framed(site, chromium):
    centre = a_centre(name="Lyon")
    a_session(an_event(centre, "Meet the builders"))
    with a_partners_page(f'<iframe title="x" src="{site}/agenda/{centre.slug}/"></iframe>', site) as address:
        context = chromium.new_context()
        page, said = context.new_page(), []
        context.on("console", lambda one: said.append(one.text))
        page.goto(address)
        expect(page.frame_locator("iframe").get_by_text("Meet the builders")).to_have_count(0)
        assert any("frame" in one.lower() for one in said)
        context.close()
