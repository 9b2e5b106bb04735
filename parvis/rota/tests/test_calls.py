"""A roster call: everybody is asked, who is silent is seen and reminded, answers count until it is closed."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.partners.factories import an_institution
from parvis.rota import actions
from parvis.rota.actions.calls import Asking, tell_call
from parvis.rota.factories import a_roster_call, comes_from, speaks_for, terms_for
from parvis.rota.models import RosterCall
from parvis.rota.queries.calls import asked

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SAID = Asking(
    MONDAY + timedelta(days=28), MONDAY + timedelta(days=90), MONDAY + timedelta(days=14), "À vous."
)


@pytest.fixture
def centre():
    return a_centre(clock_set_at=timezone.now(), clock_showed=AT, clock_speed=0)


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


@pytest.fixture
def people(centre, school):
    """Two on the rota, of whom one comes from the school; one whose terms ended; one without any."""
    lent, own, over, none = (
        a_person(Role.ADVISER, centre=centre, name=name) for name in ("Awa", "Bruno", "Camille", "Driss")
    )
    comes_from(lent, centre, school)
    for person in (lent, own):
        terms_for(person, centre)
    terms_for(over, centre, until=MONDAY)
    return lent, own, over, none


@pytest.fixture
def director(centre):
    return a_person(Role.DIRECTOR, centre=centre)


def opened(centre, director, key=None):
    return actions.open_call(
        key=key or uuid4(), centre=centre, said=SAID, by=director, at=AT, link="http://x/"
    )


def to(name, centre, *args):
    return reverse(f"rota:{name}", args=[centre.slug, *args])


def test_everybody_on_the_rota_is_asked_once(centre, people, director):
    key = uuid4()
    call = opened(centre, director, key)
    assert opened(centre, director, key) == call
    assert [line.person.name for line in asked(call)] == ["Awa", "Bruno"]


def test_each_gets_a_mail_in_their_language(centre, people, director):
    call = opened(centre, director)
    people[0].language = "fr"
    people[0].save()
    tell_call.func(call.pk, [people[0].pk, people[1].pk], "http://x/", False)
    subjects = sorted(one.subject for one in mail.outbox)
    assert subjects[0].startswith("Quand pouvez-vous venir")
    assert subjects[1].startswith("When can you come to")
    assert all("http://x/" in one.body and "À vous." in one.body for one in mail.outbox)


def test_a_reminder_once_a_day_to_who_is_silent(centre, people, director):
    call = opened(centre, director)
    with pytest.raises(actions.RemindedToday):
        actions.remind(call=call, at=AT, link="")
    actions.answer_call(call=call, person=people[0], by=people[0], at=AT)
    assert actions.remind(call=call, at=AT + timedelta(days=1), link="") == 1
    with pytest.raises(actions.RemindedToday):
        actions.remind(call=call, at=AT + timedelta(days=1, hours=2), link="")
    actions.close_call(call=call, at=AT)
    with pytest.raises(actions.CallClosed):
        actions.remind(call=call, at=AT + timedelta(days=2), link="")


def test_after_the_deadline_answers_count_until_it_is_closed(centre, people, director):
    call = opened(centre, director)
    late = AT + timedelta(days=20)
    actions.answer_call(call=call, person=people[0], by=director, at=late)
    actions.close_call(call=call, at=late)
    with pytest.raises(actions.CallClosed):
        actions.answer_call(call=call, person=people[1], by=people[1], at=late)
    actions.reopen_call(call=call, deadline=late.date())
    actions.answer_call(call=call, person=people[1], by=people[1], at=late)
    assert call.answers.count() == 2


def test_the_pages_of_who_plans(client, centre, people, director):
    client.force_login(director)
    assert "No call yet" in client.get(to("calls", centre)).content.decode()
    said = {
        "key": str(uuid4()),
        "first_day": "2026-04-01",
        "last_day": "2026-06-30",
        "deadline": "2026-03-15",
    }
    for wrong in ({"last_day": "2026-03-01"}, {"deadline": "2026-03-01"}, {"words": "Ring 06 12 34 56 78"}):
        assert client.post(to("new_call", centre), said | wrong).status_code == 422
    for _n in range(2):
        answer = client.post(to("new_call", centre), said)
    call = RosterCall.objects.get()
    assert answer["Location"] == to("call", centre, call.pk)
    text = client.get(to("call", centre, call.pk)).content.decode()
    assert "<strong>0</strong> of 2 have answered." in text
    assert text.index("School") < text.index("The centre’s own staff")
    client.post(to("remind", centre, call.pk))
    client.post(to("close_call", centre, call.pk))
    assert "Closed on" in client.get(to("call", centre, call.pk)).content.decode()
    assert client.post(to("reopen_call", centre, call.pk), {"deadline": "2026-03-01"}).status_code == 422
    client.post(to("reopen_call", centre, call.pk), {"deadline": "2026-03-20"})
    assert (RosterCall.objects.get().closed_at, RosterCall.objects.get().deadline) == (
        None,
        date(2026, 3, 20),
    )


def test_a_second_call_for_the_same_days_is_opened_knowingly(client, centre, people, director):
    client.force_login(director)
    elsewhere = a_centre()
    said = {
        "key": str(uuid4()),
        "first_day": "2026-04-01",
        "last_day": "2026-06-30",
        "deadline": "2026-03-15",
    }
    for place in (centre, elsewhere):
        a_roster_call(place, date(2026, 6, 30), date(2026, 9, 30), date(2026, 3, 20))
    answer = client.post(to("new_call", centre), said)
    text = answer.content.decode()
    assert (answer.status_code, RosterCall.objects.filter(centre=centre).count()) == (422, 1)
    assert "Another call for some of these days is open: see below." in text
    assert ">30 June – 30 September 2026</a> is open already." in text
    assert 'value="2026-04-01"' in text
    for _n in range(2):  # sent twice, it is opened once, and is not in its own way
        answer = client.post(to("new_call", centre), said | {"all_the_same": "on"})
    assert (answer.status_code, RosterCall.objects.filter(centre=centre).count()) == (302, 2)
    assert "is open already." in client.get(to("new_call", centre)).content.decode()
    RosterCall.objects.filter(centre=centre).update(closed_at=AT)
    assert "is open already." not in client.get(to("new_call", centre)).content.decode()
    third = said | {"key": str(uuid4())}
    assert client.post(to("new_call", centre), third).status_code == 302


def test_a_coordinator_follows_their_own_people_only(client, centre, people, school, director):
    call = opened(centre, director)
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    speaks_for(coordinator, centre, school)
    client.force_login(coordinator)
    text = client.get(to("call", centre, call.pk)).content.decode()
    assert ("Awa" in text, "Bruno" in text, "Close the call" in text) == (True, False, False)
    assert client.get(to("calls", centre)).status_code == 200
    for name in ("remind", "close_call", "reopen_call"):
        assert client.post(to(name, centre, call.pk)).status_code == 403


def test_an_adviser_and_a_coordinator_without_institution_see_no_call(client, centre, people, director):
    call = opened(centre, director)
    client.force_login(people[0])
    assert [client.get(to(*one)).status_code for one in (("calls", centre), ("call", centre, call.pk))] == [
        404,
        404,
    ]
    client.force_login(a_person(Role.PARTNER_COORDINATOR, centre=centre))
    assert client.get(to("call", centre, call.pk)).status_code == 404
    client.force_login(director)
    other = a_roster_call(a_centre(), MONDAY, MONDAY, MONDAY)
    assert client.get(to("call", centre, other.pk)).status_code == 404


def test_as_many_queries_for_two_people_as_for_five(
    client, centre, people, director, django_assert_num_queries
):
    call = opened(centre, director)
    client.force_login(director)
    client.get(to("call", centre, call.pk))
    with CaptureQueriesContext(connection) as one:
        client.get(to("call", centre, call.pk))
    for _n in range(3):
        terms_for(person := a_person(Role.ADVISER, centre=centre), centre)
        actions.answer_call(call=call, person=person, by=director, at=AT)
    with django_assert_num_queries(len(one)):
        client.get(to("call", centre, call.pk))
