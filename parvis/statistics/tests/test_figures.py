"""Today and the week: right figures, who may see them, a fixed number of queries."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person, a_theme
from parvis.centres.models import CodeList
from parvis.guidance.actions.redirections import Sending, redirect_visitor
from parvis.guidance.queries.needs.page import needs_page
from parvis.guidance.queries.needs.periods import Span, period_of
from parvis.partners.factories import an_institution
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, Arrival, Profile, State
from parvis.shared.disclosure import protected_list
from parvis.statistics.charts import week_heat
from parvis.statistics.queries import Waits, report
from parvis.statistics.queries.asked import Response

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
DAY = NOON.date()
WEEK = timedelta(days=7)


@pytest.fixture
def centre():
    return coded_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0)


def waited(centre, seat, minutes, closed_after=timedelta()):
    start = NOON - timedelta(minutes=minutes)
    ticket = a_ticket(centre.themes.first(), start)
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
    assert [(line.theme, line.waits.n, line.counts["contacts"]) for line in found.by_theme] == [
        (centre.themes.get(), 10, 11)
    ]
    assert found.attention.uncoded == 11


def test_each_unit_by_theme_and_hour(centre):
    first, second = centre.themes.get(), a_theme(centre, key="other")
    site = centre.sites.get(kind="main")
    actions.count_passages(site=site, key=uuid4(), count=3, at=NOON)
    actions.leave(ticket=a_ticket(second, NOON, arrival=Arrival.KIOSK), at=NOON)
    a_ticket(first, NOON - timedelta(hours=2))
    an_act(centre, NOON, themes=[first, second])
    an_act(centre, NOON, kind=Act.Kind.GROUP, size=24, themes=[second])
    found = report(centre, DAY, DAY, NOON)
    assert [(line.theme, dict(line.counts)) for line in found.by_theme] == [
        (first, {"contacts": 2, "acts": 1}),
        (second, {"left": 1, "contacts": 2, "acts": 2, "groups": 1}),
    ]
    assert [(line.hour, dict(line.counts)) for line in found.by_hour] == [
        (10, {"contacts": 1}),
        (11, {}),
        (12, {"left": 1, "passages": 3, "contacts": 2, "acts": 2, "groups": 1}),
    ]
    total = found.total
    assert (total.passages, total.contacts, total.acts, total.groups, total.left) == (3, 3, 2, 1, 1)


def test_hours_are_those_of_the_centre_s_clock_over_a_change_of_the_clock(centre):
    change = datetime(2026, 3, 29, 3, 30, tzinfo=ZoneInfo("Europe/Paris"))  # the hour after the lost one
    an_act(centre, change)
    a_ticket(centre.themes.get(), change.replace(hour=1))
    found = report(centre, change.date(), change.date(), change)
    assert [(line.hour, dict(line.counts)) for line in found.by_hour] == [
        (1, {"contacts": 1}),
        (2, {}),
        (3, {"contacts": 1, "acts": 1}),
    ]


def test_the_same_weekday_stands_beside_and_is_never_added(centre):
    for back in (0, 7, 7, 6):
        an_act(centre, NOON - timedelta(days=back))
    found = report(centre, DAY, DAY, NOON)
    assert (found.total.acts, found.before.total.acts, found.before.first) == (1, 2, DAY - WEEK)
    week = report(centre, date(2026, 3, 9), date(2026, 3, 15), NOON)
    assert (week.total.acts, week.before.total.acts, week.is_over) == (1, 3, False)


def test_the_response_rate_is_taken_on_whoever_could_have_been_asked(centre):
    centre.profile_moment = "sample_days"
    centre.sample_days = [DAY.isoformat()]
    for back in (0, 0, 0, 0, 1):
        an_act(centre, NOON - timedelta(days=back))
    answered = codes_of(centre, CodeList.AGE_BAND, "18_24")
    for method, answers in ((Profile.Method.ASKED, answered), (Profile.Method.OWN_SCREEN, [])):
        actions.answer_profile(centre=centre, key=uuid4(), method=method, day=DAY, answers=answers)
    found = report(centre, DAY - timedelta(days=1), DAY, NOON).response
    assert found == Response(could=4, asked=2, answered=1, own_screen=1, aloud=1)
    assert found.percent == 25
    assert Response(could=2, asked=3, answered=3).percent is None


def test_what_needs_a_decision_first(centre):
    ends = a_ticket(centre.themes.get(), NOON - timedelta(days=2))
    a_ticket(centre.themes.get(), NOON - timedelta(minutes=46))
    needed = report(centre, DAY, DAY, NOON).attention
    assert [(day.date, day.open_tickets, day.unsigned) for day in needed.days] == [
        (DAY - timedelta(days=2), 1, True)
    ]
    assert (needed.nobody_for, needed.waiting_long) == ([(centre.themes.get(), 1)], 1)
    a_seat([centre.themes.get()], NOON)
    actions.resolve_ticket(ticket=ends, ending=State.VOID, at=NOON)
    needed = report(centre, DAY, DAY, NOON).attention
    assert (needed.days, needed.nobody_for, needed.waiting_long) == ([], [], 1)
    assert report(centre, DAY - WEEK, DAY - WEEK, NOON).attention.waiting_long == 0


def test_who_was_to_be_asked_about_stands_first(centre):
    to = an_institution(centre, "Clinic").institution
    sending = Sending(to=to, theme=centre.themes.get(), kind="warm", agreed=True, due_on=DAY)
    sent = {"centre": centre, "from_institution": None, "sending": sending}
    for _n in range(2):
        redirect_visitor(key=uuid4(), at=NOON, **sent)
    assert report(centre, DAY, DAY, NOON).attention.to_ask == 0
    later = NOON + timedelta(days=1)
    a_ticket(centre.themes.get(), later)
    assert report(centre, later.date(), later.date(), later).attention.to_ask == 2
    assert report(centre, DAY, DAY, later).attention.to_ask == 0  # a day that is over


def test_closed_hours_look_closed_in_the_week(centre):
    site = centre.sites.get(kind="main")
    site.hours.all().delete()
    site.hours.create(weekday=3, opens=time(10), closes=time(12, 30))
    actions.count_passages(site=site, key=uuid4(), count=3, at=NOON)
    heat = week_heat(report(centre, DAY - timedelta(days=3), DAY + timedelta(days=3), NOON), NOON)
    assert [(label, values[3], values[4]) for label, values in heat.rows] == [
        ("10 h", 0, None),
        ("11 h", 0, None),
        ("12 h", 3, None),
    ]
    assert {(row, 3) for row in range(3)} & heat.closed == set()
    assert {(row, 4) for row in range(3)} <= heat.closed


@pytest.mark.parametrize("name", ["today", "this_week"])
def test_who_may_see_figures(centre, client, name):
    address = reverse(f"statistics:{name}", args=[centre.slug])
    for role, expected in ((Role.DIRECTOR, 200), (Role.ADVISER, 403)):
        client.force_login(a_person(role, centre=centre))
        assert client.get(address).status_code == expected
    client.force_login(a_person(Role.DIRECTOR, centre=coded_centre()))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["today", "this_week"])
def test_a_page_costs_a_fixed_number_of_queries(centre, client, name):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    asked = []
    for rows in (1, 3):
        while Act.objects.count() < rows:
            an_act(centre, NOON, themes=[centre.themes.first(), a_theme(centre, key=uuid4().hex)])
            a_ticket(a_theme(centre, key=uuid4().hex), NOON)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(reverse(f"statistics:{name}", args=[centre.slug]))
        assert shown.context["report"].total.acts == rows
        asked.append(len(queries))
    assert asked[0] == asked[1] < 34


def test_a_new_centre_s_first_day_teaches_the_first_step(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    for name in ("today", "this_week"):
        shown = client.get(reverse(f"statistics:{name}", args=[centre.slug])).content.decode()
        assert "The figures begin with the first visitor" in shown
        assert reverse("reception:greeter", args=[centre.slug]) in shown
        assert "<table" not in shown
    an_act(centre, NOON - timedelta(days=20))
    assert "Nobody yet" in client.get(reverse("statistics:today", args=[centre.slug])).content.decode()
    quiet = reverse("statistics:day", args=[centre.slug, "2026-03-11"])
    assert "Nothing was recorded" in client.get(quiet).content.decode()


def test_the_week_as_a_file_says_what_its_page_says(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    an_act(centre, NOON)
    waited(centre, a_seat([centre.themes.get()], NOON), 7)
    told = client.get(reverse("statistics:week_csv", args=[centre.slug, "2026-03-12"])).content.decode(
        "utf-8-sig"
    )
    lines = {(table, line, column): value for table, line, column, value in csv.reader(StringIO(told))}
    theme = str(centre.themes.get().name)
    assert [lines["Days", f"2026-03-{day:02}", "Acts"] for day in (11, 12)] == ["0", "1"]
    assert lines["By theme", theme, "Contacts"] == "2"
    assert lines["By theme", theme, "Half waited at most, minutes"] == "7"
    assert lines["By hour", "11 h", "Waits, n"] == "1"
    assert lines["By day and hour", "2026-03-12 12:00", "Acts"] == "1"
    assert lines["Tickets by language", "français", "tickets, rounded to five"] == "–"
    book = load_workbook(
        BytesIO(client.get(reverse("statistics:day_xlsx", args=[centre.slug, "2026-03-12"])).content)
    )
    assert book.sheetnames[:3] == ["Days", "Seven days earlier", "By hour"]
    assert list(book["Days"].values)[1] == ("2026-03-12", 0, 2, 1, 0, 0, 0, 0, 0, 0, "no")


def test_small_numbers_about_visitors_do_not_leave_the_centre(centre, client):
    assert protected_list([("fr", 43), ("ar", 12), ("uk", 9), ("es", 1)]) == [
        ("fr", 45),
        ("ar", 10),
        ("es", None),
        ("uk", None),
    ]
    assert protected_list([("fr", 43), ("ar", 10), ("uk", 1)]) == [("fr", 45), ("ar", None), ("uk", None)]
    assert protected_list([("fr", 10), ("uk", 1)]) == [("fr", None), ("uk", None)]
    assert protected_list([("fr", 12), ("ar", 13)]) == [("ar", 15), ("fr", 10)]
    assert protected_list([("uk", 9)]) == [("uk", None)]
    assert protected_list([]) == []
    a_ticket(centre.themes.get(), NOON)
    address = reverse("statistics:today", args=[centre.slug])
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    assert "few, or hidden" in client.get(address).content.decode()
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert "few, or hidden" not in client.get(address).content.decode()


def test_any_day_can_be_asked_for(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    today, week = (reverse(f"statistics:{name}", args=[centre.slug]) for name in ("today", "this_week"))
    assert client.get(today, {"on": "2024-03-05"}).url == reverse(
        "statistics:day", args=[centre.slug, "2024-03-05"]
    )
    assert client.get(week, {"on": "2024-03-05"}).url == reverse(
        "statistics:week", args=[centre.slug, "2024-03-05"]
    )
    for none in ("2099-01-01", "yesterday"):
        answer = client.get(today, {"on": none}, follow=True)
        assert (answer.status_code, answer.redirect_chain) == (200, [(today, 302)])
        assert "days until today only" in answer.content.decode()


def test_unmet_needs_count_here_as_on_their_own_page():
    centre = coded_centre()
    day = date(2026, 3, 18)
    codes = codes_of(centre, CodeList.UNMET_NEED, "no_funding", "transport")
    at = datetime.combine(day, time(12), ZoneInfo("UTC"))
    an_act(centre, at, codes=codes)
    an_act(centre, at, codes=codes[:1], kind=Act.Kind.GROUP, size=9)
    month = period_of(Span.MONTH, day)
    page = needs_page(centre, [], month)
    assert report(centre, month.first, month.last, at).unmet == [
        (line.label, line.times) for line in page.codes
    ]


def test_who_may_propose_is_led_from_the_figures_to_the_needs(client):
    centre = coded_centre()
    an_act(centre, centre.now(), codes=codes_of(centre, CodeList.UNMET_NEED, "no_funding"))
    address, way = (
        reverse("statistics:today", args=[centre.slug]),
        reverse("guidance:needs", args=[centre.slug]),
    )
    for role, led in ((Role.DIRECTOR, 2), (Role.PARTNERSHIP_MANAGER, 2), (Role.NETWORK_COORDINATOR, 0)):
        client.force_login(a_person(role, centre=centre))
        assert (
            client.get(address).content.decode().count(f'href="{way}"') == led
        )  # in the menu and in the text
