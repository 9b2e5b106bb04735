"""The explorer's pages: who reads what, true or protected; the same figures as the day pages; files that leave."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import CodeList
from parvis.reception.actions import answer_profile
from parvis.reception.factories import an_act, coded_centre, codes_of
from parvis.reception.models import Profile
from parvis.reception.queries.figures import figures_by_day
from parvis.statistics.facts.refresh import refresh

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 18, 12, 0, tzinfo=PARIS)  # a Wednesday
FEBRUARY = datetime(2026, 2, 10, 10, 0, tzinfo=PARIS)
LAST_MONTH = "count=acts&rows=theme&columns=channel&period=last-month"


@pytest.fixture
def centre():
    return coded_centre(clock_set_at=NOW, clock_showed=NOW, clock_speed=0)


def acts(centre, n: int, at=FEBRUARY, **coded):
    return [an_act(centre, at + timedelta(minutes=minute), **coded) for minute in range(n)]


def address(centre, asked="", name="explorer", **parts):
    return f"{reverse(f'statistics:{name}', args=[centre.slug, *parts.values()])}?{asked}"


def open_page(client, centre, role, asked="", **headers):
    client.force_login(a_person(role, centre=centre))
    return client.get(address(centre, asked), headers=headers)


def shown(response) -> list[list[str]]:
    """Every row of the first table."""
    _table, heads, lines = response.context["tables"][0]
    return [heads, *(cells for _line, cells in lines)]


def test_the_team_reads_true_figures_of_today_and_they_agree_with_the_day_page(client, centre):
    job = a_theme(centre, key="job", name="Find a job")
    acts(centre, 3, at=NOW - timedelta(hours=2))
    acts(centre, 4, at=NOW - timedelta(hours=1), themes=[job])
    acts(centre, 5)
    page = open_page(client, centre, Role.DIRECTOR)
    assert page.status_code == 200
    rows = shown(page)
    day = NOW.date()
    of_record = figures_by_day(centre, day.replace(year=2025, month=9, day=1), day)
    assert rows[-1][-1] == str(sum(one.shown.acts for one in of_record.values())) == "12"
    assert [row[0] for row in rows[1:-1]] == [str(centre.themes.order_by("position")[0].name), "Find a job"]
    assert [row[-1] for row in rows[1:]] == ["8", "4", "12"]
    body = page.content.decode()
    assert "True figures, for the centre’s own team." in body
    assert "Acts by theme and month" in body
    today = open_page(client, centre, Role.RECEPTIONIST, "count=acts&rows=hour&period=today")
    assert [row[:2] for row in shown(today)[1:]] == [["10 h", "3"], ["11 h", "4"], ["Total", "7"]]
    assert today.context["stays"].startswith("This is not over yet.")
    assert "download" not in re.findall(r"<a [^>]*explore/file[^>]*>", today.content.decode())


def test_a_coordinator_and_whoever_looks_as_others_see_reads_protected_figures(client, centre):
    acts(centre, 12, channel=codes_of(centre, CodeList.CHANNEL, "desk")[0])
    acts(centre, 4, channel=codes_of(centre, CodeList.CHANNEL, "phone")[0])
    true = shown(open_page(client, centre, Role.DIRECTOR, LAST_MONTH))
    assert true[1][1:] == ["12", "4", "16"]
    as_others = open_page(client, centre, Role.DIRECTOR, f"{LAST_MONTH}&seen=others")
    protected = shown(open_page(client, centre, Role.NETWORK_COORDINATOR, LAST_MONTH))
    assert shown(as_others) == protected
    assert all(cell == "–" or int(cell) % 5 == 0 for row in protected[1:] for cell in row[1:])
    assert "Protected, as whoever is not of the team sees it" in as_others.content.decode()
    running = open_page(client, centre, Role.NETWORK_COORDINATOR, "count=acts&rows=theme&period=today")
    assert "tables" not in running.context
    assert "This is not over yet." in running.context["form"].errors["period"][0]


def test_who_may_not(client, centre):
    assert open_page(client, centre, Role.ADVISER).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=coded_centre()))
    assert client.get(address(centre)).status_code == 404
    assert client.get(address(centre, name="explorer_file", kind="csv")).status_code == 404
    assert client.get(address(centre.network, name="network_explorer")).status_code == 404


def test_files_are_protected_and_agree_with_what_others_see(client, centre):
    acts(centre, 23)
    acts(centre, 4, themes=[a_theme(centre, key="job", name="Find a job")])
    page = open_page(client, centre, Role.DIRECTOR, f"{LAST_MONTH}&seen=others")
    rows = shown(page)
    files = {kind: client.get(path) for kind, path in page.context["files"]}
    assert set(files) == {"CSV", "XLSX", "JSON", "PDF", "SVG", "PNG"}
    assert {one.status_code for one in files.values()} == {200}
    assert "attachment" in files["CSV"]["Content-Disposition"]
    text = files["CSV"].content.decode().removeprefix("\ufeff")
    found = list(csv.reader(StringIO(text)))
    assert found[: len(rows)] == rows
    sheet = load_workbook(BytesIO(files["XLSX"].content)).worksheets[0]
    assert [[str(cell.value) for cell in row] for row in sheet.iter_rows()] == rows
    data = json.loads(files["JSON"].content)["tables"][0]
    assert data["audience"] == "public"
    assert [line["label"] for line in data["lines"]] == [row[0] for row in rows[1:-1]]
    assert files["PDF"].content.startswith(b"%PDF")
    assert files["PNG"].content.startswith(b"\x89PNG")
    assert files["SVG"].content.startswith(b"<svg")


def test_a_file_of_what_cannot_leave_leads_to_its_reason(client, centre):
    acts(centre, 3, at=NOW)
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    path = address(centre, "count=acts&rows=theme&period=today", name="explorer_file", kind="csv")
    page = client.get(path, follow=True)
    assert "seen=others" in page.redirect_chain[-1][0]
    assert "This is not over yet." in page.content.decode()
    assert client.get(address(centre, LAST_MONTH, name="explorer_file", kind="exe")).status_code == 404


def test_a_wrong_question_keeps_the_rest_and_says_why(client, centre):
    page = open_page(client, centre, Role.DIRECTOR, "count=passages&rows=need&period=last-month")
    body = page.content.decode()
    assert "nobody notes “Need”" in body
    assert 'aria-invalid="true"' in body
    assert '<option value="passages" selected>' in body
    assert '<option value="need" selected>' in body
    assert "The reason stands beside what must change" in body


def test_a_fragment_has_the_form_and_the_answer_and_a_readable_address(client, centre):
    acts(centre, 3)
    part = open_page(client, centre, Role.DIRECTOR, f"{LAST_MONTH}&each=&compare=", **{"HX-Request": "true"})
    body = part.content.decode().strip()
    assert body.startswith('<div id="explorer"')
    assert "<html" not in body
    where = urlsplit(part["HX-Push-Url"])
    assert where.path == reverse("statistics:explorer", args=[centre.slug])
    assert where.query == "count=acts&rows=theme&columns=channel&period=month-2026-02"


def test_filters_flows_and_a_comparison(client, centre):
    need, other = codes_of(centre, CodeList.NEED, "find_training", "application")
    acts(centre, 6, codes=[need])
    acts(centre, 2, codes=[other])
    acts(centre, 4, at=FEBRUARY - timedelta(days=30), codes=[need])
    asked = f"count=acts&rows=need&period=last-month&compare=before&need={need.key}"
    page = open_page(client, centre, Role.DIRECTOR, asked)
    assert shown(page)[1][1:] == ["6", "100 %", "4", "+50 %"]
    assert page.context["change"] == "50 % more than in January 2026: 6, then 4."
    flows = open_page(client, centre, Role.DIRECTOR, "count=acts&picture=flows&period=last-month")
    assert len(flows.context["tables"]) == 2
    assert "flow-band" in flows.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_lines_cost_no_queries(client, centre, rows):
    for number in range(rows):
        acts(centre, 2, themes=[a_theme(centre, key=f"t{number}", name=f"T{number}")])
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    client.get(address(centre, LAST_MONTH))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(address(centre, LAST_MONTH))
    assert len(shown(page)) == rows + 2
    assert len(asked) == QUERIES


QUERIES = 16


def test_snapshots_of_the_night_and_days_since_give_the_same_figures(client, centre):
    acts(centre, 5)
    acts(centre, 2, at=NOW - timedelta(hours=1))
    asked = "count=acts&rows=month&period=this-school-year"
    before = shown(open_page(client, centre, Role.DIRECTOR, asked))
    refresh(at=NOW)
    assert shown(open_page(client, centre, Role.DIRECTOR, asked)) == before
    acts(centre, 3, at=NOW)
    after = shown(open_page(client, centre, Role.DIRECTOR, asked))
    assert (before[-1][1], after[-1][1]) == ("7", "10")


def test_a_network_is_read_protected_by_its_coordinator_with_its_places(client, centre):
    acts(centre, 14)
    coordinator = a_person(Role.NETWORK_COORDINATOR, centre=centre)
    client.force_login(coordinator)
    asked = "count=acts&rows=centre&period=last-month"
    page = client.get(address(centre.network, asked, name="network_explorer"))
    assert page.status_code == 200
    assert shown(page)[1][0] == centre.name
    assert int(shown(page)[1][1]) % 5 == 0
    assert "True figures" not in page.content.decode()
    file = client.get(address(centre.network, asked, name="network_explorer_file", kind="csv"))
    assert file.status_code == 200
    assert centre.name in file.content.decode()


def test_how_many_answered_is_told_others_only_of_many(client, centre):
    acts(centre, 8)
    young = codes_of(centre, CodeList.AGE_BAND, "18_24")
    said = {"method": Profile.Method.ASKED, "day": FEBRUARY.date(), "answers": young}
    answer_profile(centre=centre, key=uuid4(), **said)
    asked = "count=profiles&rows=age-band&period=last-month"
    told = [
        dict(page.context["explained"])["How it is known"]
        for page in (
            open_page(client, centre, Role.DIRECTOR, asked),
            open_page(client, centre, Role.NETWORK_COORDINATOR, asked),
        )
    ]
    assert told[0][0].startswith("voluntary questions; ")
    assert told[1] == ["voluntary questions"]


def test_it_reads_in_french(client, centre):
    acts(centre, 3)
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="fr"))
    assert "Explorer les chiffres" in client.get(address(centre, LAST_MONTH)).content.decode()


def test_an_empty_centre_says_what_to_do(client):
    made = a_centre()
    page = open_page(client, made, Role.DIRECTOR)
    assert page.status_code == 200
    assert "Nothing was counted like this" in page.content.decode()
