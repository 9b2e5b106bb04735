"""From an event, and from a registration, to the recording; and back from it to the event."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.agenda import recordings_on_disk as disk
from parvis.agenda.actions import recordings as actions
from parvis.agenda.factories import a_coming, a_session, an_event
from parvis.agenda.models import Event, Registration, Session
from parvis.agenda.tests.films import a_film
from parvis.centres.factories import a_centre, where_it_is_noon

pytestmark = pytest.mark.django_db
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome\n"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"], language="en", time_zone=where_it_is_noon())


def recorded(session, *, published=True):
    at = session.centre.now()
    disk.add_piece(key := uuid4(), 0, [a_film("webm")])
    kept = actions.keep_recording(session=session, key=key, language="fr", by=None, at=at)
    kept = actions.write_beside(recording=kept, language="fr", captions=CAPTIONS, text="")
    return actions.publish_recording(recording=kept, at=at) if published else kept


def over(event, days=1):
    return a_session(event, event.centre.now() - timedelta(days=days), link="https://example.org/join")


def page_of(event):
    return reverse("agenda:public_event", args=[event.slug])


def film_of(recording):
    return reverse("agenda:public_recording", args=[recording.session.centre.slug, recording.pk])


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_an_event_leads_to_its_recordings_and_they_lead_back(client, centre, language):
    event = an_event(centre)
    shown, hidden = recorded(over(event)), recorded(over(event, days=2), published=False)
    other = recorded(over(an_event(centre)))
    page = client.get(page_of(event), {"language": language}).text
    assert [f'href="{film_of(one)}?language={language}"' in page for one in (shown, hidden, other)] == [
        True,
        False,
        False,
    ]
    assert ("To see again" in page) == (language == "en")
    back = client.get(film_of(shown), {"language": language}).text
    assert f'href="{page_of(event)}?language={language}"' in back


@pytest.mark.parametrize("why", ["taken back", "cancelled", "none"])
def test_an_event_without_one_says_nothing_of_it(client, centre, why):
    event = an_event(centre)
    session = over(event)
    if why != "none":
        recording = recorded(session)
    if why == "taken back":
        actions.take_back_recording(recording=recording)
    if why == "cancelled":
        Session.objects.update(state=Session.State.CANCELLED)
    page = client.get(page_of(event), {"language": "en"}).text
    assert ("To see again" in page, "circle-play" in page) == (False, False)


def test_as_many_queries_for_three_as_for_one(client, centre):
    event = an_event(centre)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page_of(event)).text.count("/recordings/") == event.sessions.count()
        return len(found)

    recorded(over(event))
    first = queries()
    for days in (2, 3):
        recorded(over(event, days=days))
    assert queries() == first


def test_who_kept_a_place_finds_it_on_their_page(client, centre):
    session = over(an_event(centre, registration=Registration.ALIAS))
    coming = a_coming(session)
    mine = reverse("agenda:mine", args=[coming.token])
    assert "/recordings/" not in client.get(mine).text
    recording = recorded(session)
    assert f'href="{film_of(recording)}?language=en"' in client.get(mine, {"language": "en"}).text
    Event.objects.update(state=Event.State.WITHDRAWN)
    assert "/recordings/" not in client.get(mine).text
