"""A settled day that is entered or corrected late: every page that shows it says which figure, how much, noticed when; nobody is named."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception import actions
from parvis.reception.factories import an_act
from parvis.statistics.actions.reports import drafting, publishing
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts.refresh import rebuild, refresh
from parvis.statistics.models import LateChange
from parvis.statistics.queries.explorer import late
from parvis.statistics.tests.facts.scenes import sign
from parvis.statistics.tests.reports.scene import NOON, PARIS, a_report, a_worked_centre

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 3, 10, tzinfo=PARIS)
BEFORE, AFTER = NOON - timedelta(days=1), NOON + timedelta(days=1)
TOLD = {
    "acts": "Acts, March 2026: +2 since it was first told (noticed on 15 April 2026).",
    "contacts": "Contacts, March 2026: +7 since it was first told (noticed on 15 April 2026).",
    "outside": "Contacts, March 2026: changed after it was first told (noticed on 15 April 2026).",
    "day": "Contacts, 3 March 2026: +7 since it was first told (noticed on 15 April 2026).",
}


@pytest.fixture
def centre(settings, tmp_path):
    """A quarter that was read, with a day that was signed."""
    settings.DATA = tmp_path
    centre = a_worked_centre()
    sign(centre, DAY.date())
    rebuild(at=BEFORE)
    return centre


def corrected(centre):
    """The signed day's contacts are five more, and two acts of it were entered; the night notices."""
    day = centre.days.get(date=DAY.date())
    now = day.figures["contacts"]
    for _n in range(2):
        an_act(centre, DAY)
    said = {"subject": "contacts", "after": now + 7, "reason": "Counted twice"}
    actions.correct_day(day=day, key=uuid4(), by=day.signed_by, at=NOON, **said)
    actions.correct_day(
        day=day,
        key=uuid4(),
        by=day.signed_by,
        at=NOON,
        subject="acts",
        after=day.figures["acts"] + 2,
        reason="Two were missing",
    )
    refresh(at=AFTER)


def opened(client, centre, name, role=Role.DIRECTOR, asked="", **parts):
    client.force_login(a_person(role, centre=centre))
    return client.get(
        reverse(f"statistics:{name}", kwargs={"centre": centre.slug, **parts})
        + (f"?{asked}" if asked else "")
    )


def test_what_changed_is_told_by_month_and_unit_the_latest_first(centre):
    corrected(centre)
    days = (DAY.date().replace(month=1, day=1), DAY.date())
    found = late.changed([centre], *days)
    assert late.said(found, exact=True) == [TOLD["contacts"], TOLD["acts"]]
    assert late.said(found, exact=False)[0] == TOLD["outside"]
    assert late.said(late.changed([centre], *days, by_day=True), exact=True)[0] == TOLD["day"]
    assert late.changed([centre], *days, units=[Unit.WAITS]) == []
    assert late.changed([centre], *days, since=AFTER) == []
    assert late.changed([a_worked_centre(0)], *days) == []


def test_many_are_summed_up_and_what_is_as_many_is_said(centre):
    for n in range(9):
        LateChange.objects.create(
            centre=centre,
            date=DAY.date() - timedelta(days=31 * n),
            unit="acts",
            before=4,
            after=4,
            said_at=BEFORE,
            noticed_at=AFTER,
        )
    told = late.said(late.changed([centre], DAY.date() - timedelta(days=300), DAY.date()), exact=True)
    assert told[0] == (
        "Acts, March 2026: as many as first told, but said otherwise (noticed on 15 April 2026)."
    )
    assert told[-1] == "3 more figures changed after they were first told."


def test_the_explorer_and_every_file_say_so(client, centre):
    asked = "count=contacts&rows=month&period=months-2026-01-to-2026-03"
    assert "since it was first told" not in opened(client, centre, "explorer", asked=asked).content.decode()
    corrected(centre)
    page = opened(client, centre, "explorer", asked=asked)
    assert TOLD["contacts"] in page.content.decode()
    assert TOLD["acts"] not in page.content.decode()
    files = {kind: client.get(path).content.decode(errors="replace") for kind, path in page.context["files"]}
    assert ["Note", TOLD["outside"]] in list(csv.reader(StringIO(files["CSV"])))
    assert TOLD["outside"] in json.loads(files["JSON"])["tables"][0]["notes"]
    as_others = opened(client, centre, "explorer", asked=f"{asked}&seen=others").content.decode()
    assert TOLD["outside"] in as_others
    assert TOLD["contacts"] not in as_others
    coordinator = opened(client, centre, "explorer", Role.NETWORK_COORDINATOR, asked).content.decode()
    assert TOLD["outside"] in coordinator
    assert TOLD["contacts"] not in coordinator


