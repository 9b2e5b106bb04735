"""Today and the week: right figures, who may see them, a fixed number of queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket, an_act, coded_centre
from parvis.statistics.queries import Waits, report

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
DAY = NOON.date()


@pytest.fixture
def centre():
    return coded_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0)


def waited(centre, seat, minutes, closed_after=timedelta()):
    start = NOON - timedelta(minutes=minutes)
    ticket = a_ticket(centre.themes.get(), start)
    actions.call_next(seat=seat, at=NOON)
    actions.start_interview(seat=seat, ticket=ticket, at=NOON)
    actions.finish_interview(seat=seat, ticket=ticket, at=NOON + closed_after)


def test_waits_are_ranked_and_tickets_closed_on_another_day_left_out(centre):
    seat = a_seat([centre.themes.get()], NOON)
    for minutes in range(1, 11):
        waited(centre, seat, minutes)
    waited(centre, seat, 50, closed_after=timedelta(days=1))
    found = report(centre, DAY, DAY, NOON)
    assert (found.waits, found.left_out) == (Waits(10, 5, 9), 1)
    assert [(theme, waits.n) for theme, waits in found.by_theme] == [(centre.themes.get(), 10)]
    assert found.uncoded == 11


@pytest.mark.parametrize("name", ["today", "this_week"])
def test_who_may_see_figures(centre, client, name):
    address = reverse(f"statistics:{name}", args=[centre.slug])
    for role, expected in ((Role.DIRECTOR, 200), (Role.ADVISER, 403)):
        client.force_login(a_person(role, centre=centre))
        assert client.get(address).status_code == expected
    client.force_login(a_person(Role.DIRECTOR, centre=coded_centre()))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_week_costs_a_fixed_number_of_queries(centre, client, rows, django_assert_max_num_queries):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    for _row in range(rows):
        an_act(centre, NOON)
    with django_assert_max_num_queries(20):
        shown = client.get(reverse("statistics:this_week", args=[centre.slug]))
    assert shown.context["report"].total.acts == rows


def test_the_week_as_a_file(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    an_act(centre, NOON)
    lines = (
        client.get(reverse("statistics:week_csv", args=[centre.slug, "2026-03-12"]))
        .content.decode()
        .splitlines()
    )
    assert (len(lines), lines[4]) == (8, "2026-03-12,0,1,1,0,0,0,0,0,0")
    book = client.get(reverse("statistics:week_xlsx", args=[centre.slug, "2026-03-12"])).content
    rows = list(load_workbook(BytesIO(book)).active.values)
    assert (len(rows), rows[4]) == (8, ("2026-03-12", 0, 1, 1, 0, 0, 0, 0, 0, 0))
