from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.roles import Role
from parvis.agenda.actions import visits
from parvis.agenda.actions.visits import Doing, Kept
from parvis.agenda.factories import a_class_visit, a_kit, a_room, a_school, a_session, an_event
from parvis.agenda.models import Booking, ClassVisit, VisitDate
from parvis.agenda.queries.half_days import HOURS
from parvis.centres.factories import a_centre, a_person, where_it_is_noon
from parvis.partners import on_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(slug="river", time_zone=where_it_is_noon())


@pytest.fixture
def staff(centre, client):
    person = a_person(Role.FACILITATOR, centre=centre)
    client.force_login(person)
    return person


@pytest.fixture
def on_workshops(centre, staff, monkeypatch):
    """The signed-in person leads workshops all day, every day."""

    def look(*, centre, begins, ends):
        return [on_duty.Stretch(staff.pk, begins, ends, facilitates=True)]

    monkeypatch.setattr(on_duty, "_LOOKS", {"test": look})
    return staff


def keep(visit, **more):
    begins = visit.centre.now() + timedelta(days=20)
    kept = Kept(begins, begins + timedelta(hours=3), **more)
    return visits.keep_date(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=visit.centre.now()))


def said(visit, **more):
    return {"key": str(uuid4()), "version": ClassVisit.objects.get(pk=visit.pk).version} | more


def post(client, visit, what, **more):
    return client.post(f"/c/river/agenda/visits/{visit.pk}/{what}/", said(visit, **more))


def test_who_plans_events_reads_visits_and_nobody_else(centre, client):
    visit = a_class_visit(centre)
    addresses = [
        "/c/river/agenda/visits/",
        f"/c/river/agenda/visits/{visit.pk}/",
        "/c/river/agenda/visits/file/csv/",
    ]
    for role, status in ((Role.FACILITATOR, 200), (Role.ADVISER, 403)):
        client.force_login(a_person(role, centre=centre))
        assert {client.get(one).status_code for one in addresses} == {status}
    elsewhere = a_centre()
    client.force_login(a_person(Role.FACILITATOR, centre=elsewhere))
    assert {client.get(one).status_code for one in addresses} == {404}
    assert client.get(f"/c/{elsewhere.slug}/agenda/visits/{visit.pk}/").status_code == 404


def test_what_waits_comes_first(centre, staff, client):
    a_class_visit(centre, school_name="School that asks")
    coming = keep(a_class_visit(centre, school_name="School that comes"))
    visits.confirm(visit=coming, doing=Doing(key=uuid4(), at=centre.now()))
    found = client.get("/c/river/agenda/visits/").context["found"]
    assert [one.visit.school_name for one in found.to_answer] == ["School that asks"]
    assert [one.visit.school_name for one in found.coming] == ["School that comes"]
    visits.say(
        visit=coming,
        doing=Doing(key=uuid4(), at=centre.now() + timedelta(minutes=1), by_teacher=True, words="A lift?"),
    )
    found = client.get("/c/river/agenda/visits/").context["found"]
    assert [one.visit.school_name for one in found.to_answer] == ["School that comes", "School that asks"]


def test_the_list_is_narrowed_and_taken_along_as_a_file(centre, staff, client):
    school = a_school(centre, "Port", place="Lakeside")
    a_class_visit(centre, school=school, school_name="Port")
    a_class_visit(centre, school_name="Hill")
    page = client.get("/c/river/agenda/visits/?q=lakeside").content.decode()
    assert ("Port" in page, "Hill" in page) == (True, False)
    assert "No visit is like that" in client.get("/c/river/agenda/visits/?q=nowhere").content.decode()
    file = client.get("/c/river/agenda/visits/file/csv/?q=lakeside").content.decode()
    assert "Lakeside" in file
    assert "teacher@example.org" not in file
    assert client.get("/c/river/agenda/visits/file/xlsx/").status_code == 200
    assert client.get("/c/river/agenda/visits/file/pdf/").status_code == 404


def test_what_the_teacher_said_stays_in_sight(centre, staff, client):
    visit = a_class_visit(centre, languages=["ar", "fr"], needs="A way without steps")
    day = centre.local_day(centre.now()) + timedelta(days=20)
    VisitDate.objects.create(visit=visit, day=day, part="afternoon")
    VisitDate.objects.create(visit=visit, day=day, part="morning")
    for _state in ("asked", "option"):
        page = client.get(f"/c/river/agenda/visits/{visit.pk}/")
        text = page.content.decode()
        assert ("العربيّة" in text, "Français" in text, "A way without steps" in text) == (True, True, True)
        assert "Half-days that suit the class" in text
        assert [one.part for one in page.context["page"].dates] == ["morning", "afternoon"]
        keep(visit)
    assert "Arabic; French" in client.get("/c/river/agenda/visits/file/csv/").content.decode()


def test_a_half_day_is_kept_with_one_press(centre, on_workshops, client):
    room, visit = a_room(centre, places=30), a_class_visit(centre)
    day = centre.local_day(centre.now()) + timedelta(days=20)
    VisitDate.objects.create(visit=visit, day=day, part="morning")
    page = client.get(f"/c/river/agenda/visits/{visit.pk}/")
    assert f'value="{day}/morning"' in page.content.decode()
    answer = post(client, visit, "keep", half_day=f"{day}/morning")
    assert answer.status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.begins_at) == (
        "option",
        datetime.combine(day, HOURS["morning"][0], centre.zone),
    )
    assert [one.room for one in visit.bookings.all()] == [room]
    assert [one.person for one in visit.facilitations.all()] == [on_workshops]
    assert visit.option_until == centre.local_day(centre.now()) + timedelta(days=10)


