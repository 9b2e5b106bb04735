"""The pages of reports: what stands on them, who opens them, what they let somebody do."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.statistics.actions.reports import publishing
from parvis.statistics.models import Audience, PartKind, Report
from parvis.statistics.tests.reports.scene import NOON, a_director, a_report, a_worked_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_worked_centre()


@pytest.fixture
def director(client, centre):
    person = a_director(centre)
    client.force_login(person)
    return person


def address(name, centre, **parts):
    return reverse(f"statistics:{name}", kwargs={"centre": centre.slug, **parts})


def test_a_draft_is_made_written_looked_at_and_published(client, centre, director):
    page = client.get(address("new_report", centre, model="ready:quarter"))
    form = page.context["form"]
    said = {"key": form["key"].value(), "period": "2026-Q1", "language": "fr", "audience": "partners"}
    made = client.post(address("new_report", centre, model="ready:quarter"), said)
    report = Report.objects.get()
    assert made["Location"] == address("report", centre, pk=report.pk)
    part = report.parts.get(position=1)
    typed = {"title": "En bref", "version": 1, "text": "Appelez Jeanne au 06 12 34 56 78"}
    refused = client.post(address("report_part", centre, pk=part.pk), typed)
    assert refused.status_code == 422
    assert "06 12 34 56 78" in refused.content.decode()
    client.post(address("report_part", centre, pk=part.pk), typed | {"text": "Un trimestre calme."})
    assert "Un trimestre calme." in client.get(made["Location"]).content.decode()
    assert client.get(address("publish_report", centre, pk=report.pk)).context["failures"] == []
    client.post(address("publish_report", centre, pk=report.pk))
    client.post(address("publish_report", centre, pk=report.pk))  # a double click
    report.refresh_from_db()
    assert (report.state, report.published_by) == (Report.State.PUBLISHED, director)
    html = client.get(made["Location"]).content.decode()
    assert 'lang="fr"' in html
    assert "Begin the correction" in html


def test_who_reads_and_who_composes(client, centre):
    report = a_report(centre, audience=Audience.TEAM)
    page, publish = address("report", centre, pk=report.pk), address("publish_report", centre, pk=report.pk)
    for role, reads, composes in [
        (Role.DIRECTOR, 200, 200),
        (Role.PARTNERSHIP_MANAGER, 200, 200),
        (Role.RECEPTIONIST, 200, 403),
        (Role.ADVISER, 403, 403),
    ]:
        client.force_login(a_person(role, centre=centre))
        assert (client.get(page).status_code, client.get(publish).status_code) == (reads, composes)
    other = a_worked_centre(0)
    client.force_login(a_director(other))
    assert client.get(page).status_code == 404
    theirs = reverse("statistics:report", kwargs={"centre": other.slug, "pk": report.pk})
    assert client.get(theirs).status_code == 404


def test_from_outside_one_reads_what_left_the_centre(client, centre):
    drafted, team, left = a_report(centre), a_report(centre, audience=Audience.TEAM), a_report(centre)
    for one in (team, left):
        publishing.publish_report(report=one, by=None, at=NOON)
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    found = [client.get(address("report", centre, pk=one.pk)).status_code for one in (drafted, team, left)]
    assert found == [404, 404, 200]
    assert [one.pk for one in client.get(address("reports", centre)).context["page"].published] == [left.pk]


def test_the_list_takes_the_same_queries_for_one_report_and_three(client, centre, director):
    counts = []
    for more in (1, 2):
        for _n in range(more):
            a_report(centre)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address("reports", centre))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_pdf_and_workbook_hold_what_the_page_holds(client, centre, director):
    report = a_report(centre, language="fr")
    pdf = client.get(address("report_pdf", centre, pk=report.pk))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    book = load_workbook(BytesIO(client.get(address("report_xlsx", centre, pk=report.pk)).content))
    figures = {row[1]: row[2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    part = report.parts.get(kind=PartKind.WORK)
    for sentence in part.figures["sentences"]:
        for label, value, _unit in sentence["numbers"]:
            assert figures[label] == value


def test_a_block_is_added_moved_and_taken_out_by_its_page(client, centre, director):
    report = a_report(centre)
    many = report.parts.count()
    client.post(address("add_report_part", centre, pk=report.pk), {"kind": "departures", "after": many})
    keys = list(report.parts.values_list("pk", flat=True))
    assert len(keys) == many + 1
    client.post(address("order_report_parts", centre, pk=report.pk), {"part": [keys[-1], *keys[:-1]]})
    assert report.parts.first().pk == keys[-1]
    client.post(address("remove_report_part", centre, pk=keys[-1]))
    assert report.parts.count() == many
    client.post(address("discard_report", centre, pk=report.pk))
    assert not Report.objects.exists()


def test_a_correction_asks_why(client, centre, director):
    report = a_report(centre)
    publishing.publish_report(report=report, by=director, at=NOON)
    where = address("correct_report", centre, pk=report.pk)
    assert client.post(where, {"key": uuid4(), "reason": ""}).status_code == 422
    client.post(where, {"key": uuid4(), "reason": "A day was late"})
    assert report.corrected_by.reason == "A day was late"
