from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.agenda.actions import visits
from parvis.agenda.actions.bookings import Taken, book
from parvis.agenda.actions.leading import Busy
from parvis.agenda.actions.visits import Asking, Doing, Kept
from parvis.agenda.factories import a_class_visit, a_room, a_session, an_event
from parvis.agenda.models import AgendaSettings, Booking, ClassVisit, Facilitation, Teacher, VisitStep
from parvis.centres.factories import a_centre, a_person
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre()


def asking(**more):
    usual = {"school_name": "School by the river", "pupils": 24, "language": "fr", "name": "Camille Teacher"}
    return Asking(**usual | {"email": "teacher@example.org"} | more)


def half_day(centre, days=30, **more):
    day = centre.local_day(centre.now()) + timedelta(days=days)
    begins = datetime.combine(day, time(9), centre.zone)
    return Kept(begins, begins + timedelta(hours=3), **more)


def doing(centre, **more):
    return Doing(key=uuid4(), at=centre.now(), **more)


def kept(centre, **more):
    visit = a_class_visit(centre, **more)
    return visits.keep_date(visit=visit, kept=half_day(centre), doing=doing(centre))


def confirmed(centre):
    return visits.confirm(visit=kept(centre), doing=doing(centre))


def test_a_visit_that_is_asked_for_twice_by_one_page_is_one(centre):
    day, key = centre.local_day(centre.now()) + timedelta(days=20), uuid4()
    said = asking(dates=[(day, "morning"), (day, "morning"), (day, "afternoon")])
    first = visits.ask(centre=centre, key=key, asking=said, at=centre.now())
    again = visits.ask(centre=centre, key=key, asking=asking(pupils=3), at=centre.now())
    assert (first.pk, first.pupils) == (again.pk, again.pupils)
    assert [(one.day, one.part) for one in first.dates.all()] == [(day, "afternoon"), (day, "morning")]
    assert Teacher.objects.get().email == "teacher@example.org"
    assert [(one.state, one.by_teacher, one.to_mail) for one in first.steps.all()] == [("asked", True, True)]
    assert len(first.token) >= 20


def test_a_centre_that_takes_no_classes_is_not_asked(centre):
    AgendaSettings.objects.create(centre=centre, classes_welcome=False)
    with pytest.raises(visits.NotWelcome):
        visits.ask(centre=centre, key=uuid4(), asking=asking(), at=centre.now())
    assert not ClassVisit.objects.exists()


def test_a_date_is_kept_with_its_rooms_and_people(centre):
    room, person = a_room(centre), a_person(Role.FACILITATOR, centre=centre)
    lender = an_institution(centre, "Lender").institution
    belong(person=person, centre=centre, to=lender, on=centre.local_day(centre.now()))
    until = centre.local_day(centre.now()) + timedelta(days=10)
    at = half_day(centre, rooms=[room], people=[person], until=until)
    visit = visits.keep_date(visit=a_class_visit(centre), kept=at, doing=doing(centre, version=0))
    assert (visit.state, visit.begins_at, visit.option_until) == ("option", at.begins, until)
    assert [(one.room, one.begins_at) for one in visit.bookings.all()] == [(room, at.begins)]
    assert [(one.person, one.institution) for one in visit.facilitations.all()] == [(person, lender)]


def test_a_room_that_an_event_has_is_refused_and_nothing_changes(centre):
    room, at = a_room(centre), half_day(centre)
    session = a_session(an_event(centre), at.begins)
    book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[room])
    visit = a_class_visit(centre)
    with pytest.raises(Taken) as refused:
        visits.keep_date(visit=visit, kept=half_day(centre, rooms=[room]), doing=doing(centre))
    assert refused.value.by.session == session
    visit.refresh_from_db()
    assert (visit.state, visit.begins_at, visit.steps.count()) == ("asked", None, 0)


def test_nobody_leads_two_classes_at_once(centre):
    person = a_person(Role.FACILITATOR, centre=centre)
    first = visits.keep_date(
        visit=a_class_visit(centre), kept=half_day(centre, people=[person]), doing=doing(centre)
    )
    other = a_class_visit(centre)
    with pytest.raises(Busy) as refused:
        visits.keep_date(visit=other, kept=half_day(centre, people=[person]), doing=doing(centre))
    assert (refused.value.person, refused.value.by.visit) == (person, first)
    visits.cancel(visit=first, doing=doing(centre))
    visits.keep_date(visit=other, kept=half_day(centre, people=[person]), doing=doing(centre))
    assert [one.visit for one in Facilitation.objects.all()] == [other]


def test_two_classes_share_a_half_day_as_far_as_there_is_place(centre):
    AgendaSettings.objects.create(centre=centre, class_size=50)
    kept(centre, pupils=26)
    kept(centre, pupils=24)
    with pytest.raises(visits.TooMany) as refused:
        kept(centre, pupils=1)
    assert refused.value.free == 0


