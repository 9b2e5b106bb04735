"""Who has handed in what: states of centres, what the page says, who opens it, the files, the queries."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_network, a_person
from parvis.rota.periods import read
from parvis.statistics.actions.network.asking import ask_dashboards_until
from parvis.statistics.models import Audience, Report
from parvis.statistics.queries.network.periods import network_today
from parvis.statistics.queries.network.present import State, presence
from parvis.statistics.tests.network.scene import NOON, a_centre_of, a_coordinator
from parvis.statistics.tests.reports.scene import a_report

pytestmark = pytest.mark.django_db
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def found(*centres, period="2026-03"):
    network = centres[0].network
    return presence(network, centres, read(period), network_today(centres), NOON)


def address(network, name="network_centres", **parts):
    return reverse(f"statistics:{name}", kwargs={"network": network.slug, **parts})


def test_what_is_there_what_is_partly_there_and_what_is_not():
    whole = a_centre_of(name="A")
    some = a_centre_of(whole.network, "B", signed_until=date(2026, 3, 27))
    nothing = a_centre_of(whole.network, "C", acts=0, signed_until=date(2026, 3, 1))
    lines = found(whole, some, nothing).lines
    assert [line.state for line in lines] == [State.THERE, State.PARTIAL, State.NOTHING]
    assert lines[1].evenings.missing == (date(2026, 3, 30), date(2026, 3, 31))
    assert (lines[0].evenings.opened, lines[0].evenings.signed) == (22, 22)
    assert lines[2].empty_months == (date(2026, 3, 1),)
    assert lines[0].empty_months == ()


def test_nothing_is_expected_before_a_centre_began_nor_after_it_is_too_early_to_sign():
    late = a_centre_of(first=date(2026, 3, 25))
    (line,) = found(late).lines
    assert (line.since, line.evenings.opened) == (date(2026, 3, 25), 5)
    (before,) = found(late, period="2026-02").lines
    assert before.state is State.QUIET
    assert not before.is_missing


def test_a_dashboard_is_late_only_after_its_day():
    centre = a_centre_of()
    (line,) = found(centre).lines
    assert (line.dashboard.year, line.dashboard.is_late) == (2025, False)
    for due, late in ((date(2026, 4, 14), False), (date(2026, 4, 13), True)):
        ask_dashboards_until(network=centre.network, year=2025, due=due, by=a_coordinator(centre), at=NOON)
        assert found(centre).lines[0].dashboard.is_late is late
    assert found(centre).lines[0].state is State.LATE
    a_report(centre, "ready:dashboard", days=YEAR)
    assert found(centre).lines[0].dashboard.report.is_draft
    Report.objects.update(state=Report.State.PUBLISHED, published_at=NOON)
    assert found(centre).lines[0].state is State.THERE


def test_the_dashboard_of_a_year_belongs_to_that_year():
    centre = a_centre_of()
    assert [found(centre, period=key).year for key in ("2025", "2025-Q4", "2025-12", "2026-Q1")] == [
        2025,
        2025,
        2025,
        2025,
    ]
    assert found(centre, period="2025-11").year == 2024


def test_what_is_measured_otherwise_is_said():
    centre = a_centre_of()
    (line,) = found(centre).lines
    said = " ".join(line.otherwise_said)
    assert "Not counted here: passages" in said
    assert "entries of its lists count as nothing" in said
    assert "No sample survey of the public in this period." in said


def test_the_page_names_each_centre_in_order_and_filters(client):
    one = a_centre_of(name="Zeta")
    two = a_centre_of(one.network, "Alpha", signed_until=date(2026, 3, 27))
    client.force_login(a_coordinator(one))
    page = client.get(address(one.network) + "?period=2026-03")
    assert page.status_code == 200
    assert [line.centre for line, _said in page.context["lines"]] == [two, one]
    body = page.content.decode()
    assert "2 of 22 open days without a signed evening" in body
    assert "Dashboards of 2025" in body
    only = client.get(address(one.network) + "?period=2026-03&only=on")
    assert [line.centre for line, _said in only.context["lines"]] == [two]
    searched = client.get(address(one.network) + "?period=2026-03&q=zet")
    assert [line.centre for line, _said in searched.context["lines"]] == [one]
    none = client.get(address(one.network) + "?period=2026-03&q=nowhere")
    assert "No centre like this" in none.content.decode()


def test_a_period_that_runs_is_none_to_ask_for(client):
    centre = a_centre_of()
    client.force_login(a_coordinator(centre))
    for asked in ("2026-04", "2031", "nonsense", ""):
        page = client.get(address(centre.network) + f"?period={asked}")
        assert page.context["period"].key == "2026-03"


def test_an_empty_network_says_what_will_be_here(client):
    network = a_network()
    person = a_person()
    person.assignments.create(role=Role.NETWORK_COORDINATOR, network=network)
    client.force_login(person)
    page = client.get(address(network))
    assert "No centre yet" in page.content.decode()
    assert client.get(address(network, "network_centres_file", kind="csv")).status_code == 200


def test_who_may_not(client):
    centre, other = a_centre_of(acts=0), a_centre_of(acts=0)
    for person, theirs in [
        (a_person(Role.DIRECTOR, centre=centre), 404),
        (a_coordinator(other), 404),
        (a_coordinator(centre), 200),
    ]:
        client.force_login(person)
        assert client.get(address(centre.network)).status_code == theirs
        file = client.get(address(centre.network, "network_centres_file", kind="csv"))
        assert file.status_code == theirs


def test_files_hold_what_the_page_holds(client):
    centre = a_centre_of(name="=Alpha", signed_until=date(2026, 3, 27))
    a_report(centre, "ready:dashboard", days=YEAR, audience=Audience.PARTNERS, key=uuid4())
    client.force_login(a_coordinator(centre))
    files = {
        kind: client.get(
            address(centre.network, "network_centres_file", kind=kind) + "?period=2026-03"
        ).content
        for kind in ("csv", "xlsx")
    }
    heading, row = csv.reader(StringIO(files["csv"].decode().removeprefix("\ufeff")))
    assert dict(zip(heading, row, strict=True))["Days without a signed evening"] == "2026-03-30 2026-03-31"
    assert row[0] == "'=Alpha"
    book = load_workbook(BytesIO(files["xlsx"]))
    assert [cell.value for cell in book.worksheets[0][2]][1:4] == ["2026-03", "Something is missing", 22]
    assert "begun, not published yet" in row[7]
    assert book.worksheets[1]["A2"].value == "Network"
    assert client.get(address(centre.network, "network_centres_file", kind="pdf")).status_code == 404


def test_the_same_queries_for_one_centre_and_three(client):
    one = a_centre_of()
    client.force_login(a_coordinator(one))
    counts = []
    for more in (0, 2):
        for _n in range(more):
            a_report(a_centre_of(one.network), "ready:dashboard", days=YEAR)
        client.get(address(one.network) + "?period=2026-03")
        with CaptureQueriesContext(connection) as queries:
            client.get(address(one.network) + "?period=2026-03")
        counts.append(len(queries))
    assert counts[0] == counts[1]
