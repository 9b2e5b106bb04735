"""Laying half-days out, changing single dates, school holidays."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.rota import actions
from parvis.rota.factories import (
    a_duty_slot,
    a_half_day,
    a_need,
    a_pattern_half_day,
    a_pattern_need,
    a_school_holiday,
    a_season,
    main_site,
)
from parvis.rota.models import HalfDay, SchoolHoliday
from parvis.rota.school_calendar import Found, Unreadable, read_ics, read_lines
from parvis.rota.tests.duty import a_stretch

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def centre():
    centre = a_centre(clock_set_at=timezone.now(), clock_showed=AT, clock_speed=0)
    main_site(centre).hours.create(weekday=0, opens=time(9), closes=time(18))
    return centre


@pytest.fixture
def theme(centre):
    return a_theme(centre)


@pytest.fixture
def season(centre, theme):
    season = a_season(centre)
    a_pattern_need(a_pattern_half_day(season, 0), theme)
    return season


@pytest.fixture(autouse=True)
def director(centre, client):
    person = a_person(Role.DIRECTOR, centre=centre)
    client.force_login(person)
    return person


def to(name, centre, *args):
    return reverse(f"rota:{name}", args=[centre.slug, *args])


def test_half_days_are_shown_before_they_are_laid_out(client, centre, season):
    span = {"first": "2026-03-02", "last": "2026-03-29"}
    text = client.get(to("make", centre), span).content.decode()
    assert '<span class="stat-figure">4</span>' in text
    assert not HalfDay.objects.exists()
    done = client.post(to("make", centre), span)
    assert done["Location"] == to("calendar_of", centre, "2026-03-02")
    assert HalfDay.objects.count() == 4
    assert "Nothing to do" in client.get(to("make", centre), span).content.decode()
    assert client.get(to("make", centre), span | {"last": "2026-03-01"}).status_code == 422
    assert client.get(to("make", centre), span | {"last": "2029-03-01"}).status_code == 422


def test_the_month_shows_seats_and_who_was_changed_by_hand(client, centre, theme):
    half = a_half_day(centre, MONDAY, by_hand=True)
    a_need(half, theme, seats=3)
    a_duty_slot(centre, None, MONDAY, theme=theme)
    text = client.get(to("calendar", centre)).content.decode()
    for words in ("March 2026", "3 seats", "1 on duty", "by hand", to("date", centre, half.pk)):
        assert words in text
    assert client.get(to("calendar_of", centre, "never")).status_code == 404


def test_one_date_is_changed_closed_and_given_back_to_its_season(client, centre, theme, season):
    actions.make_half_days(centre=centre, first=MONDAY, last=MONDAY, at=AT)
    half = HalfDay.objects.get()
    said = {"starts": "09:00", "ends": "12:30", f"advice.{theme.pk}.seats": "4"}
    assert client.post(to("date", centre, half.pk), said).status_code == 302
    half.refresh_from_db()
    assert (half.by_hand, half.needs.get().seats) == (True, 4)
    client.post(to("close_date", centre, half.pk))
    assert (half.needs.count(), HalfDay.objects.get().by_hand) == (0, True)
    actions.make_half_days(centre=centre, first=MONDAY, last=MONDAY, at=AT)
    assert half.needs.count() == 0
    client.post(to("reset_date", centre, half.pk))
    assert (half.needs.get().seats, HalfDay.objects.get().by_hand) == (2, False)


def test_other_hours_are_told_to_who_is_on_duty_what_is_held_and_the_past_stay(client, centre, theme):
    slot = a_duty_slot(centre, None, MONDAY + timedelta(days=7), theme=theme)
    half = slot.half_day
    said = {"starts": "10:00", "ends": "12:30", f"advice.{theme.pk}.seats": "4"}
    assert client.post(to("date", centre, half.pk), said).status_code == 302
    slot.refresh_from_db()
    assert (slot.sequence, HalfDay.objects.get(pk=half.pk).starts) == (1, time(10))
    a_stretch(slot, *half.bounds)
    answer = client.post(to("date", centre, half.pk), said | {"starts": "09:00"})
    assert (answer.status_code, "its hours stay" in answer.content.decode()) == (422, True)
    past = a_half_day(centre, date(2026, 2, 2))
    assert client.post(to("date", centre, past.pk), said).status_code == 404
    assert client.post(to("close_date", centre, past.pk)).status_code == 404
    assert "That day is over" in client.get(to("date", centre, past.pk)).content.decode()


def test_an_extra_half_day(client, centre):
    said = {"day": "2026-03-07", "starts": "10:00", "ends": "13:00"}
    answer = client.post(to("extra_half_day", centre), said)
    half = HalfDay.objects.get()
    assert (answer["Location"], half.by_hand) == (to("date", centre, half.pk), True)
    assert client.post(to("extra_half_day", centre), said).status_code == 422
    assert client.post(to("extra_half_day", centre), said | {"day": "2026-03-01"}).status_code == 422


def test_a_half_day_of_another_centre_is_not_found(client, centre):
    other = a_half_day(a_centre(), MONDAY)
    for name in ("date", "close_date", "reset_date"):
        assert client.post(to(name, centre, other.pk)).status_code == 404


def test_as_many_queries_for_a_half_day_as_for_three(client, centre, theme, django_assert_num_queries):
    for day in (2, 3, 4):
        a_need(a_half_day(centre, date(2026, 3, day)), theme)
        a_duty_slot(centre, None, date(2026, 3, day), theme=theme)
        if day == 2:
            client.get(to("calendar", centre))
        with django_assert_num_queries(9):
            client.get(to("calendar", centre))


def test_school_holidays_one_by_one(client, centre):
    said = {"name": "Winter", "first_day": "2026-02-14", "last_day": "2026-03-01"}
    for _n in range(2):
        assert client.post(to("school_holidays", centre), said).status_code == 302
    row = SchoolHoliday.objects.get()
    overlap = client.post(to("school_holidays", centre), said | {"first_day": "2026-02-20", "name": "Other"})
    assert (overlap.status_code, "lie in “Winter” already" in overlap.content.decode()) == (422, True)
    client.post(to("school_holiday", centre, row.pk), said | {"name": "Ski"})
    assert SchoolHoliday.objects.get().name == "Ski"
    client.post(to("drop_holiday", centre, row.pk))
    assert not SchoolHoliday.objects.exists()
    assert client.post(to("school_holidays", centre), said | {"last_day": "2026-02-01"}).status_code == 422


def test_several_are_shown_before_those_that_are_ticked_are_kept(client, centre):
    a_school_holiday(centre, date(2026, 4, 11), date(2026, 4, 26), name="Spring")
    text = "Winter; 2026-02-14; 2026-03-01\nPâques, 11/04/2026, 20/04/2026\nRentrée 01.09.2026\nNothing here"
    report = client.post(to("several_holidays", centre), {"lines": text}).content.decode()
    for words in ("Winter", "overlaps “Spring”", "a single day", "1 line was passed over"):
        assert words in report
    assert SchoolHoliday.objects.count() == 1
    chosen = ["2026-02-14/2026-03-01", "2026-04-11/2026-04-20"]
    client.post(to("several_holidays", centre), {"lines": text, "confirmed": "1", "line": chosen})
    assert list(SchoolHoliday.objects.values_list("name", flat=True)) == ["Winter", "Spring"]
    assert client.post(to("several_holidays", centre), {"lines": ""}).status_code == 422


ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//School//EN\r
BEGIN:VEVENT\r
UID:1\r
SUMMARY:Vacances d'hiver; zone B\r
DTSTART;VALUE=DATE:20260214\r
DTEND;VALUE=DATE:20260302\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
SUMMARY:Rentree\r
DTSTART;VALUE=DATE:20260901\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
SUMMARY:No date\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_calendar_file(client, centre):
    read = read_ics(ICS)
    assert read.found == [
        Found(date(2026, 2, 14), date(2026, 3, 1), "Vacances d'hiver; zone B"),
        Found(date(2026, 9, 1), date(2026, 9, 1), "Rentree"),
    ]
    assert read.passed == ["No date"]
    file = SimpleUploadedFile("school.ics", ICS)
    report = client.post(to("several_holidays", centre), {"file": file}).content.decode()
    assert "Vacances d&#x27;hiver; zone B; 2026-02-14; 2026-03-01" in report
    sent = {"lines": "Vacances d'hiver; zone B; 2026-02-14; 2026-03-01", "confirmed": "1"}
    client.post(to("several_holidays", centre), sent | {"line": ["2026-02-14/2026-03-01"]})
    assert SchoolHoliday.objects.get().name == "Vacances d'hiver zone B"
    junk = SimpleUploadedFile("school.ics", b"\x00\xff not a calendar")
    assert client.post(to("several_holidays", centre), {"file": junk}).status_code == 422


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(content):
    with suppress(Unreadable):
        read_ics(content)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    for one in read_lines(text).found:
        assert one.first <= one.last
        assert one.name


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 100))
def test_lines_are_read_back(first, days):
    last = date.fromordinal(first.toordinal() + days)
    assert read_lines(f"Holidays; {first.isoformat()}; {last.isoformat()}").found == [
        Found(first, last, "Holidays")
    ]
