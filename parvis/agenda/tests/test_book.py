from datetime import timedelta

import pytest

from parvis.agenda.actions.bookings import NotSoMany, Taken, book, give_back
from parvis.agenda.factories import a_class_visit, a_room, a_session, an_event
from parvis.agenda.models import Booking, Equipment
from parvis.centres.factories import a_centre, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    centre = a_centre()
    return centre, a_room(centre), a_session(an_event(centre)), a_session(an_event(centre))


def test_a_room_is_booked_once(house):
    _centre, room, first, second = house
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    with pytest.raises(Taken) as refused:
        book(owner=second, begins=second.begins_at, ends=second.ends_at, rooms=[room])
    assert (refused.value.what, refused.value.by.session) == (room, first)
    assert [one.session for one in Booking.objects.all()] == [first]


def test_what_adjoins_does_not_overlap(house):
    _centre, room, first, second = house
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    book(owner=second, begins=first.ends_at, ends=first.ends_at + timedelta(hours=1), rooms=[room])
    assert Booking.objects.count() == 2


def test_a_class_does_not_come_into_a_room_that_an_event_has(house):
    centre, room, first, _second = house
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    with pytest.raises(Taken):
        book(owner=a_class_visit(centre), begins=first.begins_at, ends=first.ends_at, rooms=[room])


def test_booking_again_takes_the_place_of_what_was_booked(house):
    centre, room, first, _second = house
    other = a_room(centre, "Blue corner")
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[other])
    assert [one.room for one in Booking.objects.all()] == [other]


def test_a_refused_change_leaves_what_was_booked(house):
    centre, room, first, second = house
    other = a_room(centre, "Blue corner")
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    book(owner=second, begins=first.begins_at, ends=first.ends_at, rooms=[other])
    with pytest.raises(Taken):
        book(owner=second, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    assert Booking.objects.get(session=second).room == other


def test_what_was_given_away_since_the_page_was_made_is_not_lent(house):
    centre, _room, first, _second = house
    screens = Equipment.objects.create(centre=centre, name=words("Tablet", "Tablette"), number=5)
    Equipment.objects.update(number=2)
    with pytest.raises(NotSoMany):
        book(owner=first, begins=first.begins_at, ends=first.ends_at, equipment={screens: 3})
    assert not Booking.objects.exists()


def test_equipment_is_lent_as_often_as_there_is_of_it(house):
    centre, _room, first, second = house
    screens = Equipment.objects.create(centre=centre, name=words("Tablet", "Tablette"), number=5)
    book(owner=first, begins=first.begins_at, ends=first.ends_at, equipment={screens: 3})
    with pytest.raises(Taken):
        book(owner=second, begins=first.begins_at, ends=first.ends_at, equipment={screens: 3})
    with pytest.raises(NotSoMany):
        book(owner=second, begins=first.ends_at, ends=first.ends_at + timedelta(1), equipment={screens: 6})
    book(owner=second, begins=first.begins_at, ends=first.ends_at, equipment={screens: 2})


def test_two_loans_one_after_the_other_are_not_both_at_once(house):
    centre, _room, first, second = house
    lamp = Equipment.objects.create(centre=centre, name=words("Lamp", "Lampe"), number=2)
    half = first.begins_at + timedelta(minutes=45)
    book(owner=first, begins=first.begins_at, ends=half, equipment={lamp: 1})
    book(owner=second, begins=half, ends=first.ends_at, equipment={lamp: 1})
    third = a_session(an_event(centre))
    book(owner=third, begins=first.begins_at, ends=first.ends_at, equipment={lamp: 1})
    assert Booking.objects.count() == 3


def test_what_is_given_back_is_free(house):
    _centre, room, first, second = house
    book(owner=first, begins=first.begins_at, ends=first.ends_at, rooms=[room])
    assert give_back(owner=first) == 1
    assert give_back(owner=first) == 0
    book(owner=second, begins=first.begins_at, ends=first.ends_at, rooms=[room])
