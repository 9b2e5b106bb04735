"""The page on which one says when one can come, on a phone."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota import actions
from parvis.rota.factories import (
    a_duty_slot,
    a_half_day,
    a_leave,
    a_need,
    a_pattern,
    a_roster_call,
    comes_from,
    main_site,
    speaks_for,
    terms_for,
)
from parvis.rota.models import Leave, Part, RosterAnswer, Wish, WishForHalfDay, WorkingPattern

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def centre():
    centre = a_centre(clock_set_at=timezone.now(), clock_showed=AT, clock_speed=0)
    main_site(centre).hours.create(weekday=0, opens=time(9), closes=time(17))
    return centre


@pytest.fixture
def person(centre):
    return a_person(Role.ADVISER, centre=centre, name="Awa B.")


@pytest.fixture
def half_days(centre):
    found = [a_half_day(centre, MONDAY + timedelta(days=n)) for n in (7, 8, 9)]
    for one in found:
        a_need(one)
    return found


def page(client, who, centre, person=None, **query):
    client.force_login(who)
    if person:
        return client.get(reverse("rota:availability_of", args=[centre.slug, person.pk]), query)
    return client.get(reverse("rota:availability", args=[centre.slug]), query)


def tap(client, who, centre, person, **fields):
    client.force_login(who)
    address = reverse("rota:say", args=[centre.slug, person.pk])
    return client.post(address, fields, headers={"HX-Request": "true"})


def test_one_tap_keeps_a_part_of_the_usual_week(client, centre, person):
    assert "Monday, Morning" in page(client, person, centre).content.decode()
    answer = tap(client, person, centre, person, **{"u.every.0.morning": "prefers"})
    assert answer.status_code == 200
    assert WorkingPattern.objects.values_list("person", "weekday", "part", "weeks", "wish").get() == (
        person.pk, 0, "morning", "every", "prefers"
    )  # fmt: skip
    assert 'hx-vals=\'{"u.every.0.morning": ""}\'' in answer.content.decode()
    again = tap(client, person, centre, person, **{"u.every.0.morning": "prefers"})
    assert (again.status_code, WorkingPattern.objects.count()) == (200, 1)
    tap(client, person, centre, person, **{"u.every.0.morning": ""})
    assert not WorkingPattern.objects.exists()


def test_odd_weeks_show_what_is_said_for_every_week(client, centre, person):
    a_pattern(person, centre, 0, Part.MORNING, Wish.CAN)
    text = page(client, person, centre, weeks="odd").content.decode()
    assert "as every week" in text
    tap(client, person, centre, person, **{"u.odd.0.morning": "cannot"})
    assert WorkingPattern.objects.get(weeks="odd").wish == Wish.CANNOT


def test_dates_are_filled_in_and_one_tap_changes_one(client, centre, person, half_days):
    a_pattern(person, centre, 0, Part.MORNING, Wish.CAN)
    text = page(client, person, centre).content.decode()
    assert "from the usual week" in text
    assert "1 of 3 half-days possible" in text
    name = f"d.{half_days[1].pk}"
    told = tap(client, person, centre, person, **{name: "rather_not"}).content.decode()
    assert "2 of 3 half-days possible" in told
    assert WishForHalfDay.objects.get().wish == Wish.RATHER_NOT
    tap(client, person, centre, person, **{name: ""})
    assert not WishForHalfDay.objects.exists()


def test_without_scripts_the_whole_page_is_sent_and_what_the_week_fills_in_stays_its_own(
    client, centre, person, half_days
):
    a_pattern(person, centre, 0, Part.MORNING, Wish.CAN)
    client.force_login(person)
    fields = {f"d.{half_days[0].pk}": "can", f"d.{half_days[1].pk}": "prefers"}
    client.post(reverse("rota:say", args=[centre.slug, person.pk]), fields)
    assert WishForHalfDay.objects.get().half_day == half_days[1]


def test_a_quarter_of_dates_is_light_and_each_week_unfolds_by_itself(client, centre, person):
    a_roster_call(centre, MONDAY, MONDAY + timedelta(days=90), MONDAY)
    for n in range(13 * 7):
        if n % 7 < 5:
            for starts in (time(9), time(14)):
                a_need(a_half_day(centre, MONDAY + timedelta(days=n), starts))
    whole = page(client, person, centre)
    text = whole.content.decode()
    assert (text.count("Week of "), text.count("0 of 10 half-days possible")) == (13, 13)
    assert (text.count('id="f.d.'), len(whole.content) < 100_000) == (10, True)
    assert 'hx-get="?week=2026-05-25" hx-trigger="toggle once"' in text
    assert '<noscript><p><a href="?week=2026-05-25#week-2026-05-25">' in text
    without_scripts = page(client, person, centre, week="2026-05-25").content.decode()
    assert (without_scripts.count('id="f.d.'), "Monday 25 May" in without_scripts) == (10, True)
    address = reverse("rota:availability", args=[centre.slug])
    part = client.get(address, {"week": "2026-05-27"}, headers={"HX-Request": "true"}).content.decode()
    assert (part.count('id="f.d.'), "Monday 25 May" in part, "<html" in part) == (10, True, False)
    for none in ("2026-06-01", "2025-01-06", "x"):
        answer = client.get(address, {"week": none}, headers={"HX-Request": "true"})
        assert (none, answer.status_code) == (none, 404)


@pytest.mark.parametrize(
    "field", ["u.every.7.morning", "u.every.0.night", "u.some.0.morning", "d.0", "d.x", "u.every"]
)
def test_a_field_that_means_nothing_is_refused(client, centre, person, field):
    assert tap(client, person, centre, person, **{field: "can"}).status_code == 404
    assert tap(client, person, centre, person, **{"u.every.0.morning": "maybe"}).status_code == 404


def test_a_half_day_of_another_centre_is_not_found(client, centre, person):
    other = a_half_day(a_centre(), MONDAY)
    assert tap(client, person, centre, person, **{f"d.{other.pk}": "can"}).status_code == 404


def leave(client, who, centre, person, **fields):
    client.force_login(who)
    said = {"key": str(uuid4()), "first_day": "2026-03-09", "last_day": "", "part": ""}
    return client.post(reverse("rota:leave", args=[centre.slug, person.pk]), said | fields)


def test_leave_is_kept_once_and_given_back(client, centre, person, half_days):
    key = str(uuid4())
    for _n in range(2):
        assert leave(client, person, centre, person, key=key).status_code == 302
    row = Leave.objects.get()
    assert (row.first_day, row.last_day, row.said_by) == (date(2026, 3, 9), date(2026, 3, 9), person)
    assert "on leave" in page(client, person, centre).content.decode()
    client.post(reverse("rota:give_back", args=[centre.slug, person.pk, row.pk]))
    assert not Leave.objects.exists()


def test_leave_that_ends_before_it_begins_or_is_too_long(client, centre, person):
    wrong = leave(client, person, centre, person, last_day="2026-03-01")
    assert (wrong.status_code, "It ends before it begins." in wrong.content.decode()) == (422, True)
    long = leave(client, person, centre, person, last_day="2028-03-01")
    assert (long.status_code, Leave.objects.count()) == (422, 0)


def test_a_leave_tells_on_how_many_duties_one_is(client, centre, person):
    a_duty_slot(centre, person, date(2026, 3, 9))
    a_leave(person, centre, date(2026, 3, 9), date(2026, 3, 10))
    assert "on duty 1 time" in page(client, person, centre).content.decode()


def test_a_leave_over_duties_is_told_with_one_button(client, centre, person):
    slot = a_duty_slot(centre, person, date(2026, 3, 9))
    kept = a_leave(person, centre, date(2026, 3, 9), date(2026, 3, 10))
    told = "Tell it, so that somebody is looked for"
    assert told in page(client, person, centre).content.decode()
    days = {"first_day": "2026-03-09", "last_day": "2026-03-10", "part": ""}
    address = reverse("rota:absence_of", args=[centre.slug, person.pk])
    assert client.post(address, days | {"key": kept.key}).status_code == 302
    slot.refresh_from_db()
    assert (slot.state, Leave.objects.get()) == ("absent", kept)
    assert told not in page(client, person, centre).content.decode()


def test_a_call_is_answered_with_a_word_and_can_be_changed_until_closed(client, centre, person):
    call = a_roster_call(centre, MONDAY, date(2026, 5, 31), date(2026, 3, 10))
    assert "That is all: answered" in page(client, person, centre).content.decode()
    address = reverse("rota:answered", args=[centre.slug, person.pk, call.pk])
    assert client.post(address, {"remark": "Ask Jean Dupont, 06 12 34 56 78"}).status_code == 422
    client.post(address, {"remark": "Mornings suit me"})
    client.post(address, {"remark": "Two in a row suit me"})
    answer = RosterAnswer.objects.get()
    assert (answer.person, answer.answered_by, answer.remark) == (person, person, "Two in a row suit me")
    call.closed_at = AT
    call.save()
    with pytest.raises(actions.CallClosed):
        actions.answer_call(call=call, person=person, by=person, at=AT)


def test_limits_are_read_and_say_whom_to_ask(client, centre, person):
    a_person(Role.DIRECTOR, centre=centre, name="Samira Vidal")
    terms_for(person, centre, a_theme(centre), per_week=3)
    text = page(client, person, centre).content.decode()
    assert "Find training" in text
    assert "To change them, ask Samira Vidal." in text


@pytest.fixture
def cast(centre, person):
    """A coordinator of the person's institution, and somebody of another one."""
    school, union = (an_institution(centre, name).institution for name in ("School", "Union"))
    comes_from(person, centre, school)
    other = a_person(Role.ADVISER, centre=centre)
    comes_from(other, centre, union)
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    speaks_for(coordinator, centre, school)
    return coordinator, other


