"""A partner that helps with an event sees its hours in the ledger and in its report: to the minute, and once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.hours import count_hours
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Facilitation, Organiser, Session
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.partners.models import Contribution
from parvis.rota import periods, reports
from parvis.rota.actions import held as holding
from parvis.rota.factories import speaks_for
from parvis.rota.models import DutyKind, Held
from parvis.rota.queries.ledger import ledger
from parvis.rota.tests.duty import DAY, a_half_day, a_slot, at

QUARTER = periods.read("2026-Q1")


@pytest.fixture
def centre(db):
    return a_centre(languages=["en"], language="en")


@pytest.fixture
def jobs(centre):
    return a_theme(centre, "jobs")


@pytest.fixture
def chamber(centre):
    return an_institution(centre, "Chamber")


@pytest.fixture
def ann(centre, chamber):
    person = a_person(Role.ADVISER, centre=centre)
    belong(centre=centre, person=person, to=chamber.institution, on=LONG_AGO)
    return person


def held(centre, person, theme, *, preparing=0):
    """A workshop from ten to half past eleven that the person led, put on with the chamber."""
    event = an_event(centre, "Writing a CV")
    event.themes.set([theme])
    Organiser.objects.create(event=event, institution=person.belongings.get().institution)
    session = a_session(
        event, at(centre, 10), state=Session.State.HELD, participants=12, counted_at=at(centre, 12)
    )
    Facilitation.objects.create(session=session, person=person, preparing=preparing)
    count_hours(owner=session, at=at(centre, 12))
    return session


def figures(centre, chamber):
    row = ledger(centre, QUARTER, at(centre, 20)).total(chamber.institution_id)
    return row.planned, row.held, row.given


def test_outside_duty_it_is_given_otherwise_and_stands_in_the_partners_report(
    centre, chamber, ann, jobs, client
):
    held(centre, ann, jobs, preparing=25)
    assert figures(centre, chamber) == (0, 0, 115)
    found = reports.report(centre, QUARTER, at(centre, 20), chamber.institution_id)
    assert [(line.label, line.now.given) for line in found.themes] == [(str(jobs.name), 115)]
    partner = a_person(Role.PARTNER_COORDINATOR, centre=centre, language="en")
    speaks_for(partner, centre, chamber.institution)
    client.force_login(partner)
    own = reverse("rota:ledger_partner", args=[centre.slug, chamber.institution_id])
    page = client.get(own + "?period=2026-Q1")
    assert "1:55" in page.content.decode()


def test_a_slot_for_it_in_the_rota_is_held_and_nothing_is_given_twice(centre, chamber, ann, jobs):
    a_slot(
        ann, None, a_half_day(centre, (9, 11)), duty=DutyKind.FACILITATION, institution=chamber.institution
    )
    session = held(centre, ann, jobs, preparing=25)
    row = session.facilitations.get()
    assert (row.minutes, row.on_duty) == (115, 60)
    assert figures(centre, chamber) == (120, 60, 55)


def test_a_desk_that_is_noted_afterwards_takes_over(
    centre, chamber, ann, jobs, django_capture_on_commit_callbacks
):
    desk = a_slot(ann, jobs, a_half_day(centre), institution=chamber.institution)
    session = held(centre, ann, jobs, preparing=25)
    assert figures(centre, chamber) == (180, 0, 115)
    with django_capture_on_commit_callbacks(execute=True):
        noted = holding.note_held(
            slot=desk, begun=at(centre, 9), ended=at(centre, 11), key=uuid4(), at=at(centre, 20)
        )
    assert figures(centre, chamber) == (180, 120, 55)
    with django_capture_on_commit_callbacks(execute=True):
        holding.correct_held(
            held=noted,
            begun=at(centre, 9),
            ended=at(centre, 9),
            reason="Was not there",
            key=uuid4(),
            by=ann,
            at=at(centre, 20),
        )
    assert figures(centre, chamber) == (180, 0, 115)
    assert session.facilitations.get().on_duty == 0


def test_a_correction_of_the_session_changes_both(centre, chamber, ann, jobs):
    a_slot(
        ann, None, a_half_day(centre, (9, 11)), duty=DutyKind.FACILITATION, institution=chamber.institution
    )
    session = held(centre, ann, jobs)
    session.ends_at = at(centre, 12)
    session.save()
    count_hours(owner=session, at=at(centre, 21))
    assert figures(centre, chamber) == (120, 60, 60)
    session.state = Session.State.PLANNED
    session.save()
    count_hours(owner=session, at=at(centre, 21))
    assert figures(centre, chamber) == (120, 0, 0)
    assert not Contribution.objects.exists()
    assert not Held.objects.exists()
    assert session.day == DAY
