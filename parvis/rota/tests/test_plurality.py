"""How many institutions share a theme: what is counted, where the boundaries lie; and the page."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota.factories import AFTERNOON, a_duty_slot, a_half_day, a_need
from parvis.rota.models import DutyKind, DutySlot, Held
from parvis.rota.periods import Period
from parvis.rota.queries.plurality import OWN, Stay, plurality_of, views

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
MARCH = Period(date(2026, 3, 1), 1)
HALF = 210  # minutes of a half-day of the factories


def stay(half_day, institution, minutes=60):
    return Stay(DAY, 1, half_day, institution, minutes)


def test_two_institutions_together_are_counted_by_half_day():
    found = plurality_of([stay(1, 7), stay(1, 8), stay(2, 7), stay(2, 7), stay(3, 8)])
    assert (found.half_days, found.with_two, found.share_with_two) == (3, 1, 33)
    assert (found.institutions, found.minutes, found.largest, found.share_largest) == (2, 300, 180, 60)


def test_own_staff_is_an_institution_the_centre_itself():
    found = plurality_of([stay(1, OWN), stay(1, 7)])
    assert (found.institutions, found.with_two) == (2, 1)
    alone = plurality_of([stay(1, OWN), stay(1, OWN)])
    assert (alone.institutions, alone.with_two, alone.share_largest) == (1, 0, 100)


def test_nobody_on_duty_is_no_half_day_and_in_no_share():
    found = plurality_of([], wanted=[1, 2])
    assert (found.half_days, found.empty, found.institutions) == (0, 2, 0)
    assert (found.share_with_two, found.share_largest, found.share_held) == (None, None, None)
    assert plurality_of([stay(1, 7)], wanted=[1, 2]).empty == 1


def test_the_share_is_of_minutes_and_not_of_people():
    found = plurality_of([stay(1, 7, 210), stay(1, 8, 60), stay(2, 8, 60)])
    assert (found.largest, found.share_largest) == (210, 64)


def test_what_was_held_has_a_share_of_its_own():
    found = plurality_of([stay(1, 7)], held=[stay(0, 7, 30), stay(0, 8, 90)])
    assert (found.held, found.held_largest, found.share_held) == (120, 90, 75)


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def theme(centre):
    return a_theme(centre)


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


def person(centre):
    return a_person(Role.ADVISER, centre=centre)


def test_absent_and_cancelled_duties_are_left_aside(centre, theme, school):
    a_duty_slot(centre, person(centre), DAY, theme=theme)
    for state in (DutySlot.State.ABSENT, DutySlot.State.CANCELLED):
        a_duty_slot(centre, person(centre), DAY, theme=theme, institution=school, state=state)
    (line,) = views(centre, MARCH).lines
    assert (line.now.institutions, line.now.minutes) == (1, HALF)


def test_months_end_at_midnight_and_the_period_before_stands_beside(centre, theme, school):
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)):
        a_duty_slot(centre, person(centre), day, theme=theme, institution=school)
    (line,) = views(centre, MARCH).lines
    assert (line.now.half_days, line.before.half_days) == (2, 1)
    (quarter,) = views(centre, Period(date(2026, 1, 1), 3)).lines
    assert [month.half_days for month in quarter.months] == [0, 1, 2]


def test_reception_another_theme_and_another_centre_count_elsewhere(centre, theme, school):
    a_duty_slot(centre, person(centre), DAY)
    other = a_theme(centre, "jobs")
    a_duty_slot(centre, person(centre), DAY, theme=other, institution=school)
    elsewhere = a_centre()
    a_duty_slot(elsewhere, person(elsewhere), DAY, theme=a_theme(elsewhere))
    a_need(a_half_day(centre, DAY, AFTERNOON[0]), theme)
    lines = views(centre, MARCH).lines
    assert [(line.theme, line.now.half_days, line.now.empty) for line in lines] == [
        (theme, 0, 1),
        (other, 1, 0),
    ]


def test_held_time_that_has_not_ended_is_not_counted(centre, theme, school):
    begun = datetime(2026, 3, 3, 9, tzinfo=UTC)
    usual = {"centre": centre, "duty": DutyKind.ADVICE, "date": DAY, "begun_at": begun, "institution": school}
    Held.objects.create(
        key=uuid4(), theme=theme, ended_at=begun + timedelta(minutes=90), ending="seat", **usual
    )
    Held.objects.create(key=uuid4(), theme=theme, person=person(centre), **usual)
    Held.objects.create(
        key=uuid4(), theme=None, ended_at=begun + timedelta(minutes=5), ending="seat", **usual
    )
    (line,) = views(centre, MARCH).lines
    assert line.now.held == 90


def at(centre, name="plurality", **more):
    return reverse(f"rota:{name}", kwargs={"centre": centre.slug, **more})


def test_the_page_and_its_files_tell_the_same(centre, theme, school, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="en", name="Dora"))
    assert "As soon as a rota is published" in client.get(at(centre)).content.decode()
    adviser = a_person(Role.ADVISER, centre=centre, name="Ana Ribeiro")
    a_duty_slot(centre, adviser, DAY, theme=theme, institution=school)
    a_duty_slot(centre, person(centre), DAY, theme=theme)
    page = client.get(at(centre) + "?period=2026-03").content.decode()
    assert "100\N{NO-BREAK SPACE}%" in page
    assert "50\N{NO-BREAK SPACE}%" in page
    assert "Ana Ribeiro" not in page
    assert "School" not in page
    assert "from one institution alone" not in page
    file = client.get(at(centre, "plurality_file", form="csv") + "?period=2026-03").content.decode()
    assert "Find training,March 2026,2,1,1,100,0,420,50,0," in file
    assert client.get(at(centre, "plurality_file", form="xlsx") + "?period=2026-Q1").content[:2] == b"PK"
    assert client.get(at(centre, "plurality_file", form="pdf")).status_code == 404
    assert client.get(at(centre) + "?period=soon").status_code == 404


def test_advisers_do_not_read_it_and_other_centres_are_not_there(centre, client):
    client.force_login(person(centre))
    assert client.get(at(centre)).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert client.get(at(a_centre())).status_code == 404


def test_the_page_asks_the_same_for_one_and_for_three(centre, school, client, django_assert_max_num_queries):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))

    def another(key):
        a_duty_slot(centre, person(centre), DAY, theme=a_theme(centre, key), institution=school)
        a_need(a_half_day(centre, DAY + timedelta(days=len(key)), time(9)), a_theme(centre, key + "-too"))

    def asked():
        with django_assert_max_num_queries(30) as queries:
            client.get(at(centre) + "?period=2026-03")
        return len(queries)

    another("a")
    client.get(at(centre))
    one = asked()
    another("bb"), another("ccc")
    assert asked() == one
