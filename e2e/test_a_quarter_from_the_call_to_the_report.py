"""A quarter of a rota: asked for, answered on a phone, planned, changed by hand, published, repaired, held, and reported to the minute."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import Centre, OpeningHours
from parvis.partners.factories import an_institution
from parvis.reception.tests.pages import a_house
from parvis.rota.actions import make_half_days
from parvis.rota.factories import (
    a_pattern,
    a_pattern_half_day,
    a_pattern_need,
    a_season,
    comes_from,
    main_site,
    terms_for,
)
from parvis.rota.models import CoverCall, DutySlot, Held, Plan, PlannedSlot, RosterAnswer

pytestmark = pytest.mark.journey
ZONE = ZoneInfo("Europe/Paris")
ASKED = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
PLEDGED, GIVEN = "Pledged, full-time equivalents", "Given, full-time equivalents"
COLUMNS = [
    "Theme",
    "Pledged",
    "Planned",
    "Held",
    "Given otherwise",
    "Given together",
    PLEDGED,
    GIVEN,
    "Given the period before",
]
MORNING = datetime(2026, 4, 1, 8, 50, tzinfo=ZONE)  # a Wednesday, the first of the quarter


def work() -> None:
    """What the background worker does: every task that waits."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="journey",
        excluded_queue_names=[],
    ).run()


def it_is(centre: Centre, at: datetime) -> None:
    """The centre's clock shows ``at``, and stands still."""
    Centre.objects.filter(pk=centre.pk).update(clock_set_at=timezone.now(), clock_showed=at, clock_speed=0)


