"""What is on is told wherever somebody looks or waits: a centre's page, the board, a ticket's page, the greeter's tablet, an interview."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Event, Facilitation, Session
from parvis.centres.factories import a_centre, a_person, a_theme, where_it_is_noon
from parvis.guidance.factories import a_conversation, a_thread
from parvis.guidance.models import Entry
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device
from parvis.rota.models import Rota

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    found = a_centre(name="Lyon", languages=["fr", "en", "ar"], language="en", time_zone=where_it_is_noon())
    Rota.objects.create(centre=found, version=1, changed_at=found.now())
    return found


@pytest.fixture
def session(centre):
    """In an hour, led by somebody whom nobody outside the team knows; beside it a draft and a cancelled one."""
    event = an_event(centre, "Meet the builders")
    event.themes.add(a_theme(centre, "a job"))
    soon = centre.now() + timedelta(hours=1)
    found = a_session(event, soon)
    person = a_person(Role.FACILITATOR, centre=centre, name="Zebulon Quxley")
    Facilitation.objects.create(session=found, person=person)
    a_session(an_event(centre, "Secret", state=Event.State.DRAFT, publish_at=None), soon)
    a_session(an_event(centre, "Called off"), soon, state=Session.State.CANCELLED)
    return found


def told(page) -> tuple[bool, bool]:
    assert page.status_code == 200
    return "Meet the builders" in page.text, any(
        word in page.text for word in ("Secret", "Called off", "Zebulon")
    )


def test_on_the_centres_page(client, centre, session):
    page = client.get(f"/places/{centre.slug}/", {"language": "en"})
    assert told(page) == (True, False)
    assert f"/agenda/{centre.slug}/?language=en" in page.text
    Session.objects.filter(pk=session.pk).update(
        begins_at=centre.now() + timedelta(days=20), ends_at=centre.now() + timedelta(days=21)
    )
    assert told(client.get(f"/places/{centre.slug}/", {"language": "en"})) == (False, False)


def test_on_the_board(client, centre, session):
    board = a_device(centre, Device.Kind.BOARD)
    assert told(client.get(reverse("reception:board", kwargs={"token": board.token}))) == (True, False)
    tomorrow = centre.bounds(centre.local_day(centre.now()) + timedelta(days=1))[0]
    Session.objects.filter(pk=session.pk).update(begins_at=tomorrow, ends_at=tomorrow + timedelta(hours=1))
    assert told(client.get(reverse("reception:board", kwargs={"token": board.token}))) == (False, False)


def test_on_a_tickets_page(client, centre, session):
    ticket = a_ticket(centre.themes.get(), centre.now())
    page = client.get(reverse("reception:follow", kwargs={"token": ticket.token}), {"language": "en"})
    assert told(page) == (True, False)
    assert f"/a/{session.event.slug}/?language=en" in page.text


def test_on_the_greeters_tablet(client, centre, session):
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    page = client.get(reverse("reception:greeter", kwargs={"centre": centre.slug}))
    assert ("Meet the builders" in page.text, "Secret" in page.text, "Called off" in page.text) == (
        True,
        False,
        False,
    )
    assert reverse("agenda:session", kwargs={"centre": centre.slug, "pk": session.pk}) in page.text


def test_in_an_interview_and_into_the_thread(client, centre, session):
    ana, theme, now = a_person(Role.ADVISER, centre=centre), centre.themes.get(), centre.now()
    a_seat([theme], now, person=ana)
    _opened, receipt = a_thread(centre, now)
    grant = a_conversation(receipt, centre, ana, now).grant
    client.force_login(ana)
    where = {"centre": centre.slug, "key": grant.key}
    page = client.get(reverse("guidance:suggestions", kwargs=where), {"theme": theme.pk})
    assert told(page) == (True, False)
    key = uuid4()
    sent = {"session": session.pk, "key": key}
    for _twice in range(2):
        page = client.post(reverse("guidance:suggest", kwargs=where), sent)
        assert ("Meet the builders" in page.text, page.status_code) == (True, 200)
    assert Entry.objects.filter(key=key).count() == 1


@pytest.mark.parametrize("pk", ["0", "x", "٣", "9" * 30, ""])
def test_what_is_not_ahead_is_not_written_down(client, centre, session, pk):
    ana, now = a_person(Role.ADVISER, centre=centre), centre.now()
    a_seat([centre.themes.get()], now, person=ana)
    _opened, receipt = a_thread(centre, now)
    grant = a_conversation(receipt, centre, ana, now).grant
    client.force_login(ana)
    address = reverse("guidance:suggest", kwargs={"centre": centre.slug, "key": grant.key})
    elsewhere = a_session(an_event(a_centre(), "Elsewhere"))
    for wrong in (pk, str(elsewhere.pk)):
        assert client.post(address, {"session": wrong, "key": uuid4()}).status_code == 404
