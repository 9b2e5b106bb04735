"""A director closes the day: what is left open, the door, the signature, a correction, and the figures to take along.

The day is made through the product's own actions on the centre's own clock; every number on screen is what it made happen.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_desk, a_person, a_theme
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, Arrival, Correction, State

pytestmark = pytest.mark.journey

TUESDAY = datetime(2026, 3, 10, 11, 0, tzinfo=ZoneInfo("Europe/Paris"))
THURSDAY = datetime(2026, 3, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
EVENING = THURSDAY.replace(hour=18, minute=5)

# Thursday, each in its own unit, when the director sits down; Tuesday is one act at a desk.
UNITS = (
    "Passages",
    "Contacts",
    "Acts",
    "Groups",
    "People in groups",
    "Non-contacts",
    "Left unserved",
    "Did not come",
)
THE_DAY = dict(zip(UNITS, (20, 5, 3, 1, 12, 1, 0, 0), strict=True)) | {"Participants": 0}


class TheDay:
    """A centre on Thursday evening, with three tickets that nobody ended."""

    def __init__(self) -> None:
        self.centre = coded_centre(
            name="Lyon",
            language="en",
            languages=["en", "fr"],
            clock_set_at=EVENING,
            clock_showed=EVENING,
            clock_speed=0,
        )
        self.training, self.jobs = self.centre.themes.get(), a_theme(self.centre, "jobs")
        self.director = a_person(Role.DIRECTOR, centre=self.centre, name="Dora", language="en")
        an_act(self.centre, TUESDAY)
        one, two, three = (
            a_seat([self.training], THURSDAY, place=1),
            a_seat([self.jobs], THURSDAY, place=2),
            a_seat([self.jobs], THURSDAY, desk=a_desk(self.centre, "2")),
        )
        self.recorded = self.received(one, self.training, at="10:00", waits=6, lasts=18)
        actions.record_act(
            centre=self.centre,
            key=uuid4(),
            coding=a_coding(self.centre),
            at=THURSDAY,
            ticket=self.recorded,
            seat=one,
        )
        self.unrecorded = self.received(
            one, self.training, at="11:00", waits=12, lasts=25, arrival=Arrival.KIOSK, size=2
        )
        self.waiting = a_ticket(self.training, self.at("16:00"), language="en", arrival=Arrival.KIOSK)
        self.called = a_ticket(self.jobs, self.at("16:30"), arrival=Arrival.KIOSK)
        actions.call_next(seat=two, at=self.at("17:00"))
        self.talking = a_ticket(self.jobs, self.at("17:10"))
        actions.call_next(seat=three, at=self.at("17:20"))
        actions.start_interview(seat=three, ticket=self.talking, at=self.at("17:22"))
        an_act(self.centre, self.at("14:00"), channel=codes_of(self.centre, CodeList.CHANNEL, "phone")[0])
        an_act(self.centre, self.at("15:00"), kind=Act.Kind.GROUP, size=12)
        nobody = codes_of(self.centre, CodeList.NON_CONTACT, "hang_up")
        an_act(self.centre, self.at("15:30"), kind=Act.Kind.NON_CONTACT, themes=[], codes=nobody)
        for hour, count in ((10, 12), (16, 8)):
            when = self.at(f"{hour}:30")
            site = self.centre.sites.get()
            actions.count_passages(site=site, key=uuid4(), count=count, at=when)

    @staticmethod
    def at(clock: str) -> datetime:
        hour, minute = clock.split(":")
        return THURSDAY.replace(hour=int(hour), minute=int(minute))

    def received(self, seat, theme, *, at, waits, lasts, **fields):
        """Somebody who came ``at``, waited, talked and left."""
        came = self.at(at)
        ticket = a_ticket(theme, came, **fields)
        called = came + timedelta(minutes=waits)
        actions.call_next(seat=seat, at=called)
        actions.start_interview(seat=seat, ticket=ticket, at=called)
        actions.finish_interview(seat=seat, ticket=ticket, at=called + timedelta(minutes=lasts))
        return ticket


def in_the_table(page: Page) -> dict[str, int]:
    """Unit → number, as the page's table of units shows them."""
    rows = page.locator("main table").filter(has_text="Passages").first.locator("tbody tr")
    expect(rows.first).to_be_visible()  # the page is there
    said = rows.evaluate_all(
        "rows => rows.map(row => [row.querySelector('th').firstChild.textContent, row.querySelector('td').textContent])"
    )
    return {name.strip(): int(number) for name, number in said}


