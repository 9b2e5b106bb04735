"""Rooms and equipment: settled, closed, shown by week; the rules of the agenda."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions import rooms as actions
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_class_visit, a_room, a_session, an_event
from parvis.agenda.models import AgendaSettings, Equipment, Event, Room
from parvis.agenda.queries.programme import rooms_of
from parvis.centres.factories import a_centre, a_person, where_it_is_noon, words
from parvis.centres.models import Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"], language="en", time_zone=where_it_is_noon())


@pytest.fixture
def signed_in(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="en"))
    return client


def at(centre, name, *args):
    return reverse(f"agenda:{name}", args=[centre.slug, *args])


def tablets(centre, number=5):
    return actions.add_equipment(centre=centre, name=words("Tablet", "Tablette"), number=number)


def booked(centre, room=None, thing=None, number=1, title="Workshop", **event):
    session = a_session(an_event(centre, title, **event), centre.now() + timedelta(hours=1))
    lent = {thing: number} if thing else None
    book(
        owner=session,
        begins=session.begins_at,
        ends=session.ends_at,
        rooms=[room] if room else [],
        equipment=lent,
    )
    return session


def test_a_space_is_a_room_once(centre):
    space = Space.objects.get(site__centre=centre)
    first = actions.settle_room(space=space, said=actions.RoomSaid(12))
    second = actions.settle_room(space=space, said=actions.RoomSaid(18, step_free=True))
    assert (first, second.places, second.step_free, Room.objects.count()) == (second, 18, True, 1)


def test_a_room_that_is_booked_is_not_closed(centre):
    room = a_room(centre)
    session = booked(centre, room)
    with pytest.raises(actions.StillBooked) as refused:
        actions.close_room(room=room, at=centre.now())
    assert refused.value.first.session == session
    later = session.ends_at + timedelta(hours=1)
    closed = actions.close_room(room=room, at=later)
    assert closed.closed_on == centre.local_day(later)
    assert room.bookings.count() == 1  # what took place stays
    assert rooms_of(centre) == []
    assert actions.close_room(room=room, at=later + timedelta(days=9)).closed_on == closed.closed_on
    assert actions.reopen_room(room=room).closed_on is None
    assert rooms_of(centre) == [room]


def test_equipment_is_there_once_and_never_less_than_what_is_lent(centre):
    thing = tablets(centre)
    assert tablets(centre) == thing
    booked(centre, thing=thing, number=3)
    said = {"equipment": thing, "name": thing.name, "at": centre.now()}
    with pytest.raises(actions.TooFew) as refused:
        actions.change_equipment(number=2, **said)
    assert refused.value.lent == 3
    assert actions.change_equipment(number=3, **said).number == 3
    with pytest.raises(actions.StillBooked):
        actions.close_equipment(equipment=thing, at=centre.now(), on=centre.local_day(centre.now()))
    later = centre.now() + timedelta(days=1)
    assert actions.close_equipment(equipment=thing, at=later, on=later.date()).closed_on == later.date()
    assert tablets(centre) != thing  # the closed one stays closed


def test_who_may(client, centre):
    room = a_room(centre)
    for role, statuses in [
        (Role.DIRECTOR, (200, 200, 200, 200)),
        (Role.FACILITATOR, (200, 200, 200, 403)),
        (Role.ADVISER, (200, 200, 403, 403)),
        (Role.ADMINISTRATOR, (200, 200, 403, 200)),
    ]:
        client.force_login(a_person(role, centre=centre))
        addresses = [
            at(centre, "rooms"),
            at(centre, "room", room.pk),
            at(centre, "new_room"),
            at(centre, "settings"),
        ]
        assert tuple(client.get(one).status_code for one in addresses) == statuses, role
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(at(centre, "rooms")).status_code == 404


def test_rooms_of_another_centre_are_not_there(signed_in, centre):
    other = a_centre(network=centre.network)
    room, thing = a_room(other), tablets(other)
    for name, pk in [
        ("room", room.pk),
        ("change_room", room.pk),
        ("equipment", thing.pk),
        ("change_equipment", thing.pk),
    ]:
        assert signed_in.get(at(centre, name, pk)).status_code == 404
    for kind, pk in [("room", room.pk), ("equipment", thing.pk)]:
        assert signed_in.post(at(centre, "room_deed", kind, pk, "close")).status_code == 404
    foreign = Space.objects.filter(site__centre=other).first()
    assert signed_in.post(at(centre, "new_room"), {"space": foreign.pk, "places": 5}).status_code == 422


def test_a_room_is_made_of_a_space_and_closed(signed_in, centre):
    space = Space.objects.get(site__centre=centre)
    assert "No room yet" in signed_in.get(at(centre, "rooms")).content.decode()
    assert signed_in.post(at(centre, "new_room"), {"space": space.pk, "places": 5}).status_code == 302
    room = Room.objects.get()
    assert "Every space is a room already" in signed_in.get(at(centre, "new_room")).content.decode()
    signed_in.post(at(centre, "change_room", room.pk), {"places": 6, "hearing_loop": "on"})
    room.refresh_from_db()
    assert (room.places, room.hearing_loop) == (6, True)
    booked(centre, room)
    deed = at(centre, "room_deed", "room", room.pk, "close")
    assert "It is booked still" in signed_in.post(deed, follow=True).content.decode()
    assert signed_in.post(at(centre, "room_deed", "room", room.pk, "sell")).status_code == 404
    room.bookings.all().delete()
    signed_in.post(deed)
    assert "No longer used" in signed_in.get(at(centre, "rooms")).content.decode()
    signed_in.post(at(centre, "room_deed", "room", room.pk, "reopen"))
    assert "No longer used" not in signed_in.get(at(centre, "rooms")).content.decode()


def test_equipment_with_its_number(signed_in, centre):
    posted = {"name_0": "Tablet", "name_1": "Tablette", "number": 4}
    assert signed_in.post(at(centre, "new_equipment"), posted).status_code == 302
    thing = Equipment.objects.get()
    booked(centre, thing=thing, number=3, title="Meet a trade")
    shown = signed_in.get(at(centre, "equipment", thing.pk)).content.decode()
    assert "Meet a trade" in shown
    refused = signed_in.post(at(centre, "change_equipment", thing.pk), posted | {"number": 2})
    assert refused.status_code == 422
    assert "3 are lent at one time already." in refused.content.decode()


def test_a_week_tells_each_reader_what_they_may_know(client, centre):
    room = a_room(centre)
    booked(centre, room, title="Published one")
    draft = a_session(
        an_event(centre, "Secret draft", state=Event.State.DRAFT), centre.now() + timedelta(hours=4)
    )
    visit = a_class_visit(centre)
    begins = centre.now() + timedelta(hours=7)
    book(owner=draft, begins=draft.begins_at, ends=draft.ends_at, rooms=[room])
    book(owner=visit, begins=begins, ends=begins + timedelta(hours=1), rooms=[room])
    for role, told in [(Role.FACILITATOR, True), (Role.ADVISER, False)]:
        client.force_login(a_person(role, centre=centre, language="en"))
        shown = client.get(at(centre, "room", room.pk)).content.decode()
        assert "Published one" in shown
        assert ("Secret draft" in shown) is told
        assert ("School by the river" in shown) is told
        assert ("Something that is being prepared" in shown) is not told


def test_another_week(signed_in, centre):
    room = a_room(centre)
    session = booked(centre, room, title="Meet a trade")
    monday = session.day - timedelta(days=session.day.weekday())
    weeks = [at(centre, "room_week", room.pk, (monday + timedelta(days=n)).isoformat()) for n in (0, 7)]
    assert ["Meet a trade" in signed_in.get(one).content.decode() for one in weeks] == [True, False]
    jumped = signed_in.get(at(centre, "room", room.pk), {"on": "2030-01-01"})
    assert jumped["Location"] == at(centre, "room_week", room.pk, "2030-01-01")
    assert signed_in.get(at(centre, "room_week", room.pk, "someday")).status_code == 404


def test_the_rules_of_the_agenda(signed_in, centre):
    rules = {"second_look": "on", "offer_hours": 12, "reminder_hours": 48, "class_size": 30}
    rules |= {
        "class_notice_days": 7,
        "option_days": 5,
        "checklist": "Badges\n\n Room open ",
        "for_teachers": "Bus",
    }
    assert signed_in.post(at(centre, "settings"), rules).status_code == 302
    kept = AgendaSettings.objects.get()
    assert (kept.second_look, kept.classes_welcome, kept.offer_hours) == (True, False, 12)
    assert kept.checklist == [
        {"text": "Bus", "for_teacher": True},
        {"text": "Badges", "for_teacher": False},
        {"text": "Room open", "for_teacher": False},
    ]
    assert "Room open" in signed_in.get(at(centre, "settings")).content.decode()
    wrong = signed_in.post(at(centre, "settings"), rules | {"offer_hours": 0, "checklist": "x" * 161})
    assert (wrong.status_code, AgendaSettings.objects.get().offer_hours) == (422, 12)
    assert "At most 160 characters a line." in wrong.content.decode()


@pytest.mark.parametrize("name", ["rooms", "room"])
def test_as_many_statements_for_one_row_as_for_three(signed_in, centre, name):
    def statements():
        args = [Room.objects.earliest("pk").pk] if name == "room" else []
        with CaptureQueriesContext(connection) as found:
            assert signed_in.get(at(centre, name, *args)).status_code == 200
        return len(found)

    def more(n):
        actions.add_equipment(centre=centre, name=words(f"Thing {n}", f"Objet {n}"), number=2)
        a_room(centre, f"Room {n}")
        session = a_session(an_event(centre), centre.now() + timedelta(hours=2 * n))
        room = Room.objects.earliest("pk")
        book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[room])

    more(1)
    first = statements()
    more(2)
    more(3)
    assert statements() == first <= 15
