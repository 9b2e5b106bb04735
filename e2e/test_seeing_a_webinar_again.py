"""A webinar is over: its recording is sent, captioned and published, and who was not there sees it with captions, from the house itself."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_session, an_event, an_event_kind
from parvis.agenda.models import Recording
from parvis.centres.factories import a_person, a_ready_centre

pytestmark = pytest.mark.journey

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:00.400\nGood evening to those at home.\n"
# The browser films a picture that changes: a real file that players play.
FILM = """async () => {
  const canvas = document.createElement("canvas"); canvas.width = canvas.height = 64;
  const paint = canvas.getContext("2d"), film = new MediaRecorder(canvas.captureStream(20), {mimeType: "video/webm"});
  const pieces = []; film.ondataavailable = piece => pieces.push(piece.data);
  const done = new Promise(told => { film.onstop = told; }); film.start(100);
  for (let n = 0; n < 20; n += 1) { paint.fillStyle = n % 2 ? "#0F5C63" : "#F6B93B"; paint.fillRect(0, 0, 64, 64);
    await new Promise(later => setTimeout(later, 50)); }
  film.stop(); await done;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(""));
}"""


@pytest.fixture
def centre():
    return a_ready_centre(languages=["fr", "en"])


@pytest.fixture
def webinar(centre):
    """Yesterday evening, at home only."""
    event = an_event(centre, "Start a business in your street", kind=an_event_kind(centre, "webinar"))
    return a_session(event, centre.now() - timedelta(days=1), link="https://meet.example.org/one-street")


def test_seeing_a_webinar_again(site, person, centre, webinar, accessible):
    page = person("desk", language="en", user=a_person(Role.FACILITATOR, centre=centre))
    record(page, site, centre, webinar, accessible)
    assert Recording.objects.get(session=webinar).kind == "webm"
    watches(site, person, centre, webinar, accessible)


def record(page, site, centre, session, accessible):
    """Adds the recording, its captions, and publishes it."""
    page.goto(f"{site}/c/{centre.slug}/agenda/recordings/new/{session.pk}/")
    accessible(page)
    film = base64.b64decode(page.evaluate(FILM))
    page.locator("select[name=language]").select_option("en")
    page.locator("input[type=file][name=file]").set_input_files(
        {"name": "evening.webm", "mimeType": "video/webm", "buffer": film}
    )
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(lambda address: "/new/" not in address)
    page.locator("textarea[name=captions]").fill(CAPTIONS)
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_role("link", name="As everybody sees it")).to_be_visible()


def watches(site, person, centre, session, accessible):
    """Somebody who was not there finds it in the gallery and plays it with captions, from the house itself."""
    page = person("phone", language="en")
    page.goto(f"{site}/agenda/{centre.slug}/recordings/?language=en")
    accessible(page)
    page.get_by_role("link", name=str(session.event.title.localize("en"))).click()
    expect(page.get_by_text("Good evening to those at home.")).to_be_visible()
    video = page.locator("video")
    video.evaluate("film => { film.muted = true; return film.play(); }")
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    cue = page.evaluate("document.querySelector('video').textTracks[0].cues[0].text")
    assert cue == "Good evening to those at home."
    accessible(page)
    page.get_by_role("link", name="About this event").click()
    accessible(page)
    page.get_by_role("region", name="To see again").get_by_role("link").click()
    expect(page.locator("video")).to_be_visible()
