"""A partner organises a workshop with the centre and lends who leads it: once heads are counted, its coordinator reads the hours, to the minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Facilitation, Organiser
from parvis.centres.factories import a_centre, a_person, where_it_is_noon
from parvis.partners.factories import an_institution
from parvis.partners.models import Liaison
from parvis.rota.factories import comes_from

pytestmark = pytest.mark.journey


@pytest.fixture
def workshop():
    """An hour and a half that ended this morning, led by somebody whom the chamber lends; half an hour to prepare."""
    centre = a_centre(languages=["en"], language="en", time_zone=where_it_is_noon())
    chamber = an_institution(centre, "Chamber of Rivermouth").institution
    event = an_event(centre, "Starting a business")
    Organiser.objects.create(event=event, institution=chamber, part=Organiser.Part.LEAD)
    session = a_session(event, centre.now() - timedelta(hours=3))
    leads = a_person(Role.ADVISER, centre=centre, name="Awa Leads")
    comes_from(leads, centre, chamber)
    Facilitation.objects.create(session=session, person=leads, preparing=30)
    return session


def test_a_partner_sees_its_hours(site, person, accessible, workshop):
    centre, chamber = workshop.centre, workshop.event.organisers.get().institution
    spokesperson = a_person(Role.PARTNER_COORDINATOR, centre=centre, language="en")
    Liaison.objects.create(person=spokesperson, centre=centre, institution=chamber)

    everybody = person("phone", language="en")
    everybody.goto(f"{site}/a/{workshop.event.slug}/")
    expect(everybody.get_by_text("Chamber of Rivermouth")).to_be_visible()
    expect(everybody.get_by_text("Awa")).to_have_count(0)

    partner = person("desk", language="en", user=spokesperson)
    partner.goto(f"{site}/c/{centre.slug}/rota/ledger/own/")
    expect(partner.get_by_role("heading", name="Chamber of Rivermouth")).to_be_visible()
    expect(partner.get_by_text("2:00")).to_have_count(0)

    facilitator = person("tablet", language="en", user=a_person(Role.FACILITATOR, centre=centre))
    facilitator.goto(f"{site}/c/{centre.slug}/agenda/sessions/{workshop.pk}/count/")
    facilitator.get_by_label("People in the room").fill("14")
    facilitator.get_by_role("button", name="Close the count").click()
    expect(facilitator.get_by_text("Counted. It can be corrected here at any time.")).to_be_visible()

    partner.reload()
    expect(partner.get_by_text("2:00").first).to_be_visible()
    accessible(partner)
