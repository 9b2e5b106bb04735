"""Pages on which anybody keeps a place and gives it back, in their language, without a name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from parvis.agenda.actions.bookings import book
from parvis.agenda.actions.places import withdraw
from parvis.agenda.actions.seats import settle
from parvis.agenda.factories import a_room, a_session, an_event
from parvis.agenda.models import Address, Coming, Event, Registration, Session, Where
from parvis.agenda.visitor_limits import limiter
from parvis.centres.factories import a_centre
from parvis.centres.visitor_words import label
from parvis.surveys.factories import a_collection, an_open_version
from parvis.surveys.models import Way

pytestmark = pytest.mark.django_db
State = Coming.State


@pytest.fixture(autouse=True)
def _nobody_was_here():
    limiter().storage.reset()


@pytest.fixture
def session():
    event = an_event(a_centre(), "Writing a letter", registration=Registration.REMINDER)
    return a_session(event, event.centre.now() + timedelta(days=2), room_seats=4)


def come_at(session, **query):
    return (
        reverse("agenda:come", kwargs={"slug": session.event.slug, "pk": session.pk})
        + "?language="
        + query.get("language", "en")
    )


def mine(coming, language="en"):
    return reverse("agenda:mine", kwargs={"token": coming.token}) + f"?language={language}"


def comes(client, session, wanted=1, **said):
    said = {"key": uuid4(), "wanted": wanted, "where": Where.ROOM} | said
    answer = client.post(come_at(session), said)
    assert answer.status_code == 302, answer.content.decode()
    return Coming.objects.latest("pk")


def text_of(client, coming, language="en"):
    answer = client.get(mine(coming, language))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_place_is_kept_and_its_page_says_so(client, session):
    asked = client.get(come_at(session))
    assert "Places that are free: 4" in asked.content.decode()
    assert not client.cookies
    coming = comes(client, session, 2)
    page = text_of(client, coming)
    assert f"{label(coming.word, 'en')} 1" in page
    assert "Places kept for you: 2" in page
    assert "svg" in page
    assert not client.cookies


def test_the_room_is_told_where_one_registers_and_on_one_s_own_page(client, session):
    room = a_room(session.centre, "Room by the river")
    book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[room])
    assert "Room by the river, " in client.get(come_at(session)).content.decode()
    assert "Room by the river, " in text_of(client, comes(client, session))


def test_the_same_page_sent_twice_is_one_registration(client, session):
    key = uuid4()
    assert comes(client, session, 2, key=key) == comes(client, session, 2, key=key)
    assert Coming.objects.count() == 1


def test_where_it_is_full_one_waits_and_takes_what_is_offered(client, session):
    first = comes(client, session, 4)
    assert "Join the waiting list" in client.get(come_at(session)).content.decode()
    waits = comes(client, session, 3)
    assert "Registrations before yours: 0" in text_of(client, waits)
    client.post(mine(first), {"say": "withdraw"})
    assert "You have given your places back." in text_of(client, first)
    page = text_of(client, waits)
    assert "Places have become free for you." in page
    client.post(mine(waits), {"say": "take", "places": 2})
    waits.refresh_from_db()
    assert (waits.state, waits.seats) == (State.HELD, 2)
    session.refresh_from_db()
    assert session.room_taken == 2


def test_an_offer_can_be_left_to_others(client, session):
    first, waits = comes(client, session, 4), comes(client, session, 1)
    client.post(mine(first), {"say": "withdraw"})
    client.post(mine(waits), {"say": "leave"})
    waits.refresh_from_db()
    assert waits.state == State.WITHDRAWN


def test_what_is_due_is_done_when_the_page_is_read(client, session):
    first, waits = comes(client, session, 4), comes(client, session, 1)
    withdraw(coming=first, at=session.centre.now())
    Coming.objects.filter(pk=waits.pk).update(offered_until=session.centre.now() - timedelta(seconds=1))
    assert "The offer has run out" in text_of(client, waits)
    assert "Register again" in text_of(client, waits)
    session.refresh_from_db()
    assert session.room_taken == 0


def test_fewer_come(client, session):
    coming = comes(client, session, 4)
    client.post(mine(coming), {"say": "keep", "places": 1})
    assert "Places kept for you: 1" in text_of(client, coming)


@pytest.mark.parametrize("said", [{"say": "keep"}, {"say": "keep", "places": "many"}, {"say": "dance"}, {}])
def test_what_means_nothing_changes_nothing(client, session, said):
    coming = comes(client, session, 2)
    assert client.post(mine(coming), said).status_code == 302
    coming.refresh_from_db()
    assert (coming.state, coming.seats) == (State.HELD, 2)


def test_an_address_needs_a_yes_and_can_be_taken_back(client, session):
    said = {"key": uuid4(), "wanted": 1, "where": "room", "email": "bird@example.org"}
    refused = client.post(come_at(session), said)
    assert refused.status_code == 422
    assert "without your yes we keep no address" in refused.content.decode()
    assert Coming.objects.count() == 0
    coming = comes(client, session, agreed="on", email="bird@example.org")
    assert Address.objects.count() == 1
    assert "bird" not in text_of(client, coming)
    client.post(mine(coming), {"say": "no_mail"})
    assert Address.objects.count() == 0
    assert client.post(mine(coming), {"say": "mail", "email": "bird@example.org"}).status_code == 422
    client.post(mine(coming), {"say": "mail", "email": "bird@example.org", "agreed": "on"})
    assert Address.objects.count() == 1


def test_where_the_event_keeps_no_address_none_is_asked_for(client, session):
    Event.objects.update(registration=Registration.ALIAS)
    assert "e-mail" not in client.get(come_at(session)).content.decode()
    coming = comes(client, session, email="bird@example.org", agreed="on")
    client.post(mine(coming), {"say": "mail", "email": "bird@example.org", "agreed": "on"})
    assert Address.objects.count() == 0


def test_only_a_place_online_leads_to_the_link(client, session):
    Session.objects.update(link="https://meet.example.org/abc", online_seats=5)
    on_site, online = comes(client, session), comes(client, session, where=Where.ONLINE)
    assert "meet.example.org" in text_of(client, online)
    assert "meet.example.org" not in text_of(client, on_site)
    assert "meet.example.org" not in client.get(come_at(session)).content.decode()
    withdraw(coming=online, at=session.centre.now())
    assert "meet.example.org" not in text_of(client, online)


def test_of_a_room_and_a_link_each_says_its_places_and_a_free_one_is_proposed(client, session):
    Session.objects.update(link="https://meet.example.org/abc", online_seats=5)
    form = client.get(come_at(session)).context["form"]
    assert [str(said) for _way, said in form.fields["where"].choices] == [
        "<span>On site</span> <small>Places that are free: 4</small>",
        "<span>Online</span> <small>Places that are free: 5</small>",
    ]
    assert form["where"].value() == Where.ROOM
    comes(client, session, 4)
    page = client.get(come_at(session))
    text = page.content.decode()
    assert ("Full: waiting list" in text, "Keep a place" in text) == (True, True)
    assert page.context["form"]["where"].value() == Where.ONLINE
    Session.objects.update(online_seats=None)
    [_room, (_way, online)] = client.get(come_at(session)).context["form"].fields["where"].choices
    assert online == "Online"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"registration": Registration.NONE}, "simply come"),
        ({"state": Event.State.DRAFT}, None),
        ({"publish_at": None, "state": Event.State.WITHDRAWN}, None),
    ],
)
def test_where_nobody_registers_the_page_says_why_or_is_not_there(client, session, change, words):
    Event.objects.update(**change)
    answer = client.get(come_at(session))
    assert answer.status_code == (200 if words else 404)
    assert not words or words in answer.content.decode()
    assert client.post(come_at(session), {"key": uuid4(), "wanted": 1, "where": "room"}).status_code in {
        404,
        410,
    }


def test_of_a_cancelled_or_past_session_the_pages_say_so(client, session):
    coming = comes(client, session)
    Session.objects.update(state=Session.State.CANCELLED, why="The room is being painted.")
    for page in (text_of(client, coming), client.get(come_at(session)).content.decode()):
        assert "This was cancelled." in page
        assert "The room is being painted." in page
    Session.objects.update(state=Session.State.PLANNED, begins_at=session.centre.now() - timedelta(hours=1))
    assert "nobody can register any more" in client.get(come_at(session)).content.decode()


def test_questions_and_satisfaction_are_led_to_at_their_time(client, session):
    version, centre = an_open_version(session.centre), session.centre
    Event.objects.update(
        questions=(before := a_collection(version, way=Way.LINK)),
        satisfaction=(after := a_collection(version, way=Way.LINK)),
    )
    coming = comes(client, session)
    page = text_of(client, coming)
    assert f"/s/{before.token}/" in page
    assert f"/s/{after.token}/" not in page
    Session.objects.update(
        begins_at=centre.now() - timedelta(minutes=30), ends_at=centre.now() + timedelta(minutes=30)
    )
    assert f"/s/{after.token}/" in text_of(client, coming)


def test_an_address_that_leads_nowhere(client, session):
    assert client.get("/coming/nothing/").status_code == 404
    assert client.get(f"/a/nothing/{session.pk}/come/").status_code == 404


def test_many_from_one_network_wait_a_little(client, session, monkeypatch):
    for _n in range(60):
        comes(client, session)
    said = {"key": (last := uuid4()), "wanted": 1, "where": "room"}
    answer = client.post(come_at(session), said)
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert str(last) in answer.content.decode()  # nothing that was typed is lost
    assert client.post(come_at(session), said, REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_page_speaks_each_language(client, session, language):
    page = client.get(come_at(session, language=language)).content.decode()
    assert f'lang="{language}"' in page
    first, waits = comes(client, session, 4), comes(client, session)
    assert label(first.word, language) in text_of(client, first, language)
    withdraw(coming=first, at=session.centre.now())
    given_back, offered = text_of(client, first, language), text_of(client, waits, language)
    assert ("You have given your places back." in given_back) == (language == "en")
    assert ("Take them" in offered) == (language == "en")


@pytest.mark.parametrize("others", [0, 2])
def test_pages_ask_the_database_as_often_for_one_as_for_three(
    client, session, others, django_assert_num_queries
):
    comings = [comes(client, session) for _n in range(1 + others)]
    settle(session=session, at=session.centre.now())
    with django_assert_num_queries(3):
        client.get(come_at(session))
    with django_assert_num_queries(3):
        client.get(mine(comings[0]))
