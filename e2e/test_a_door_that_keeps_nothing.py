"""A browser that keeps nothing on its device (full, or private): the door works all the same, as plain forms do."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.agenda.actions.places import Wish, come
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Coming, Registration
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.journey
FULL = "IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def test_somebody_is_checked_in_where_the_device_is_full(site, person):
    centre = a_centre()
    event = an_event(centre, registration=Registration.ALIAS)
    session = a_session(event, centre.now() + timedelta(minutes=50), room_seats=3)
    come(session=session, wish=Wish(1, "fr"), key=uuid4(), at=centre.now())
    page = person("tablet", user=a_person(Role.FACILITATOR, centre=centre, language="en"))
    page.context.add_init_script(FULL)
    page.goto(f"{site}/c/{centre.slug}/agenda/sessions/{session.pk}/door/")
    page.wait_for_selector("html[data-door-state=ready]")
    page.get_by_role("button", name="Here").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.locator("[data-here]")).to_have_text("1")
    assert Coming.objects.get().state == Coming.State.CAME
