"""Nothing is booked in a room that is closed, nor with equipment that is gone: the action refuses, and each page says so beside the field."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import Closed, book
from parvis.agenda.actions.cancelling import bring_back, cancel_session
from parvis.agenda.actions.rooms import close_equipment, close_room
from parvis.agenda.factories import a_class_visit, a_kit, a_room, a_session, an_event
from parvis.agenda.models import Booking, DayPlan, Equipment, Session
from parvis.agenda.queries.where import place_of
from parvis.agenda.tests.class_days import a_dated_visit
from parvis.agenda.views import class_day, sessions, visits
from parvis.centres.factories import a_centre, a_person, where_it_is_noon, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(client):
    centre = a_centre(time_zone=where_it_is_noon())
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    return centre, a_room(centre, "Blue room"), a_session(an_event(centre))


def close(room):
    close_room(room=room, at=room.space.site.centre.now())
    return room


def taken(owner):
    return {"owner": owner, "begins": owner.begins_at, "ends": owner.ends_at}


@pytest.fixture
def late(monkeypatch):
    """The room is closed after its page and its choices were read, and before it is booked."""

    def closing(module, name, room):
        action = getattr(module, name)

        def closed_first(**said):
            close(room)
            return action(**said)

        monkeypatch.setattr(module, name, closed_first)

    return closing


def test_a_closed_room_is_not_booked_and_what_was_booked_stays(house):
    centre, room, session = house
    other = a_room(centre, "Red room")
    book(**taken(session), rooms=[other])
    close(room)  # what the caller holds is older than that
    with pytest.raises(Closed) as refused:
        book(**taken(session), rooms=[room])
    assert (refused.value.what, refused.value.since) == (room, centre.local_day(centre.now()))
    assert [one.room for one in Booking.objects.all()] == [other]


def test_a_room_is_as_open_as_its_space(house):
    centre, room, session = house
    for days, refused in ((-1, True), (0, True), (1, False)):
        room.space.closed_on = centre.local_day(session.begins_at) + timedelta(days)
        room.space.save()
        if refused:
            with pytest.raises(Closed):
                book(**taken(session), rooms=[room])
        else:
            book(**taken(session), rooms=[room])


def test_what_has_a_room_on_that_day_keeps_it_and_takes_it_to_no_other(house):
    centre, room, session = house
    book(**taken(session), rooms=[room])
    room.space.closed_on = centre.local_day(session.begins_at)
    room.space.save()
    later = session.ends_at + timedelta(minutes=15)
    assert len(book(owner=session, begins=session.begins_at, ends=later, rooms=[room])) == 1
    with pytest.raises(Closed):
        book(owner=session, begins=session.begins_at + timedelta(1), ends=later + timedelta(1), rooms=[room])
    with pytest.raises(Closed):
        book(owner=a_class_visit(centre), begins=later, ends=later + timedelta(hours=1), rooms=[room])


def test_equipment_that_is_gone_is_not_lent(house):
    centre, _room, session = house
    lamp = Equipment.objects.create(centre=centre, name=words("Lamp", "Lampe"))
    close_equipment(equipment=lamp, at=centre.now(), on=centre.local_day(centre.now()))
    with pytest.raises(Closed):
        book(**taken(session), equipment={lamp: 1})


def test_a_session_is_not_brought_back_into_a_closed_room(house, client):
    centre, room, session = house
    book(**taken(session), rooms=[room])
    cancel_session(session=session, why="The speaker is ill", at=centre.now())
    close(room)
    with pytest.raises(Closed):
        bring_back(session=session, at=centre.now())
    answer = client.post(reverse("agenda:bring_back", args=[centre.slug, session.pk]), follow=True)
    assert "“Blue room” is closed from" in answer.text
    session.refresh_from_db()
    assert session.state == Session.State.CANCELLED


def typed(centre, room, **more):
    day = centre.local_day(centre.now()) + timedelta(days=7)
    usual = {"day": day.isoformat(), "begins": "14:00", "ends": "16:00", "rooms": [room.pk], "why": ""}
    return usual | {"site": "", "elsewhere": "", "link": "", "sequence": "0", "key": str(uuid4())} | more


@pytest.mark.parametrize("repeats", [{"repeats": "once"}, {"repeats": "week", "times": "2", "make": "1"}])
def test_a_room_closed_meanwhile_is_said_beside_it_when_sessions_are_planned(house, client, late, repeats):
    centre, room, session = house
    sent = typed(centre, room, step="1", nth="1", **repeats)
    sent |= {"dates": [sent["day"]]}
    address = reverse("agenda:plan", args=[centre.slug, session.event_id])
    late(sessions.actions, "plan_sessions", room)
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "“Blue room” is closed from" in page.context["form"].errors["rooms"][0]
    page = client.post(address, sent)  # now no list offers it
    assert "is closed, or not there any more" in page.context["form"].errors["rooms"][0]
    assert (Session.objects.count(), Booking.objects.count()) == (1, 0)


def test_a_room_closed_meanwhile_is_said_beside_it_when_a_session_is_moved(house, client, late):
    centre, room, session = house
    a_room(centre, "Red room")
    late(sessions.actions, "move_session", room)
    page = client.post(reverse("agenda:move", args=[centre.slug, session.pk]), typed(centre, room))
    assert "“Blue room” is closed from" in page.context["form"].errors["rooms"][0]
    session.refresh_from_db()
    assert (session.sequence, place_of(session).rooms) == (0, frozenset())


def test_equipment_that_is_gone_is_said_and_not_left_out_silently(house, client):
    centre, _room, session = house
    lamp = Equipment.objects.create(centre=centre, name=words("Lamp", "Lampe"))
    sent = typed(centre, _room, rooms=[])
    close_equipment(equipment=lamp, at=centre.now(), on=centre.local_day(centre.now()))
    address = reverse("agenda:move", args=[centre.slug, session.pk])
    page = client.post(address, sent | {f"thing-{lamp.pk}": "1"})
    assert "Equipment that you chose is not there any more" in page.text
    assert client.post(address, sent | {f"thing-{lamp.pk}": "0"}).status_code == 302


def test_a_session_is_not_dropped_into_a_closed_room(house, client):
    centre, room, session = house
    close(room)
    day = centre.local_day(session.begins_at).isoformat()
    sent = {"sequence": 0, "day": day, "left": "", "room": room.pk}
    answer = client.post(reverse("agenda:drop", args=[centre.slug, session.pk]), sent)
    assert (answer.status_code, "“Blue room” is closed from" in answer.json()["why"]) == (422, True)
    assert not Booking.objects.exists()


def test_a_class_is_not_planned_into_a_closed_room(house, client, late):
    centre, room, _session = house
    visit = a_dated_visit(centre, begins=centre.now() + timedelta(days=20))
    red, kits = a_room(centre, "Red room"), [a_kit(centre, name) for name in ("Explore", "Keys")]
    sent = {"size_1": "12", "size_2": "12", "welcome": "15", "minutes": "30", "change": "5", "version": "0"}
    for n, one in enumerate((red, room), 1):
        sent |= {f"workshop_{n}": kits[n - 1].pk, f"room_{n}": one.pk, f"compulsory_{n}": "on"}
    address = reverse("agenda:visit_day", args=[centre.slug, visit.pk])
    late(class_day.day_plan, "plan_day", room)
    page = client.post(address, sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["room_2"]
    assert "“Blue room” is closed from" in page.text
    assert (DayPlan.objects.count(), Booking.objects.count()) == (0, 0)
    page = client.post(address, sent)
    assert "is closed, or not there any more" in page.context["form"].errors["room_2"][0]


def test_a_room_of_a_class_day_that_is_taken_is_said_beside_it(house, client):
    centre, room, session = house
    visit, kit = a_dated_visit(centre, begins=session.begins_at), a_kit(centre)
    book(**taken(session), rooms=[room])
    sent = {"size_1": visit.pupils, "welcome": "15", "minutes": "30", "change": "5", "version": "0"}
    sent |= {"workshop_1": kit.pk, "room_1": room.pk, "compulsory_1": "on"}
    page = client.post(reverse("agenda:visit_day", args=[centre.slug, visit.pk]), sent)
    assert list(page.context["form"].errors) == ["room_1"]


def test_a_date_of_a_class_is_not_kept_in_a_closed_room(house, client, late):
    centre, room, _session = house
    visit = a_class_visit(centre)
    sent = typed(centre, room, version=visit.version) | {"begins": "09:00", "ends": "12:00"}
    late(visits.actions, "keep_date", room)
    page = client.post(reverse("agenda:visit_keep", args=[centre.slug, visit.pk]), sent)
    assert page.status_code == 409
    assert "“Blue room” is closed from" in page.context["plan"].errors["rooms"][0]
    page = client.post(reverse("agenda:visit_keep", args=[centre.slug, visit.pk]), sent)
    assert "is closed, or not there any more" in page.context["plan"].errors["rooms"][0]
    visit.refresh_from_db()
    assert (visit.begins_at, Booking.objects.count()) == (None, 0)