def test_a_half_day_that_was_taken_meanwhile_is_refused(centre, on_workshops, client):
    room, visit = a_room(centre, places=30), a_class_visit(centre)
    day = centre.local_day(centre.now()) + timedelta(days=20)
    begins = datetime.combine(day, HOURS["morning"][0], centre.zone)
    session = a_session(an_event(centre), begins)
    Booking.objects.create(
        centre=centre, room=room, session=session, begins_at=begins, ends_at=begins + timedelta(hours=1)
    )
    answer = post(client, visit, "keep", half_day=f"{day}/morning")
    assert (answer.status_code, "not free any more" in answer.content.decode()) == (409, True)
    assert ClassVisit.objects.get().state == "asked"


def test_a_time_with_rooms_is_chosen_and_a_room_that_is_taken_says_by_whom(centre, staff, client):
    room, visit = a_room(centre), a_class_visit(centre)
    day = (centre.local_day(centre.now()) + timedelta(days=20)).isoformat()
    plan = {
        "day": day,
        "begins": "09:00",
        "ends": "11:30",
        "rooms": [str(room.pk)],
        "people": [str(staff.pk)],
    }
    other = a_class_visit(centre, school_name="Hill")
    assert post(client, other, "keep", **plan).status_code == 302
    answer = post(client, visit, "keep", **plan | {"words": "See you soon"})
    page = answer.content.decode()
    assert (answer.status_code, "is taken then by “Hill (24)”" in page, "See you soon" in page) == (
        409,
        True,
        True,
    )
    answer = post(client, visit, "keep", **plan | {"rooms": []})
    assert (answer.status_code, "leads “Hill (24)” then" in answer.content.decode()) == (409, True)
    assert post(client, visit, "keep", **plan | {"ends": "08:00"}).status_code == 422


def test_the_next_step_is_one_button(centre, staff, client):
    visit = keep(a_class_visit(centre))
    for step, state in (("confirm", "confirmed"), ("prepare", "prepared"), ("cancel", "cancelled")):
        form = said(visit)
        for _twice in range(2):
            answer = client.post(f"/c/river/agenda/visits/{visit.pk}/step/{step}/", form)
            assert answer.status_code == 302
        visit.refresh_from_db()
        assert visit.state == state
    assert post(client, visit, "step/confirm").status_code == 409
    assert post(client, visit, "step/nothing").status_code == 404


def test_words_numbers_and_arrival(centre, staff, client):
    visit = a_class_visit(centre)
    assert post(client, visit, "step/word", words="").status_code == 422
    assert post(client, visit, "step/word", words="Bring pens").status_code == 302
    assert post(client, visit, "step/numbers", pupils="20", adults="2").status_code == 302
    assert post(client, visit, "arrival", arrival="By the garden").status_code == 302
    names = "Emma Dupont, Lucas Martin, Manon Bernard"
    assert post(client, visit, "arrival", arrival=names).status_code == 422
    visit.refresh_from_db()
    assert (visit.pupils, visit.arrival) == (20, "By the garden")
    page = client.get(f"/c/river/agenda/visits/{visit.pk}/").content.decode()
    assert "Bring pens" in page
    assert "Camille Teacher" in page
    below = f"/c/river/agenda/visits/{visit.pk}/day/"
    assert below not in page  # there is no day yet
    keep(visit)
    assert below in client.get(f"/c/river/agenda/visits/{visit.pk}/").content.decode()


def test_what_the_teacher_changed_meanwhile_is_told(centre, staff, client):
    visit = keep(a_class_visit(centre))
    form = said(visit)
    doing = Doing(key=uuid4(), at=centre.now(), by_teacher=True)
    visits.change_numbers(visit=visit, pupils=20, adults=2, doing=doing)
    answer = client.post(f"/c/river/agenda/visits/{visit.pk}/step/confirm/", form)
    assert (answer.status_code, "changed the visit meanwhile" in answer.content.decode()) == (409, True)


def test_the_same_queries_for_one_visit_and_for_three(centre, staff, client, django_assert_num_queries):
    client.get("/c/river/agenda/visits/")
    for number in range(3):
        visit = a_class_visit(centre, school=a_school(centre, f"School {number}"))
        visit.kits.add(a_kit(centre, f"Kit {number}").kit)
        with django_assert_num_queries(5):
            client.get("/c/river/agenda/visits/")


def test_the_page_of_a_visit_asks_the_same_however_much_was_said(centre, on_workshops, client):
    visit = a_class_visit(centre)
    counts = set()
    for number in range(3):
        a_room(centre, f"Room {number}")
        visits.say(
            visit=visit, doing=Doing(key=uuid4(), at=centre.now(), by=on_workshops, words=f"Word {number}")
        )
        counts.add(_counted(client, f"/c/river/agenda/visits/{visit.pk}/"))
    assert len(counts) == 1
    assert counts.pop() <= 15


def _counted(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
