"""Anonymity is mutual: no page, stream or paper that a visitor sees holds the name, address or e-mail of the staff,
or the institution that an adviser comes from.

Each public address of ``tests/permissions/expected`` is either opened here, at every moment of a visit, or belongs to
the staff's own way in. A new one gets a line in ``VISITORS`` (or in ``OF_THE_STAFF``) of ``visitors.py``.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.agenda.actions import visits
from parvis.agenda.factories import a_class_visit
from parvis.centres.factories import a_centre, a_person, a_theme, where_it_is_noon
from parvis.centres.models import Centre
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_conversation, a_line, a_question, a_thread, takes_questions
from parvis.guidance.visitor_limits import limiter
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.reception import actions, streams
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device, Ticket
from parvis.rota.factories import a_duty_slot, a_half_day
from parvis.rota.models import Rota
from parvis.surveys.actions.classes import open_round
from parvis.surveys.factories import a_class, an_open_version, asked_in
from parvis.surveys.models import Way
from tests.permissions.expected import PUBLIC
from tests.privacy.visitors import INSIDE_A_THREAD, INSTITUTION, OF_THE_STAFF, SECRET, VISITORS, Scene


@pytest.fixture
def scene(db, client) -> Scene:
    languages = ["fr", "en", "ar"]
    centre = a_centre(name="Lyon", spoken_calls=True, languages=languages, time_zone=where_it_is_noon())
    theme, other = a_theme(centre), a_theme(centre, "jobs")
    at = centre.now()
    adviser = a_person(
        Role.ADVISER, centre=centre, name="Zebulon Quxley", email="zebulon@chamber-of-trades.example"
    )
    a_person(Role.DIRECTOR, centre=centre, name="Petronella Vandersloot", email="petronella@example.org")
    lender = an_institution(centre, "Kwibbelberg Institute", themes=[theme], for_staff="Kwibbelberg is near")
    belong(centre=centre, person=adviser, to=lender.institution, on=centre.local_day(at))
    for day in (centre.local_day(at), centre.local_day(at) + timedelta(days=1)):
        a_duty_slot(
            centre,
            adviser,
            day,
            time(0),
            theme=theme,
            half_day=a_half_day(centre, day, time(0), ends=time(23, 59)),
        )
    Rota.objects.update_or_create(centre=centre, defaults={"version": 1, "changed_at": at})
    seat = a_seat([theme], at - timedelta(hours=1), person=adviser)
    tickets = [a_ticket(theme, at - timedelta(minutes=30 - n)) for n in range(4)]
    tickets += [a_ticket(other, at - timedelta(minutes=9)), a_ticket(theme, at, size=4)]
    done = actions.call_next(seat=seat, at=at)
    actions.start_interview(seat=seat, ticket=done, at=at)
    actions.finish_interview(seat=seat, ticket=done, at=at)
    actions.transfer(ticket=tickets[4], to=Target(theme=theme, seat=seat), at=at, note=f"Of {INSTITUTION}")
    actions.call_next(seat=seat, at=at)
    actions.announce(centre=centre, key=uuid4(), at=at, lasting=timedelta(hours=1), theme=theme, minutes=20)
    devices = {kind: a_device(centre, kind) for kind in Device.Kind}
    _opened, receipt = a_thread(centre, at)
    a_line(a_conversation(receipt, centre, adviser, at), "Ask for the leaflet", at)
    takes_questions(centre)
    question, *_rest = a_question(centre, at, receipt=receipt)
    questions.take_question(question=question, person=adviser)
    questions.send_answer(
        question=question, key=uuid4(), person=adviser, text="At the training centre.", at=at
    )
    some_surveys(centre, at)
    some_visits(centre, adviser, at)
    limiter().storage.reset()  # each page opens it once more
    client.post("/thread/", {"code": receipt.letters()})
    return Scene(centre, [Ticket.objects.get(pk=ticket.pk) for ticket in tickets], devices)


def some_surveys(centre: Centre, at: datetime) -> None:
    for way in (Way.KIOSK, Way.LINK, Way.THREAD):
        asked_in(centre, way=way)
    version, day = an_open_version(centre, audience="pupil"), centre.local_day(at)
    a_class(version, centre, day)
    open_round(screen=a_class(version, centre, day), at=at)


def some_visits(centre: Centre, adviser: User, at: datetime) -> None:
    """A class that asked, one whose date is kept by somebody whose name is secret, who also leads it."""
    asked, kept = a_class_visit(centre), a_class_visit(centre)
    begins = at + timedelta(days=20)
    time_of_it = visits.Kept(begins, begins + timedelta(hours=2), people=[adviser])
    said = visits.Doing(key=uuid4(), at=at, by=adviser, words="Welcome")
    visits.keep_date(visit=kept, kept=time_of_it, doing=said)
    visits.say(visit=asked, doing=visits.Doing(key=uuid4(), at=at, by=adviser, words="We look for a day"))


def told(text: str) -> list[str]:
    return [secret for secret in [*SECRET, INSTITUTION] if secret in text.lower()]


def test_every_public_address_is_looked_at_here_or_is_the_staffs_own():
    missing = sorted(PUBLIC.keys() - VISITORS.keys() - OF_THE_STAFF)
    assert missing == [], "add a line to VISITORS in tests/privacy/visitors.py that opens it"
    assert sorted((VISITORS.keys() | OF_THE_STAFF) - PUBLIC.keys()) == []


@pytest.mark.parametrize("name", sorted(VISITORS))
def test_no_page_of_a_visitor_names_the_staff(name, scene, client):
    for address in VISITORS[name](scene):
        for language in ("fr", "ar"):
            page = client.get(address, headers={"accept-language": language})
            if page.status_code == 405:
                page = client.post(address, {"language": language})
            assert page.status_code < 500
            if name in INSIDE_A_THREAD:  # the thread is open, so that there is something to look at
                assert page.headers.get("Location", "/thread/mine/").startswith("/thread/mine/")
            assert told(page.getvalue().decode(errors="replace")) == [], address
            assert told(str(page.headers)) == []


def test_no_stream_of_a_visitor_names_the_staff(scene):
    slots = [f"{kind}:{language}" for kind in ("board", "kiosk") for language in scene.centre.languages]
    slots += [f"ticket:{ticket.token}:fr" for ticket in scene.tickets]
    texts = streams.read(streams.topic(scene.centre), frozenset(slots))
    assert set(texts) == set(slots)
    assert {slot: told(text) for slot, text in texts.items() if told(text)} == {}


def test_the_poster_and_a_printed_ticket_do_not_either(scene, client):
    client.force_login(
        a_person(Role.DIRECTOR, centre=scene.centre, name="Somebody", email="some@example.org")
    )
    door = scene.devices[Device.Kind.DOOR]
    page = client.get(
        reverse("reception:door_poster", kwargs={"centre": scene.centre.slug, "device": door.pk})
    )
    assert page.status_code == 200
    assert told(page.content.decode()) == []


def test_the_search_would_find_a_name(scene, client):
    """The team's own page holds both, so that the tests above cannot pass by looking for the wrong words."""
    client.force_login(a_person(Role.DIRECTOR, centre=scene.centre))
    page = client.get(reverse("centres:team", kwargs={"centre": scene.centre.slug}))
    assert told(page.content.decode()) == SECRET
    page = client.get(reverse("partners:people", kwargs={"centre": scene.centre.slug}))
    assert INSTITUTION in told(page.content.decode())
