"""The published rota as the team reads it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import GRANTS, Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota.factories import a_duty_slot, a_half_day, a_need, comes_from, speaks_for, terms_for
from parvis.rota.models import DutySlot, HalfDay, Held, Need, Rota
from parvis.rota.queries.published import stretch, week_of
from parvis.rota.queries.sight import sight_of
from parvis.rota.views import mine

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # in Paris, ten o'clock


@pytest.fixture
def house(db):
    """A centre with a theme wanted by pairs on a Monday morning; of two advisers of two institutions, one is absent."""
    centre = a_centre(name="Lyon")
    theme = a_theme(centre, "training")
    ana, omar = (a_person(Role.ADVISER, centre=centre, name=name) for name in ("Ana", "Omar"))
    lenders = [an_institution(centre, name).institution for name in ("Chamber", "School")]
    for person, lender in zip((ana, omar), lenders, strict=True):
        comes_from(person, centre, lender)
    half_day = a_half_day(centre, MONDAY, institutions_min=2)
    a_need(half_day, theme)
    a_duty_slot(centre, ana, MONDAY, theme=theme, half_day=half_day)
    a_duty_slot(centre, omar, MONDAY, theme=theme, half_day=half_day, state=DutySlot.State.ABSENT)
    Rota.objects.create(centre=centre, version=3, changed_at=AT)
    return centre, theme, ana, omar, lenders


def address(centre, name="week", **parts):
    usual = {"day": MONDAY.isoformat()} if name in ("week", "month", "csv", "xlsx") else {}
    return reverse(f"rota:{name}", kwargs={"centre": centre.slug} | usual | parts)


def read(client, who, url, **asked):
    client.force_login(who)
    return client.get(url, asked)


def test_a_gap_is_what_is_wanted_less_those_who_come(house):
    centre, theme, ana, _omar, _lenders = house
    sight = sight_of(ana, centre, GRANTS[Role.ADVISER])
    found = stretch(centre, *week_of(MONDAY), sight, AT)
    [row] = found.rows
    [cell] = row.cells
    assert (cell.lane.theme, cell.wanted, len(cell.on), cell.missing) == (theme, 2, 1, 1)
    assert [(one.name, one.absent) for one in cell.people] == [("Ana", False), ("Omar", True)]
    assert (row.institutions, row.one_sided, row.now, found.missing) == (1, True, True, 1)


def test_a_gap_of_a_day_that_is_over_is_no_longer_looked_for(house):
    centre, _theme, ana, _omar, _lenders = house
    sight = sight_of(ana, centre, GRANTS[Role.ADVISER])
    assert stretch(centre, *week_of(MONDAY), sight, AT + timedelta(days=1)).missing == 0


def test_cancelled_slots_are_not_shown(house):
    centre, _theme, ana, omar, _lenders = house
    DutySlot.objects.filter(person=omar).update(state=DutySlot.State.CANCELLED)
    found = stretch(centre, MONDAY, MONDAY, sight_of(ana, centre, GRANTS[Role.ADVISER]), AT)
    assert [one.name for one in found.rows[0].cells[0].people] == ["Ana"]


def test_the_week_says_who_is_on_and_where_somebody_is_missing(client, house):
    centre, _theme, ana, _omar, _lenders = house
    page = read(client, ana, address(centre)).content.decode()
    assert [word in page for word in ("Find training", "Omar", "1 missing", "Version 3")] == [True] * 4
    assert "rota-plurality" not in page  # for who plans alone


def test_who_plans_sees_how_many_institutions_come(client, house):
    centre, *_rest = house
    director = a_person(Role.DIRECTOR, centre=centre)
    page = read(client, director, address(centre)).content.decode()
    assert "1 of 2 institutions" in page


@pytest.mark.parametrize(
    ("state", "wanted", "said"),
    [
        ("absent", 1, "0 of 1 institution<"),
        ("absent", 2, "0 of 2 institutions<"),
        ("planned", 1, ">1 institution<"),
    ],
)
def test_how_many_institutions_is_said_in_singular_and_plural(client, house, state, wanted, said):
    centre, _theme, ana, _omar, _lenders = house
    DutySlot.objects.filter(person=ana).update(state=state)
    HalfDay.objects.filter(centre=centre).update(institutions_min=wanted)
    page = read(client, a_person(Role.DIRECTOR, centre=centre, language="en"), address(centre))
    assert said in page.content.decode()


def test_a_coordinator_reads_the_names_of_their_own_people_alone(client, house):
    centre, _theme, ana, omar, lenders = house
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    speaks_for(coordinator, centre, lenders[1])
    for name in ("week", "month", "csv"):
        more = {"span": "week"} if name == "csv" else {}
        page = read(client, coordinator, address(centre, name, **more)).content.decode()
        assert ("Ana" in page, "Chamber" in page, "School" in page) == (False, False, False), name
    week = read(client, coordinator, address(centre)).content.decode()
    assert ("Omar" in week, "somebody" in week) == (True, True)
    assert read(client, coordinator, address(centre, "person", person_id=omar.pk)).status_code == 200
    assert read(client, coordinator, address(centre, "person", person_id=ana.pk)).status_code == 404


def test_filters_leave_out_what_is_complete(client, house):
    centre, theme, ana, omar, _lenders = house
    a_need(a_half_day(centre, MONDAY + timedelta(days=1)), theme, seats=1)
    a_duty_slot(centre, ana, MONDAY + timedelta(days=1), theme=theme)
    page = read(client, ana, address(centre), gaps="1").content.decode()
    assert ("Monday 2 March" in page, "Tuesday 3 March" in page) == (True, False)
    none = read(client, omar, address(centre), lane="theme-7000", site="x")
    assert (none.status_code, "Tuesday 3 March" in none.content.decode()) == (200, True)


def test_missing_languages_are_said_to_who_plans(client, house):
    centre, theme, ana, omar, _lenders = house
    terms_for(ana, centre, theme, languages=["fr", "ar"])
    terms_for(omar, centre, theme, languages=["nl"])  # absent: nobody hears it
    Need.objects.filter(half_day__centre=centre).update(languages={"nl": 1, "ar": 1, "fr": 2})
    director = a_person(Role.DIRECTOR, centre=centre, language="en")
    page = read(client, director, address(centre)).content.decode()
    assert [words in page for words in ("Dutch: 1 speaker missing", "French: 1 speaker missing", "Arabic:")] == [
        True, True, False,
    ]  # fmt: skip
    sights = [
        sight_of(one, centre, GRANTS[role]) for one, role in ((director, Role.DIRECTOR), (ana, Role.ADVISER))
    ]
    assert [stretch(centre, *week_of(MONDAY), sight, AT).unspoken for sight in sights] == [1, 0]
    assert "a language is missing" in read(client, director, address(centre, "month")).content.decode()
    adviser = read(client, ana, address(centre)).content.decode()
    assert ("speaker missing" in adviser, "a language is missing" in adviser) == (False, False)
    DutySlot.objects.filter(centre=centre).update(state=DutySlot.State.PLANNED)
    Need.objects.filter(half_day__centre=centre).update(languages={"nl": 1, "ar": 2})
    page = read(client, director, address(centre), gaps="1").content.decode()
    assert ("Monday 2 March" in page, "Arabic: 1 speaker missing" in page, "Dutch:" in page) == (
        True, True, False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["week", "month"])
def test_a_typed_day_leads_to_its_page(client, house, name):
    centre, _theme, ana, *_rest = house
    usual = address(centre, f"this_{name}")
    assert read(client, ana, usual, on="2026-03-05").url == address(centre, name, day="2026-03-05")
    assert read(client, ana, usual, on="nonsense").url == usual
    assert read(client, ana, address(centre, name, day="nonsense")).status_code == 404


@pytest.mark.parametrize("name", ["week", "month", "theme_from", "csv", "xlsx"])
def test_not_for_people_of_another_centre(client, house, name):
    centre, theme, *_rest = house
    more = {
        "theme_from": {"key": theme.key, "day": "2026-03-02"},
        "csv": {"span": "week"},
        "xlsx": {"span": "week"},
    }
    stranger = a_person(Role.DIRECTOR, centre=a_centre())
    assert read(client, stranger, address(centre, name, **more.get(name, {}))).status_code == 404


def test_a_theme_of_four_weeks(client, house):
    centre, theme, ana, *_rest = house
    page = read(client, ana, address(centre, "theme_from", key=theme.key, day="2026-03-02")).content.decode()
    assert ("Monday 2 March" in page, "1 missing" in page) == (True, True)
    later = read(client, ana, address(centre, "theme_from", key=theme.key, day="2026-06-02")).content.decode()
    assert "No rota for these days yet" in later
    assert read(client, ana, address(centre, "theme", key="nothing")).status_code == 404


def test_today_says_who_has_come(client, house):
    centre, theme, ana, *_rest = house
    now = centre.now()
    day = centre.local_day(now)
    assert "Nobody is on duty today" in read(client, ana, address(centre, "today")).content.decode()
    slot = a_duty_slot(centre, ana, day, time(0, 0), theme=theme)
    Held.objects.create(
        key="00000000-0000-4000-8000-000000000001",
        centre=centre,
        slot=slot,
        person=ana,
        duty="advice",
        theme=theme,
        date=day,
        begun_at=now,
    )
    assert "is there" in read(client, ana, address(centre, "today")).content.decode()


def test_as_a_file(client, house):
    centre, _theme, ana, *_rest = house
    director = a_person(Role.DIRECTOR, centre=centre)
    body = read(client, director, address(centre, "csv", span="week")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert [row[5:] for row in rows[1:]] == [
        ["Find training", "", "Ana", "Planned", "Chamber"],
        ["Find training", "", "Omar", "Absent", "School"],
        ["Find training", "", "", "missing", ""],
    ]
    book = load_workbook(io.BytesIO(read(client, ana, address(centre, "xlsx", span="month")).content))
    assert [[cell.value for cell in row][5:] for row in book.active.iter_rows()][1:] == [
        ["Find training", None, "Ana", "Planned"],
        ["Find training", None, "Omar", "Absent"],
        ["Find training", None, None, "missing"],
    ]
    assert read(client, ana, address(centre, "csv", span="century")).status_code == 404


def test_my_duties_mark_what_is_new_and_what_is_gone(client, house):
    centre, theme, ana, *_rest = house
    now = centre.now()
    day = centre.local_day(now) + timedelta(days=1)
    a_duty_slot(centre, ana, day, theme=theme, changed_at=now - timedelta(days=30))
    fresh = a_duty_slot(centre, ana, day, time(14), changed_at=now - timedelta(days=2))
    page = read(client, ana, address(centre, "mine")).content.decode()
    assert (page.count("Find training"), page.count("new</span>"), "No longer planned" in page) == (
        1,
        1,
        False,
    )
    DutySlot.objects.filter(pk=fresh.pk).update(state=DutySlot.State.CANCELLED, sequence=1)
    page = client.get(address(centre, "mine")).content.decode()
    assert ("No longer planned" in page, "taken out of the rota" in page) == (True, True)


def test_what_was_seen_is_no_longer_new(client, house, monkeypatch):
    centre, theme, ana, omar, _lenders = house
    now = centre.now()
    tomorrow = centre.local_day(now) + timedelta(days=1)
    for person in (ana, omar):
        a_duty_slot(centre, person, tomorrow, theme=theme, changed_at=now - timedelta(minutes=2))
    assert "new</span>" in read(client, ana, address(centre, "mine")).content.decode()
    monkeypatch.setattr(mine, "SAME_LOOK", timedelta(hours=1))
    assert "new</span>" in client.get(address(centre, "mine")).content.decode()  # to and fro
    monkeypatch.setattr(mine, "SAME_LOOK", timedelta(0))
    client.get(address(centre, "mine"))
    assert "new</span>" not in client.get(address(centre, "mine")).content.decode()
    cookie = client.cookies["rota-seen"]
    assert (cookie["httponly"], cookie["path"]) == (True, address(centre, "mine"))
    client.force_login(omar)
    assert (
        "new</span>" in client.get(address(centre, "mine")).content.decode()
    )  # the same screen, somebody else


def test_a_cookie_that_somebody_changed_says_nothing(client, house):
    centre, _theme, ana, *_rest = house
    client.cookies["rota-seen"] = "2026-01-01|nonsense"
    assert read(client, ana, address(centre, "mine")).status_code == 200


@pytest.mark.parametrize("name", ["week", "month", "theme_from", "mine", "csv"])
def test_as_many_queries_for_three_half_days_as_for_one(client, house, django_assert_max_num_queries, name):
    centre, theme, ana, omar, lenders = house
    more = {"theme_from": {"key": theme.key, "day": "2026-03-02"}, "csv": {"span": "week"}}.get(name, {})
    coordinator = a_person(Role.PARTNER_COORDINATOR, Role.ADVISER, centre=centre)
    speaks_for(coordinator, centre, lenders[1])
    url = address(centre, name, **more)
    read(client, ana, url)
    soon = centre.local_day(centre.now()) + timedelta(days=1)
    counts = []
    for n in (1, 3):
        for day in (MONDAY + timedelta(days=n + k) for k in range(n)):
            a_need(a_half_day(centre, day), theme)
            for person in (ana, omar):
                a_duty_slot(centre, person, day, theme=theme)
        for day in (soon + timedelta(days=n + k) for k in range(n)):
            a_duty_slot(centre, ana, day, theme=theme)
        with django_assert_max_num_queries(30) as seen:
            client.get(url)
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