@pytest.fixture
def house(site):
    """Two themes, mornings from Monday to Friday, three institutions, nine advisers of whom each can do one theme or both."""
    house = a_house()
    centre = house.centre
    it_is(centre, ASKED)
    house.director = a_person(Role.DIRECTOR, centre=centre, name="Dora", language="en")
    house.institutions = [
        an_institution(centre, name).institution for name in ("Employment", "Chamber", "School")
    ]
    house.team = []
    for number in range(9):
        one = a_person(Role.ADVISER, centre=centre, name=f"Adviser {number}", language="en")
        themes = [(house.jobs, house.training), (house.jobs,), (house.training,)][number % 3]
        terms_for(one, centre, *themes, languages=["en", "fr"], per_week=4)
        comes_from(one, centre, house.institutions[number // 3])
        for weekday in range(5):
            a_pattern(one, centre, weekday, "morning")
        house.team.append(one)
    season, main = a_season(centre), main_site(centre)
    for weekday in range(5):
        OpeningHours.objects.create(site=main, weekday=weekday, opens=time(9), closes=time(12, 30))
        half_day = a_pattern_half_day(
            season, weekday, time(9), time(12, 30), institutions_min=2, institutions_aim=3
        )
        for theme in (house.jobs, house.training):
            a_pattern_need(half_day, theme, seats=2)
    make_half_days(centre=centre, first=FIRST, last=LAST, at=ASKED)
    return house


def a_plan(page, home: str) -> Plan:
    """The director lets the quarter be planned, and sees the draft."""
    page.goto(f"{home}rota/plans/new/")
    page.get_by_label("First day").fill(FIRST.isoformat())
    page.get_by_label("Last day").fill(LAST.isoformat())
    page.get_by_role("button", name="Let it be planned").click()
    expect(page.get_by_role("heading", name="Waiting for the planner")).to_be_visible()
    work()
    expect(page.get_by_text(re.compile("every seat is filled|empty seat")).first).to_be_visible(
        timeout=60_000
    )
    return Plan.objects.get()


def call_and_answer(director, house, home, person, accessible):
    """The call goes out, and somebody answers on a phone."""
    director.goto(f"{home}rota/calls/new/")
    director.get_by_label("From").fill(FIRST.isoformat())
    director.get_by_label("To", exact=True).fill(LAST.isoformat())
    director.get_by_label("Answers until").fill("2026-03-16")
    director.get_by_role("button", name="Ask everybody").click()
    expect(director.get_by_text("0 of 9 have answered")).to_be_visible()
    first = house.team[0]
    phone = person("phone", user=first)
    phone.goto(f"{home}rota/availability/")
    cell = phone.locator(".wish-day", has_text="Monday").first
    cell.get_by_role("radio", name="I cannot").first.check()
    expect(phone.locator("#wish-bar")).to_contain_text(re.compile(r"\w"))
    accessible(phone)
    phone.get_by_role("button", name="That is all: answered").click()
    expect(phone.get_by_text("Answered on")).to_be_visible()
    assert RosterAnswer.objects.get().person == first
    director.reload()
    expect(director.get_by_text("1 of 9 has answered")).to_be_visible()


def planned_and_pinned(director, house, home, accessible):
    """The quarter is planned, one seat is changed by hand and stays."""
    first, plan = house.team[0], a_plan(director, home)
    assert plan.stage == Plan.Stage.READY
    planned = PlannedSlot.objects.filter(plan=plan)
    assert not planned.filter(person=first, half_day__date__week_day=2).exists()  # never on a Monday
    accessible(director)
    director.locator(".plan-one").first.click()
    director.get_by_role("button", name=re.compile("^Choose")).first.click()
    pinned = planned.get(pinned=True)
    director.goto(f"{home}rota/plans/{plan.pk}/")
    director.get_by_text("Plan it again").first.click()
    director.get_by_role("button", name="Plan it again").click()
    work()
    expect(director.get_by_role("link", name="Publish")).to_be_visible(timeout=60_000)
    assert planned.filter(
        half_day=pinned.half_day, person=pinned.person, theme=pinned.theme, pinned=True
    ).exists()
    return plan


def published(director, house, plan, accessible):
    """It is published: everybody's slots are there."""
    director.get_by_role("link", name="Publish").click()
    accessible(director)
    if (seen := director.get_by_role("checkbox")).count():
        seen.check()
    director.get_by_role("button", name=re.compile("^Publish until")).click()
    expect(director.get_by_text(re.compile("ublished")).first).to_be_visible()
    slots = DutySlot.objects.filter(centre=house.centre)
    assert slots.count() == PlannedSlot.objects.filter(plan=plan).count() > 200


def ill_and_covered(director, house, home, person, accessible):
    """At 8:50 somebody is ill; those who could are asked, and one of them comes."""
    it_is(house.centre, MORNING)
    ill = DutySlot.objects.filter(half_day__date=MORNING.date()).order_by("pk").first()
    director.goto(f"{home}rota/absence/{ill.person_id}/")
    director.get_by_role("button", name=re.compile("Cannot come then")).first.click()
    director.goto(f"{home}rota/absences/{ill.pk}/")
    expect(director.get_by_role("heading", name="Who could come instead")).to_be_visible(timeout=30_000)
    accessible(director)
    director.get_by_role("button", name="Ask them all").click()
    expect(director.get_by_role("button", name="Look for nobody any more")).to_be_visible()
    call = CoverCall.objects.get()
    cover = call.asks.order_by("rank").first().person
    theirs = person("phone", user=cover)
    theirs.goto(f"{home}rota/asked/")
    accessible(theirs)
    theirs.get_by_role("button", name="I come").click()
    expect(theirs.get_by_text("Comes")).to_be_visible()
    call.refresh_from_db()
    assert (call.state, call.cover.person) == (CoverCall.State.TAKEN, cover)
    return call, ill


def desk_opened(house, home, person, call, ill):
    """The desk opens from the slot, and what is held ends with it."""
    it_is(house.centre, MORNING + timedelta(minutes=12))
    desk = person("desk", user=call.cover.person)
    desk.goto(f"{home}desk/")
    expect(desk.get_by_text("The rota expects you")).to_be_visible()
    expect(desk.get_by_role("checkbox", name=str(ill.theme.name))).to_be_checked()
    desk.get_by_role("radio", name="Desk 1, seat 1").check()
    desk.get_by_role("button", name="Open my seat").click()
    expect(desk.get_by_role("button", name="End of duty").first).to_be_visible()
    it_is(house.centre, MORNING + timedelta(minutes=221))
    desk.get_by_role("button", name="End of duty").first.click()
    desk.get_by_role("button", name="End of duty").last.click()
    expect(desk.get_by_role("button", name="Open my seat")).to_be_visible()
    held = Held.objects.get()
    assert (held.slot, held.minutes) == (call.cover, 209)
    return held


def taken(page, name: str) -> Path:
    """The file that a click on ``name`` brings."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path()


def as_shown(row: tuple) -> list[str]:
    """A row of the spreadsheet as the page writes it: minutes as hours and minutes, shares with two decimals."""
    return [
        cell
        if isinstance(cell, str)
        else f"{cell:.2f}"
        if heading in (PLEDGED, GIVEN)
        else f"{cell // 60}:{cell % 60:02}"
        for heading, cell in zip(COLUMNS, row, strict=True)
    ]


def reported(director, home, held, accessible):
    """The partner's report says so, to the minute: on the page, on paper, in the spreadsheet and in the text file."""
    director.goto(f"{home}rota/ledger/partners/{held.institution_id}/?period=2026-Q2")
    accessible(director)
    theme = str(held.slot.theme.name)
    table = director.get_by_role("table", name="By theme")
    expect(table.locator("tfoot")).to_contain_text("3:29")
    shown = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    sheets = load_workbook(BytesIO(taken(director, "XLSX").read_bytes()), read_only=True)
    heading, *rows = sheets["By theme"].iter_rows(values_only=True)
    assert list(heading) == COLUMNS
    assert [as_shown(row) for row in rows] == shown
    assert {row[0]: row[3] for row in rows}[theme] == held.minutes
    [_heading, together] = sheets["All together"].iter_rows(values_only=True)
    assert (together[3], together[4], together[5]) == (held.minutes, 0, held.minutes)
    paper = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(taken(director, "to send")).pages
    )
    for row in shown:
        assert " ".join(row) in paper, paper
    assert "Held 3:29" in paper  # the last step of why the totals differ
    lines = list(csv.reader(StringIO(taken(director, "CSV").read_text("utf-8-sig"))))
    assert ["By theme", theme, "Held", str(held.minutes)] in lines
    assert ["All together", "Together", "Held", str(held.minutes)] in lines


def test_from_the_call_to_the_report(site, person, accessible, house):
    home = f"{site}/c/{house.centre.slug}/"
    director = person("desk", user=house.director)
    call_and_answer(director, house, home, person, accessible)
    plan = planned_and_pinned(director, house, home, accessible)
    published(director, house, plan, accessible)
    call, ill = ill_and_covered(director, house, home, person, accessible)
    held = desk_opened(house, home, person, call, ill)
    reported(director, home, held, accessible)