FIGURES = {"Today", "This week"}


def go(page: Page, place: str) -> None:
    """To a page of the centre, by its menu; figures by their tabs."""
    menu = page.get_by_role("navigation", name="Lyon")
    if place in FIGURES:
        menu.get_by_role("link", name="Figures", exact=True).click()
        menu = page.get_by_role("navigation", name="Figures")
    menu.get_by_role("link", name=place, exact=True).click()


def agree(page: Page, button: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def end_what_is_open(page: Page, day: TheDay) -> None:
    """Each of the three is ended as it really was; meanwhile nothing can be signed."""
    expect(page.get_by_role("heading", name="3 tickets are still open")).to_be_visible()
    sign = page.get_by_role("button", name="Sign the day off")
    expect(sign).to_be_disabled()
    for ticket, ending in ((day.waiting, "Left"), (day.called, "Did not come"), (day.talking, "Done")):
        name = ticket.name_in("en")
        page.get_by_role("button", name=f"{name}: {ending}").click()
        expect(page.get_by_role("button", name=re.compile(f"^{name}: "))).to_have_count(0)
    expect(page.get_by_text("Nobody is left in the queue: every ticket has ended.")).to_be_visible()
    expect(sign).to_be_enabled()
    states = [State.LEFT, State.NO_SHOW, State.DONE]
    for ticket, state in zip((day.waiting, day.called, day.talking), states, strict=True):
        ticket.refresh_from_db()
        assert ticket.state == state


def record_what_was_forgotten(page: Page, day: TheDay) -> None:
    """One of the two interviews without an act is recorded now; the other one stays a contact without an act."""
    expect(page.get_by_role("heading", name="2 interviews are not recorded")).to_be_visible()
    line = page.get_by_role("listitem").filter(has_text=day.unrecorded.name_in("en"))
    expect(line).to_contain_text("25 min")
    line.get_by_role("link", name="Record").click()
    page.get_by_label("How many people").fill("2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="1 interview is not recorded")).to_be_visible()


def explain_the_gap_and_sign(page: Page) -> None:
    """The counter shows 21, tickets and acts account for 18: refused without a reason, and with a name in it."""
    stats = page.locator(".stats .stat-figure")
    assert stats.all_inner_texts() == ["20", "18", "2"]
    page.get_by_label("People through the door").fill("21")
    sign = page.get_by_role("button", name="Sign the day off")
    sign.click()
    agree(page, "Sign off")
    expect(page.get_by_text("Choose a reason or add a remark.")).to_be_visible()
    assert page.get_by_label("People through the door").input_value() == "21", "what was typed is kept"
    page.get_by_label("Remark").fill("Mme Dupont left the door open")
    sign.click()
    agree(page, "Sign off")
    expect(page.get_by_label("Remark")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Remark").fill("The counter counts deliveries too")
    page.get_by_label("Companions").check()
    sign.click()
    agree(page, "Sign off")
    expect(page.get_by_text("Signed off by Dora")).to_be_visible()


def correct_later(page: Page, day: TheDay) -> None:
    """An act typed in from paper after the signature changes nothing by itself; a correction stands beside it."""
    an_act(day.centre, day.at("17:00"), channel=codes_of(day.centre, CodeList.CHANNEL, "phone")[0])
    page.reload()
    expect(page.get_by_text("Something was entered after the signature.")).to_be_visible()
    changed = page.locator(".alert-warning li")
    expect(changed).to_have_text(["Contacts · 5 → 6", "Acts · 4 → 5"])
    for figure, before, after in (("Contacts", 5, 6), ("Acts", 4, 5)):  # what changed is filled in already
        expect(page.get_by_label("Figure", exact=True).locator("option:checked")).to_have_text(figure)
        expect(page.get_by_label("Should be")).to_have_value(str(after))
        page.get_by_label("Reason").fill("One call was on paper")
        page.get_by_role("button", name="Keep the correction").click()
        kept = page.get_by_role(
            "row", name=re.compile(f"^{figure} {before} {after} One call was on paper Dora")
        )
        expect(kept).to_be_visible()
    expect(page.get_by_text("Something was entered after the signature.")).to_have_count(0)


def test_from_open_tickets_to_the_week_in_a_spreadsheet(site, person, accessible, tmp_path):
    day = TheDay()
    page = person("desk", language="en", user=day.director, accept_downloads=True)
    page.goto(site)
    page.get_by_role("link", name="Close the day", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thursday 12 March")
    assert in_the_table(page) == THE_DAY
    accessible(page)

    end_what_is_open(page, day)
    record_what_was_forgotten(page, day)
    accessible(page)
    ended = THE_DAY | {"Acts": 4, "Groups": 2, "People in groups": 14, "Left unserved": 1, "Did not come": 1}
    assert in_the_table(page) == ended
    explain_the_gap_and_sign(page)
    signed = ended | {"Passages": 21}
    assert in_the_table(page) == signed
    accessible(page)
    correct_later(page, day)
    of_record = signed | {"Contacts": 6, "Acts": 5}
    assert in_the_table(page) == of_record
    accessible(page)
    row = day.centre.days.get(date=THURSDAY.date())
    signed_then = (row.figures["contacts"], row.figures["acts"], row.door_count)
    assert signed_then == (5, 4, 21), "what was signed is as it was"
    kept = [(one.subject, one.before, one.after) for one in Correction.objects.all()]
    assert kept == [("contacts", 5, 6), ("acts", 4, 5)]

    the_figures(page, of_record, accessible)
    the_files(page, of_record, tmp_path)


def the_figures(page: Page, of_record: dict[str, int], accessible) -> None:
    """Today and this week say what was signed and corrected, and the waits that were waited."""
    go(page, "Today")
    assert in_the_table(page) == of_record
    sentences = page.locator(".sentences")
    expect(sentences).to_contain_text("Passages through the door: 21. Contacts, when somebody answered: 6.")
    expect(sentences).to_contain_text("Half waited at most 10 minutes, nine in ten at most 30.")
    expect(sentences).to_contain_text("Left unserved: 1. Called and did not come: 1.")
    themes = page.locator("section").filter(has=page.get_by_role("heading", name="By theme"))
    by_theme = themes.get_by_role("row").filter(has_text=re.compile("Find (training|jobs)"))
    assert by_theme.evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    ) == [
        ["Find training", "5", "5", "2", "2", "6", "12", "1", "0"],
        ["Find jobs", "1", "0", "0", "2", "10", "30", "0", "1"],
    ]
    accessible(page)
    go(page, "This week")
    assert in_the_table(page) == of_record | {"Contacts": 7, "Acts": 6}
    expect(page.get_by_text("Tuesday 10 March is not signed.")).to_be_visible()
    accessible(page)
    page.get_by_role("main").get_by_role("link", name="Close the day").click()
    page.get_by_role("button", name="Sign the day off").click()
    agree(page, "Sign off")
    page.get_by_role("link", name="All days").click()
    signed = page.get_by_role("row").filter(has_text="signed")
    assert signed.evaluate_all(
        "rows => rows.map(row => [...row.cells].slice(2).map(cell => cell.innerText))"
    ) == [
        [str(of_record[unit]) for unit in ("Passages", "Contacts", "Acts")],
        ["0", "1", "1"],
    ]
    accessible(page)
    go(page, "This week")
    expect(page.get_by_text("is not signed.")).to_have_count(0)


def the_files(page: Page, of_record: dict[str, int], folder: Path) -> None:
    """The week as CSV and as a workbook: the same numbers, a day a line, no sum across units."""
    nothing = dict.fromkeys(UNITS, 0) | {"Participants": 0}
    expected = {f"2026-03-{day:02}": nothing for day in range(9, 16)}
    expected["2026-03-10"] = nothing | {"Contacts": 1, "Acts": 1}
    expected["2026-03-12"] = of_record
    files = {}
    for kind in ("CSV", "XLSX"):
        with page.expect_download() as coming:
            page.get_by_role("link", name=kind).click()
        files[kind] = folder / coming.value.suggested_filename
        coming.value.save_as(files[kind])
    assert [file.name for file in files.values()] == [
        f"{page.url.split('/c/')[1].split('/')[0]}-2026-03-09-2026-03-15.{end}" for end in ("csv", "xlsx")
    ]
    lines = list(csv.reader(io.StringIO(files["CSV"].read_text(encoding="utf-8-sig"))))
    assert lines[0] == ["Table", "Line", "Column", "Value"]
    told: dict[str, dict[str, int]] = {}
    for table, line, column, value in lines[1:]:
        if table == "Days" and column != "Signed":
            told.setdefault(line, {})[column] = int(value)
    assert told == expected
    sheet = load_workbook(files["XLSX"])["Days"]
    (day, *units, signed), *rows = sheet.iter_rows(values_only=True)
    assert (day, signed) == ("Day", "Signed")
    assert {on: dict(zip(units, counts, strict=True)) for on, *counts, _signed in rows} == expected
