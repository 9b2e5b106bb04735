"""Evidence for the charter: counted from the rota, hours, needs and proposals; beside the year before; protected outside."""

from __future__ import annotations

from csv import DictReader
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_person, a_theme
from parvis.centres.models import CodeList, OpeningHours
from parvis.guidance.models import Proposal, ProposalState, ProposalStep
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.reception.factories import an_act, coded_centre, codes_of
from parvis.rota.factories import a_duty_slot, terms_for
from parvis.statistics.models import PartKind
from parvis.statistics.queries.reports.blocks import BLOCKS, Asked
from parvis.statistics.queries.reports.blocks.charter import charter
from parvis.statistics.queries.reports.content import in_words
from parvis.statistics.queries.reports.ready import model_of
from parvis.statistics.tests.reports.scene import NOON, PARIS

pytestmark = pytest.mark.django_db
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
MONDAY = date(2025, 3, 3)


@pytest.fixture
def centre():
    """Two themes: one with two institutions on a Monday morning, one with nobody; a need that a proposal answered."""
    centre = coded_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0, languages=["fr", "ar"])
    for weekday in range(5):
        site = centre.sites.get()
        OpeningHours.objects.create(site=site, weekday=weekday, opens=time(9), closes=time(17))
    theme = centre.themes.get()
    a_theme(centre, "start")
    for name, languages in (("Zebulon", ["fr", "ar"]), ("Quxley", ["fr"])):
        adviser = a_person(Role.ADVISER, centre=centre, name=name)
        terms_for(adviser, centre, theme, languages=languages)
        institution = an_institution(centre, f"{name}’s house").institution
        belong(centre=centre, person=adviser, to=institution, on=LONG_AGO)
        a_duty_slot(centre, adviser, MONDAY, theme=theme)
    need = codes_of(centre, CodeList.UNMET_NEED, centre.codes.filter(list=CodeList.UNMET_NEED).first().key)
    for n in range(12):
        at = datetime.combine(MONDAY + timedelta(days=n % 5), time(10), PARIS)
        an_act(centre, at, codes=need if n < 3 else ())
    made = datetime(2025, 3, 10, 9, tzinfo=PARIS)
    proposal = Proposal.objects.create(
        key=uuid4(),
        centre=centre,
        title="A workshop",
        kind="workshop",
        made_at=made,
        state="done",
        outcome="It runs",
    )
    proposal.codes.set(need)
    for days, state in ((0, ProposalState.IDEA), (20, ProposalState.DONE)):
        ProposalStep.objects.create(
            key=uuid4(), proposal=proposal, state=state, at=made + timedelta(days=days)
        )
    return centre


def told(centre, days=YEAR):
    found = charter(Asked(centre, *days, NOON))
    tables = {each.name: each.table for one in found for each in one.content.tables}
    numbers = {n.label: n.value for one in found for said in one.content.sentences for n in said.numbers}
    return tables, numbers


def lines(table):
    return {line.label: list(line.figures) for line in table.lines}


def test_each_figure_is_counted_from_the_work(centre):
    tables, numbers = told(centre)
    assert lines(tables["institutions"]) == {"Find training": [2, None]}
    assert lines(tables["with-two"]) == {"Find training": [100, None]}
    assert lines(tables["largest"]) == {"Find training": [50, None]}
    assert set(tables) >= {"staffed", "spoken", "contacts-language"}
    assert [one for one, _then in lines(tables["spoken"]).values()] == [100, 100]
    assert numbers["Different unmet needs"] == 1
    assert numbers["of them answered by a proposal"] == 1
    assert numbers["Proposals with an outcome"] == 1
    assert numbers["Days from proposal to outcome, half of them at most"] == 20


def test_hours_with_somebody_on_duty_are_a_share_of_the_open_ones(centre):
    """One Monday alone: the site opens, and the morning's half-day is the part of it with somebody there."""
    tables, numbers = told(centre, (MONDAY, MONDAY))
    half_day = centre.half_days.get()
    held = (half_day.ends.hour - half_day.starts.hour) + (half_day.ends.minute - half_day.starts.minute) / 60
    assert lines(tables["staffed"])["Find training"][0] == round(100 * held / numbers["Hours open a week"])