def test_a_coordinator_answers_for_their_own_people_only(client, centre, person, cast):
    coordinator, other = cast
    assert "When Awa B. can come" in page(client, coordinator, centre, person).content.decode()
    assert tap(client, coordinator, centre, person, **{"u.every.0.morning": "can"}).status_code == 200
    leave(client, coordinator, centre, person)
    assert Leave.objects.get().said_by == coordinator
    assert page(client, coordinator, centre, other).status_code == 404
    assert tap(client, coordinator, centre, other, **{"u.every.0.morning": "can"}).status_code == 404
    assert leave(client, coordinator, centre, other).status_code == 404
    call = a_roster_call(centre, MONDAY, MONDAY, MONDAY)
    for whom, status in ((person, 302), (other, 404)):
        address = reverse("rota:answered", args=[centre.slug, whom.pk, call.pk])
        assert client.post(address, {}).status_code == status
    given = reverse("rota:give_back", args=[centre.slug, other.pk, Leave.objects.get().pk])
    assert client.post(given).status_code == 404


def test_an_adviser_sees_no_colleague_s(client, centre, person, cast):
    assert page(client, person, centre, cast[1]).status_code == 404
    address = reverse("rota:availability_of", args=[centre.slug, cast[1].pk])
    part = client.get(address, {"week": "2026-03-09"}, headers={"HX-Request": "true"})
    assert part.status_code == 404


def test_nobody_of_another_centre_is_seen_by_who_plans(client, centre):
    director = a_person(Role.DIRECTOR, centre=centre)
    stranger = a_person(Role.ADVISER, centre=a_centre())
    assert page(client, director, centre, stranger).status_code == 404


def test_as_many_queries_for_one_as_for_three(client, centre, person, half_days, django_assert_num_queries):
    client.force_login(person)
    address = reverse("rota:availability", args=[centre.slug])
    for _n in range(2):  # the first time, the session is new
        with CaptureQueriesContext(connection) as first:
            client.get(address)
    for n in (20, 21):
        a_need(a_half_day(centre, MONDAY + timedelta(days=n)))
        a_leave(person, centre, MONDAY + timedelta(days=n))
    a_leave(person, centre, MONDAY)
    with django_assert_num_queries(len(first) + 1):  # the duties on days of leave
        client.get(address)