def test_a_date_that_is_over_is_refused(centre):
    with pytest.raises(visits.Past):
        visits.keep_date(visit=a_class_visit(centre), kept=half_day(centre, days=-1), doing=doing(centre))


def test_the_same_page_sent_twice_is_one_step(centre):
    visit, said = kept(centre), doing(centre)
    for _twice in range(2):
        assert visits.confirm(visit=visit, doing=said).state == "confirmed"
    assert VisitStep.objects.filter(state="confirmed").count() == 1


def test_a_page_that_is_out_of_date_is_refused(centre):
    visit = kept(centre)
    visits.change_numbers(visit=visit, pupils=20, adults=2, doing=doing(centre, by_teacher=True))
    with pytest.raises(visits.Changed):
        visits.confirm(visit=visit, doing=doing(centre, version=visit.version))


@pytest.mark.parametrize("state", ["asked", "confirmed", "prepared", "held", "cancelled", "evaluated"])
def test_only_a_date_that_is_kept_is_confirmed(centre, state):
    at = half_day(centre)
    visit = a_class_visit(centre, state=state, begins_at=at.begins, ends_at=at.ends, came=20)
    with pytest.raises(visits.NotNow) as refused:
        visits.confirm(visit=visit, doing=doing(centre))
    assert refused.value.state == state


def test_a_class_that_is_sure_to_come_is_moved_and_stays_sure(centre):
    visit = visits.prepare(visit=confirmed(centre), doing=doing(centre))
    room, before = a_room(centre), visit.sequence
    visits.move(visit=visit, kept=half_day(centre, rooms=[room]), doing=doing(centre))
    later = visits.move(visit=visit, kept=half_day(centre, days=31, rooms=[room]), doing=doing(centre))
    assert (later.state, later.begins_at, later.sequence) == (
        "prepared",
        half_day(centre, days=31).begins,
        before + 2,
    )
    told = VisitStep.objects.filter(visit=visit).order_by("pk").values_list("to_mail", flat=True)
    assert list(told)[-2:] == [False, True]  # another room is no news for the teacher, another day is


def test_a_cancelled_visit_gives_everything_back(centre):
    room, person = a_room(centre), a_person(Role.FACILITATOR, centre=centre)
    visit = visits.keep_date(
        visit=a_class_visit(centre), kept=half_day(centre, rooms=[room], people=[person]), doing=doing(centre)
    )
    visits.cancel(visit=visit, doing=doing(centre, by_teacher=True, words="The bus is broken"))
    assert (Booking.objects.count(), Facilitation.objects.count()) == (0, 0)
    assert VisitStep.objects.get(state="cancelled").words == "The bus is broken"
    with pytest.raises(visits.NotNow):
        visits.cancel(visit=visit, doing=doing(centre))


def test_an_option_lapses_the_night_after_its_last_day(centre):
    at, room = centre.now(), a_room(centre)
    today = centre.local_day(at)
    visit = visits.keep_date(
        visit=a_class_visit(centre), kept=half_day(centre, rooms=[room], until=today), doing=doing(centre)
    )
    assert visits.lapse_options(at=at) == 0
    assert visits.lapse_options(at=at + timedelta(days=1)) == 1
    assert visits.lapse_options(at=at + timedelta(days=1)) == 0
    visit.refresh_from_db()
    assert (visit.state, visit.begins_at, visit.option_until) == ("asked", None, None)
    assert not Booking.objects.exists()
    last = visit.steps.last()
    assert (last.state, last.by_teacher, last.to_mail) == ("asked", False, True)


def test_the_teacher_changes_the_numbers_until_the_visit_is_confirmed(centre):
    AgendaSettings.objects.create(centre=centre, class_size=30)
    visit = kept(centre)
    with pytest.raises(visits.TooMany):
        visits.change_numbers(visit=visit, pupils=31, adults=1, doing=doing(centre, by_teacher=True))
    visits.change_numbers(visit=visit, pupils=30, adults=3, doing=doing(centre, by_teacher=True))
    visit.refresh_from_db()
    assert (visit.pupils, visit.adults) == (30, 3)
    assert "30" in visit.steps.last().words
    visits.confirm(visit=visit, doing=doing(centre))
    with pytest.raises(visits.NotNow):
        visits.change_numbers(visit=visit, pupils=20, adults=3, doing=doing(centre, by_teacher=True))
    visits.change_numbers(visit=visit, pupils=20, adults=3, doing=doing(centre))
    assert visit.steps.last().to_mail


def test_a_word_changes_nothing_but_what_was_said(centre):
    visit, said = a_class_visit(centre), doing(centre, words="Is there a lift?", by_teacher=True)
    for _twice in range(2):
        visits.say(visit=visit, doing=said)
    with pytest.raises(visits.SaidOtherwise):
        visits.say(visit=visit, doing=Doing(key=said.key, at=said.at, by_teacher=True, words="Other"))
    visit.refresh_from_db()
    assert (visit.version, [one.words for one in visit.steps.all()]) == (0, ["Is there a lift?"])