def test_the_comparison_says_so_of_both_periods(client, centre):
    corrected(centre)
    asked = "count=contacts&rows=theme&period=month-2026-04&compare=before"
    page = opened(client, centre, "explorer", asked=asked)
    assert TOLD["contacts"] in page.content.decode()


def test_the_day_and_its_week_say_so(client, centre):
    corrected(centre)
    for name in ("day", "week"):
        page = opened(client, centre, name, day=str(DAY.date()))
        assert TOLD["day"] in page.content.decode()
    assert (
        '<th scope="row">Passages</th><td class="num">–</td>'
        in opened(client, centre, "day", day="2026-03-04").content.decode()
    ), "nobody counted at the door"
    other = opened(client, centre, "day", day="2026-03-04").content.decode()
    assert "first told" not in other
    outside = opened(client, centre, "day", Role.NETWORK_COORDINATOR, day=str(DAY.date())).content.decode()
    assert "+7" not in outside
    assert "changed after it was first told" in outside


def test_a_draft_says_so_until_its_figures_are_taken_again(client, centre):
    report = a_report(centre)
    corrected(centre)
    page = opened(client, centre, "report", pk=report.pk).content.decode()
    assert TOLD["contacts"] in page
    assert "Take the figures again, and the draft tells them as they are now." in page
    assert "figures changed since" in opened(client, centre, "reports").content.decode()
    drafting.refresh_report(report=report, at=AFTER + timedelta(hours=1))
    assert TOLD["contacts"] not in opened(client, centre, "report", pk=report.pk).content.decode()
    assert "figures changed since" not in opened(client, centre, "reports").content.decode()


def test_a_published_report_offers_its_author_a_correction_and_its_readers_no_amounts(client, centre):
    report = publishing.publish_report(report=a_report(centre), by=None, at=NOON)
    assert "Figures changed since" not in opened(client, centre, "report", pk=report.pk).content.decode()
    corrected(centre)
    author = opened(client, centre, "report", pk=report.pk).content.decode()
    assert TOLD["contacts"] in author
    assert '<a href="#correct">Begin the correction</a>' in author
    reads = opened(client, centre, "report", Role.RECEPTIONIST, pk=report.pk).content.decode()
    assert TOLD["contacts"] in reads
    assert "Begin the correction" not in reads
    outside = opened(client, centre, "report", Role.NETWORK_COORDINATOR, pk=report.pk).content.decode()
    assert TOLD["outside"] in outside
    assert TOLD["contacts"] not in outside
    again = publishing.correct_report(
        key=uuid4(), report=report, reason="Late", by=a_person(Role.DIRECTOR, centre=centre), at=AFTER
    )
    assert "Begin the correction" not in opened(client, centre, "report", pk=report.pk).content.decode()
    publishing.publish_report(report=again, by=None, at=AFTER + timedelta(hours=1))
    replaced = opened(client, centre, "report", pk=report.pk).content.decode()
    assert "Figures changed since" not in replaced


@pytest.mark.parametrize("changes", [1, 3])
def test_changes_cost_no_queries(client, centre, changes):
    for n in range(changes):
        LateChange.objects.create(
            centre=centre,
            date=DAY.date() + timedelta(days=n),
            unit="acts",
            before=4,
            after=5,
            said_at=BEFORE,
            noticed_at=AFTER,
        )
    asked = "count=acts&rows=theme&period=month-2026-03"
    opened(client, centre, "explorer", asked=asked)
    with CaptureQueriesContext(connection) as found:
        page = client.get(
            reverse("statistics:explorer", kwargs={"centre": centre.slug}) + f"?{asked}"
        ).content.decode()
    assert "Acts, March 2026: +" in page
    assert len(found) == QUERIES


QUERIES = 12