def test_the_year_before_stands_beside(centre):
    a_duty_slot(
        centre, a_person(Role.ADVISER, centre=centre), MONDAY.replace(year=2026), theme=centre.themes.first()
    )
    tables, _numbers = told(centre, (date(2026, 1, 1), date(2026, 12, 31)))
    assert lines(tables["institutions"]) == {"Find training": [1, 2]}


def test_no_line_is_of_a_person_or_names_one(centre):
    content = BLOCKS[PartKind.CHARTER](Asked(centre, *YEAR, NOON))
    text = str(content)
    assert "Zebulon" not in text
    assert "Quxley" not in text
    assert all("Evidence for" in one.table.notes[-1] for one in content.tables)


def test_it_is_in_the_yearly_dashboard():
    assert PartKind.CHARTER in [block.kind for block in model_of(coded_centre(), "ready:dashboard").blocks]


def address(name, centre, **query):
    where = reverse(f"statistics:{name}", args=[centre.slug])
    return where + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def test_who_may_and_who_may_not(client, centre):
    expected = {Role.DIRECTOR: 200, Role.RECEPTIONIST: 200, Role.NETWORK_COORDINATOR: 200, Role.ADVISER: 403}
    for role, status in expected.items():
        client.force_login(a_person(role, centre=centre))
        for name in ("charter", "charter_csv", "charter_xlsx"):
            assert client.get(address(name, centre, year=2025)).status_code == status, (role, name)
    client.force_login(a_person(Role.DIRECTOR, centre=coded_centre()))
    assert client.get(address("charter", centre)).status_code == 404


def test_outside_and_in_files_visitors_are_protected(client, centre):
    an_act(
        centre, datetime.combine(MONDAY, time(15), PARIS)
    )  # 13 in a language that nobody noted: rounded to 15
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    own = client.get(address("charter", centre, year=2025)).context["groups"]
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    outside = client.get(address("charter", centre, year=2025)).context["groups"]

    def asked_for(groups):
        shown = [one for _c, some in groups for _content, tables in some for one in tables]
        (table,) = (one.table.table for one in shown if one.table.about_people)
        return [line.figures[0] for line in table.lines]

    assert (asked_for(own), asked_for(outside)) == ([13], [15])
    an_act(centre, NOON - timedelta(days=1))
    running = client.get(address("charter", centre)).context["groups"]  # a day less the day before would tell
    assert not [
        one for _c, some in running for content, _t in some for one in content.tables if one.about_people
    ]


def test_page_csv_and_workbook_say_the_same(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    page = client.get(address("charter", centre, year=2025)).content.decode()
    rows = list(
        DictReader(
            StringIO(client.get(address("charter_csv", centre, year=2025)).content.decode("utf-8-sig"))
        )
    )
    sheet = load_workbook(BytesIO(client.get(address("charter_xlsx", centre, year=2025)).content)).worksheets[
        0
    ]
    figures = [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["2025"] for row in rows] == ["" if one is None else str(one) for one in figures]
    numbers = [one for one in figures if isinstance(one, int | float)]
    assert numbers
    assert all(in_words(one) in page for one in numbers if one != 10)


def test_years_are_offered_and_others_are_not(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert client.get(address("charter", centre)).context["year"] == NOON.year
    for year in ("1999", "2027", "x", "²"):
        assert client.get(address("charter", centre, year=year)).status_code == (
            200 if len(year) == 1 else 404
        )


def test_one_theme_takes_as_many_queries_as_three(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    client.get(
        address("charter", centre, year=2025)
    )  # what a process looks up once, and months that it keeps
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(address("charter", centre, year=2025))
        counts.append(len(found))
        for key in ("one", "two") if not _more else ():
            theme = a_theme(centre, key)
            a_duty_slot(centre, a_person(Role.ADVISER, centre=centre), MONDAY, theme=theme)
    assert counts[0] == counts[1]


def test_lines_of_a_first_year_have_no_year_before_beside_them(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    page = client.get(address("charter", centre, year=2025)).content.decode()
    assert "Languages spoken on duty" in page
    assert "a year before: ·" not in page
