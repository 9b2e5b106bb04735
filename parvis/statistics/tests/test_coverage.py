"""Arrivals beside planned seats: which half-day an arrival stands under, what seats it asks for, who may read it."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person, a_theme
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket, coded_centre
from parvis.rota.factories import a_duty_slot, a_half_day, terms_for
from parvis.rota.models import Part
from parvis.statistics.queries.coverage import Place, Spoken, coverage, seats_wanted, weeks_until

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
TODAY = datetime(2026, 3, 18, 12, 0, tzinfo=PARIS)  # a Wednesday
MONDAY = date(2026, 3, 9)
LAST = (date(2026, 2, 16), date(2026, 3, 15))  # the four whole weeks before


@pytest.fixture
def centre():
    made = coded_centre(clock_set_at=TODAY, clock_showed=TODAY, clock_speed=0)
    made.languages = ["fr", "ar"]
    made.save()
    return made


def arrives(theme, day: date, at: time, **fields):
    return a_ticket(theme, datetime.combine(day, at, PARIS), **fields)


def test_only_whole_weeks_that_are_over(centre):
    assert weeks_until(date(2026, 3, 18), 4) == LAST
    assert weeks_until(date(2026, 3, 15), 1) == (date(2026, 3, 2), date(2026, 3, 8))
    assert weeks_until(date(2026, 3, 16), 1) == (date(2026, 3, 9), date(2026, 3, 15))


@pytest.mark.parametrize(
    ("people", "talk", "minutes", "seats"),
    [(0, 20, 210, 0), (1, 20, 210, 1), (8, 21, 210, 1), (9, 21, 210, 2), (16, 21, 210, 2), (17, 21, 210, 3)],
)
def test_seats_wanted_at_the_boundary(people, talk, minutes, seats):
    assert seats_wanted(people, talk, minutes) == seats


def test_an_arrival_stands_under_the_half_day_that_had_begun_or_was_soon_to(centre):
    theme = centre.themes.get()
    a_half_day(centre, MONDAY)  # 9:00 to 12:30
    a_half_day(centre, MONDAY, time(13, 30))
    for at in (time(8, 0), time(12, 10), time(12, 59), time(13, 0), time(16, 59)):
        arrives(theme, MONDAY, at)
    found = coverage(centre, *LAST)
    assert [(one.place, one.people, one.busy, one.days) for one in found.lines] == [
        (Place(0, Part.MORNING), 3.0, 3, 1),
        (Place(0, Part.AFTERNOON), 2.0, 2, 1),
    ]


def test_four_half_days_in_five_and_the_average(centre):
    theme = centre.themes.get()
    for week, many in enumerate((1, 2, 3, 9)):
        for minute in range(many):
            arrives(theme, MONDAY - timedelta(weeks=week), time(10, minute))
    (line,) = coverage(centre, *LAST).lines
    assert (line.days, line.people, line.busy, line.wanted, line.seats) == (4, 3.75, 9, 2, None)


def test_planned_seats_and_spoken_languages(centre):
    theme, other = centre.themes.get(), a_theme(centre, key="job")
    speaks = a_person(Role.ADVISER, centre=centre)
    terms_for(speaks, centre, theme, languages=["fr", "ar"])
    a_duty_slot(centre, speaks, MONDAY, theme=theme)
    a_duty_slot(centre, a_person(Role.ADVISER, centre=centre), MONDAY - timedelta(weeks=1), theme=theme)
    a_duty_slot(
        centre,
        a_person(Role.ADVISER, centre=centre),
        MONDAY - timedelta(weeks=1),
        theme=theme,
        state="absent",
    )
    for week in (0, 1):
        arrives(theme, MONDAY - timedelta(weeks=week), time(9, 30), language="ar")
        arrives(other, MONDAY - timedelta(weeks=week), time(9, 40))
    found = coverage(centre, *LAST)
    assert [(one.theme, one.seats) for one in found.lines] == [(theme, 1.0), (other, 0.0)]
    assert found.languages == [Spoken("ar", 2, 2, 1), Spoken("fr", 2, 2, 1)]


def test_talks_and_waits_come_from_reception(centre):
    theme = centre.themes.get()
    at = datetime.combine(MONDAY, time(10), PARIS)
    seat = a_seat([theme], at)
    ticket = a_ticket(theme, at - timedelta(minutes=12))
    actions.call_next(seat=seat, at=at)
    actions.start_interview(seat=seat, ticket=ticket, at=at)
    actions.finish_interview(seat=seat, ticket=ticket, at=at + timedelta(minutes=34))
    found = coverage(centre, *LAST)
    (line,) = found.lines
    assert (found.talk, line.waits.n, line.waits.median) == ({theme.pk: 34}, 1, 12)


def test_another_centre_s_arrivals_are_not_counted(centre):
    arrives(coded_centre().themes.get(), MONDAY, time(10))
    assert coverage(centre, *LAST).lines == []


def open_page(client, centre, role, name="coverage", **asked):
    client.force_login(a_person(role, centre=centre))
    return client.get(reverse(f"statistics:{name}", args=[centre.slug]), asked)


def test_the_page_and_who_may_take_its_seats_as_needs(client, centre):
    theme = centre.themes.get()
    arrives(theme, MONDAY, time(10))
    take = reverse("rota:needs_from_demand", args=[centre.slug])
    field = f'name="seats-0-morning-{theme.pk}" value="1"'
    page = open_page(client, centre, Role.DIRECTOR).content.decode()
    assert take in page
    assert field in page
    page = open_page(client, centre, Role.RECEPTIONIST).content.decode()
    assert take not in page
    assert field not in page


def test_an_adviser_may_not_and_another_centre_does_not_exist(client, centre):
    assert open_page(client, centre, Role.ADVISER).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=coded_centre()))
    for name in ("coverage", "coverage_csv", "coverage_xlsx"):
        assert client.get(reverse(f"statistics:{name}", args=[centre.slug])).status_code == 404


def test_an_empty_centre_says_what_will_stand_here(client, centre):
    assert "Nobody came in these weeks" in open_page(client, centre, Role.DIRECTOR).content.decode()


def test_an_unknown_number_of_weeks_is_the_usual_one(client, centre):
    assert open_page(client, centre, Role.DIRECTOR, weeks="7").context["found"].weeks == 13


def test_a_coordinator_reads_languages_protected(client, centre):
    theme = centre.themes.get()
    for minute in range(11):
        arrives(theme, MONDAY, time(10, minute))
    arrives(theme, MONDAY, time(11), language="ar")
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    page = client.get(reverse("statistics:coverage", args=[centre.slug]))
    assert [one[1] for one in page.context["languages"]] == [None, None]


def test_the_files_hold_the_page(client, centre):
    theme = centre.themes.get()
    arrives(theme, MONDAY, time(10))
    rows = list(
        csv.reader(
            StringIO(open_page(client, centre, Role.DIRECTOR, "coverage_csv").content.decode("utf-8-sig"))
        )
    )
    assert rows[1][:5] == [str(theme.name), "Monday, morning", "1", "1.0", "1"]
    book = load_workbook(BytesIO(open_page(client, centre, Role.DIRECTOR, "coverage_xlsx").content))
    assert book["Coverage"]["B2"].value == "Monday, morning"
    assert book["Languages"]["B2"].value == "–"


def test_one_and_three_rows_cost_the_same(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    address = reverse("statistics:coverage", args=[centre.slug])
    theme = centre.themes.get()
    arrives(theme, MONDAY, time(10))
    a_duty_slot(centre, a_person(Role.ADVISER, centre=centre), MONDAY, theme=theme)

    def cost():
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    cost()
    once = cost()
    for n, key in enumerate(("job", "change", "choose")):
        theme = a_theme(centre, key=key)
        arrives(theme, MONDAY + timedelta(days=n), time(14), language="ar")
        a_duty_slot(centre, a_person(Role.ADVISER, centre=centre), MONDAY + timedelta(days=n), theme=theme)
    assert cost() == once
