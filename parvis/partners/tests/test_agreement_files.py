"""Agreements and contributions as files: of every partner, or of one's own institution."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners.actions.agreements import Money
from parvis.partners.factories import a_contribution, an_agreement, an_institution, hours
from parvis.partners.models import Liaison, Per

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    centre = a_centre(languages=["en"], language="en")
    school, union = (an_institution(centre, name) for name in ("École", "Union"))
    jobs = a_theme(centre, "jobs")
    an_agreement(
        school, hours("12.5", theme=jobs), hours("3"), money=Money(Decimal(900), "EUR", Per.YEAR),
        remark="Ask again in June",
    )  # fmt: skip
    an_agreement(union, title="=cmd()")
    a_contribution(school, date(2026, 3, 2), 90, theme=jobs, words="Job fair")
    a_contribution(union, date(2026, 3, 3), 60)
    a_contribution(school, date(2025, 3, 3), 15)
    return centre, school, union


def lines(client, who, centre, name, kind="csv", **asked):
    client.force_login(who)
    answer = client.get(reverse(f"partners:{name}_file", args=[centre.slug, kind]), asked)
    if kind == "xlsx":
        return [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.values]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_line_for_each_pledge_and_money_once(client, place):
    centre, _school, _union = place
    manager = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    heading, *rows = lines(client, manager, centre, "agreements")
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [(one["Institution"], one["Theme"], one["Pledged"], one["Money"]) for one in found] == [
        ("École", "Find jobs", "12.5", "900.0"),
        ("École", "any theme", "3.0", ""),
        ("Union", "", "", ""),
    ]
    assert (found[0]["In force from"], found[0]["Remark"], found[2]["Title"]) == (
        LONG_AGO.isoformat(), "Ask again in June", "'=cmd()",
    )  # fmt: skip
    sheet = lines(client, manager, centre, "agreements", "xlsx")
    assert (sheet[1][0], sheet[1][heading.index("Pledged")]) == ("École", 12.5)


def test_contributions_of_a_year(client, place):
    centre, *_rest = place
    manager = a_person(Role.DIRECTOR, centre=centre, language="en")
    _heading, *rows = lines(client, manager, centre, "contributions", year="2026")
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("2026-03-03", "Union", "", "60"),
        ("2026-03-02", "École", "Job fair", "90"),
    ]
    assert len(lines(client, manager, centre, "contributions", year="2025")) == 2


def test_a_coordinator_takes_away_what_is_their_institution_s(client, place):
    centre, school, _union = place
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre, language="en")
    address = reverse("partners:agreements_file", args=[centre.slug, "csv"])
    client.force_login(coordinator)
    assert client.get(address).status_code == 404
    Liaison.objects.create(person=coordinator, centre=centre, institution=school.institution)
    heading, *rows = lines(client, coordinator, centre, "agreements")
    assert ({row[0] for row in rows}, "Remark" in heading) == ({"École"}, False)
    assert {row[1] for row in lines(client, coordinator, centre, "contributions", year="2026")[1:]} == {
        "École"
    }
    report = reverse("rota:ledger_partner", args=[centre.slug, school.institution_id])
    assert address in client.get(report).content.decode()


@pytest.mark.parametrize("name", ["agreements", "contributions"])
def test_nobody_else_does(client, place, name):
    centre, school, _union = place
    address = reverse(f"partners:{name}_file", args=[centre.slug, "csv"])
    adviser, stranger = a_person(Role.ADVISER, centre=centre), a_person(Role.DIRECTOR, centre=a_centre())
    Liaison.objects.create(person=adviser, centre=centre, institution=school.institution)
    for person in (adviser, stranger):
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre))
    assert client.get(address.replace(".csv", ".exe")).status_code == 404
    page = client.get(reverse(f"partners:{name}", args=[centre.slug]), {"year": "2026"}).content.decode()
    assert address in page
