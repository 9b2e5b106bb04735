from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.agenda.actions.visits import Doing, Kept, keep_date
from parvis.agenda.factories import a_class_visit, a_room, a_session, an_event
from parvis.agenda.models import AgendaSettings, Booking, Facilitation, PartOfDay
from parvis.agenda.queries.half_days import first_day, free_half_days, look_at, span_of
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Site
from parvis.partners import on_duty

pytestmark = pytest.mark.django_db
FIRST = date(2027, 3, 1)  # a Monday
MORNING, AFTERNOON = PartOfDay.MORNING, PartOfDay.AFTERNOON


@pytest.fixture
def house(monkeypatch):
    """A centre with a room for twenty and one for ten, and somebody who leads workshops on Tuesdays."""
    centre = a_centre()
    rooms = [a_room(centre, "Large"), a_room(centre, "Small", places=10)]
    person = a_person(Role.FACILITATOR, centre=centre)
    stretches = []

    def look(*, centre, begins, ends):
        return [one for one in stretches if one.begins < ends and one.ends > begins]

    monkeypatch.setattr(on_duty, "_LOOKS", {"test": look})
    for week in range(3):
        day = FIRST + timedelta(days=1 + 7 * week)
        begins = datetime.combine(day, time(9), centre.zone)
        stretches.append(on_duty.Stretch(person.pk, begins, begins + timedelta(hours=8), facilitates=True))
    return centre, rooms, person, stretches


def free(centre, pupils=24, **more):
    return [
        (one.day, one.part) for one in free_half_days(centre, pupils=pupils, first=FIRST, weeks=3, **more)
    ]


TUESDAYS = [(FIRST + timedelta(days=1 + 7 * week), part) for week in range(3) for part in PartOfDay]


def test_a_half_day_is_free_where_somebody_leads_and_rooms_hold_the_class(house):
    centre, rooms, person, _stretches = house
    assert free(centre) == TUESDAYS
    found = free_half_days(centre, pupils=24, first=FIRST, weeks=1)[0]
    assert (found.rooms_for(24), found.people, found.pupils) == (tuple(rooms), (person.pk,), 60)
    assert found.rooms_for(8) == (rooms[1],)
    assert free(centre, pupils=31) == []


def test_who_sits_at_a_desk_leads_no_class(house):
    centre, _rooms, person, stretches = house
    begins = datetime.combine(FIRST, time(9), centre.zone)
    stretches.append(on_duty.Stretch(person.pk, begins, begins + timedelta(hours=8), facilitates=False))
    assert free(centre) == TUESDAYS


def test_an_hour_of_duty_is_too_short(house):
    centre, _rooms, person, stretches = house
    begins = datetime.combine(FIRST, time(9), centre.zone)
    stretches[:] = [on_duty.Stretch(person.pk, begins, begins + timedelta(hours=1), facilitates=True)]
    assert free(centre) == []


def test_a_room_that_is_booked_is_not_free(house):
    centre, rooms, _person, _stretches = house
    begins, ends = span_of(centre, *TUESDAYS[0])
    session = a_session(an_event(centre), begins)
    Booking.objects.create(centre=centre, room=rooms[0], session=session, begins_at=begins, ends_at=ends)
    assert free(centre) == TUESDAYS[1:]
    assert free(centre, pupils=10) == TUESDAYS


def test_who_leads_something_then_is_not_free(house):
    centre, _rooms, person, _stretches = house
    session = a_session(an_event(centre), span_of(centre, *TUESDAYS[1])[0])
    Facilitation.objects.create(session=session, person=person)
    assert free(centre) == [TUESDAYS[0], *TUESDAYS[2:]]


def test_two_classes_share_a_half_day_as_far_as_there_is_place(house):
    centre, rooms, _person, stretches = house
    AgendaSettings.objects.create(centre=centre, class_size=40)
    begins, ends = span_of(centre, *TUESDAYS[0])
    other = a_person(Role.FACILITATOR, centre=centre)
    kept = Kept(begins, ends, rooms=[rooms[1]], people=[other])
    visit = a_class_visit(centre, pupils=10)
    keep_date(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=centre.now()))
    (half_day,) = look_at(centre, [(TUESDAYS[0][0], MORNING)])
    assert (half_day.pupils, half_day.shared, half_day.rooms) == (30, True, (rooms[0],))
    assert half_day.holds(20)
    assert not half_day.holds(21)
    (without,) = look_at(centre, [(TUESDAYS[0][0], MORNING)], besides=visit)
    assert (without.pupils, without.shared) == (40, False)


def test_a_room_that_is_closed_for_good_holds_nobody(house):
    centre, rooms, _person, _stretches = house
    rooms[0].space.closed_on = TUESDAYS[2][0]
    rooms[0].space.save()
    assert free(centre) == TUESDAYS[:2]


def test_rooms_of_two_sites_hold_no_class_together(house):
    centre, rooms, _person, _stretches = house
    rooms[1].space.site = Site.objects.create(centre=centre, kind=Site.Kind.SECONDARY, name="Annex")
    rooms[1].space.save()
    assert free(centre) == []


def test_the_first_day_is_as_late_as_the_centre_wants(house):
    centre = house[0]
    today = centre.local_day(centre.now())
    assert first_day(centre, centre.now()) == today + timedelta(days=14)
    AgendaSettings.objects.create(centre=centre, class_notice_days=3)
    assert first_day(centre, centre.now()) == today + timedelta(days=3)


def test_the_same_queries_for_one_half_day_and_for_many(house, django_assert_max_num_queries):
    centre = house[0]
    with django_assert_max_num_queries(5):
        free_half_days(centre, pupils=24, first=FIRST, weeks=1)
    with django_assert_max_num_queries(5):
        free_half_days(centre, pupils=24, first=FIRST, weeks=3)
