"""The director finds the year's events and classes: in the explorer, in the yearly dashboard and in a partner's hours, each in its own unit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from parvis.agenda.actions.hours import count_hours
from parvis.agenda.factories import a_class_visit, a_school, a_session, an_event, an_event_kind
from parvis.agenda.models import ClassVisit, Facilitation, ObjectiveDone, Session
from parvis.centres.factories import a_code
from parvis.centres.models import CodeList
from parvis.partners.factories import an_institution
from parvis.reception.factories import coded_centre
from parvis.statistics.actions.reports.drafting import Wanted, draft_report
from parvis.statistics.queries.reports.ready import model_of
from parvis.statistics.tests.reports.scene import NOON, PARIS, a_director

pytestmark = pytest.mark.journey
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def a_year_of_events():
    """A fair and two workshops that the chamber led, and a class of one of two schools."""
    centre = coded_centre(languages=["en"], clock_set_at=NOON, clock_showed=NOON, clock_speed=0)
    chamber = an_institution(centre, "Chamber of Rivermouth")
    for number, (kind, people) in enumerate((("fair", 120), ("workshop", 14), ("workshop", 17))):
        at = datetime.combine(date(2025, 3, 3) + timedelta(days=40 * number), time(14), PARIS)
        event = an_event(centre, kind=an_event_kind(centre, kind))
        session = a_session(event, at, state=Session.State.HELD, participants=people, counted_at=at)
        Facilitation.objects.create(session=session, institution=chamber.institution, preparing=20)
        count_hours(owner=session, at=at)
    network = a_code(centre, CodeList.SCHOOL_NETWORK, "public")
    school, _other = (a_school(centre, f"School {n}", school_network=network, pupils=300) for n in range(2))
    begins = datetime.combine(date(2025, 5, 6), time(9), PARIS)
    visit = a_class_visit(
        centre,
        school=school,
        came=24,
        state=ClassVisit.State.HELD,
        begins_at=begins,
        ends_at=begins + timedelta(hours=2),
    )
    objective = a_code(centre, CodeList.OBJECTIVE, "projects")
    ObjectiveDone.objects.create(visit=visit, objective=objective, depth=ObjectiveDone.Depth.WORKED)
    return centre


def test_events_appear_in_the_figures(site, person, accessible):
    centre = a_year_of_events()
    page = person("desk", language="en", user=a_director(centre))

    # The explorer: people at events by kind, in their own unit.
    asked = "?count=participants&rows=event-kind&period=year-2025"
    page.goto(site + reverse("statistics:explorer", args=[centre.slug]) + asked)
    table = page.get_by_role("table").first
    expect(table.get_by_role("row", name="Fair")).to_contain_text("120")
    expect(table.get_by_role("row", name="Workshop")).to_contain_text("31")
    accessible(page)

    # The yearly dashboard is filled from what was held.
    wanted = Wanted(model_of(centre, "ready:dashboard"), *YEAR, "en", "team")
    report = draft_report(key=uuid4(), centre=centre, wanted=wanted, by=None, at=NOON)
    page.goto(site + reverse("statistics:report", args=[centre.slug, report.pk]))
    for said in ("Events held: 3.", "Participants at these events: 151.", "Classes received: 1."):
        expect(page.get_by_text(said)).to_be_visible()
    for title in ("Objectives of classes", "Reach: schools of the territory"):
        expect(page.get_by_role("table", name=title)).to_be_visible()
    accessible(page)

    # What the chamber gave: three times an hour and a half, and what it prepared.
    page.goto(site + reverse("rota:ledger", args=[centre.slug]) + "?period=2025")
    expect(page.get_by_role("row", name="Chamber of Rivermouth").first).to_contain_text("5:30")
