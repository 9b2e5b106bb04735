"""Somebody registers by a friendly name, waits, is offered a place, takes it; at the door they are checked in without a network, then with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.agenda.actions.places import Wish, come
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Coming, DoorCount, Registration, Session
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.journey
State = Coming.State


def a_full_session():
    centre = a_centre()
    event = an_event(centre, "Écrire une lettre", registration=Registration.ALIAS)
    session = a_session(event, centre.now() + timedelta(minutes=50), room_seats=3)
    first = come(session=session, wish=Wish(3, "fr"), key=uuid4(), at=centre.now())
    return session, first


def test_a_place_is_given_back_taken_and_checked_in_at_the_door(site, person, accessible):
    session, first = a_full_session()
    phone = person("phone", language="fr")
    phone.goto(f"{site}/a/{session.event.slug}/{session.pk}/come/")
    accessible(phone)
    phone.get_by_label("Combien venez-vous ?").press("Control+a")
    phone.keyboard.type("2")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")  # fewer are fine, too
    phone.get_by_role("button", name="S’inscrire sur la liste d’attente").press("Enter")
    expect(phone.get_by_text("Vous êtes sur la liste d’attente.")).to_be_visible()
    accessible(phone)
    waits = Coming.objects.get(session=session, number=2)
    assert (waits.state, waits.wanted, waits.fewer) == (State.WAITING, 2, True)

    other = person("phone", language="fr")
    other.goto(f"{site}/coming/{first.token}/")
    other.locator(".coming-change summary").click()
    other.get_by_label("Combien venez-vous encore ?").fill("2")
    other.get_by_role("button", name="Modifier").click()
    expect(other.get_by_text("Places gardées pour vous : 2")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("Des places se sont libérées pour vous.")).to_be_visible()
    accessible(phone)
    phone.get_by_role("button", name="Les prendre").press("Enter")
    expect(phone.get_by_text("Places gardées pour vous : 1")).to_be_visible()
    _at_the_door(site, person, accessible, session, first, waits)


def _at_the_door(site, person, accessible, session, first, waits):
    team = a_person(Role.FACILITATOR, centre=session.centre, language="fr")
    tablet = person("tablet", cuts=True, user=team)
    tablet.goto(f"{site}/c/{session.centre.slug}/agenda/sessions/{session.pk}/door/")
    tablet.wait_for_selector("html[data-kept-state=kept][data-door-state=ready]")
    accessible(tablet)

    tablet.context.set_offline(True)
    line = tablet.locator(f"[data-coming='{waits.token}']")
    line.get_by_role("button", name="Là").click()
    expect(line.locator("[data-as=undo]")).to_be_visible()
    for _n in range(3):
        tablet.get_by_role("button", name="Une personne est entrée").click()
    expect(tablet.locator("[data-clicked]")).to_have_text("3")
    expect(tablet.locator("[data-unsent] b")).to_have_text("4", timeout=20_000)
    tablet.reload()  # restarted without a network: nothing is lost
    expect(tablet.locator("[data-clicked]")).to_have_text("3")
    expect(tablet.locator(f"[data-coming='{waits.token}'] [data-as=undo]")).to_be_visible()
    assert not DoorCount.objects.exists()

    tablet.context.set_offline(False)
    expect(tablet.locator("[data-unsent]")).to_be_hidden(timeout=40_000)
    tablet.get_by_label("Mot ou numéro").fill("1")
    expect(tablet.locator(f"[data-coming='{waits.token}']")).to_be_hidden()
    tablet.locator(f"[data-coming='{first.token}']").get_by_role("button", name="Là").click()
    expect(tablet.locator("[data-here]")).to_have_text("3")
    expect(tablet.locator("[data-unsent]")).to_be_hidden(timeout=40_000)
    waits.refresh_from_db()
    first.refresh_from_db()
    assert [(one.state, one.came) for one in (first, waits)] == [(State.CAME, 2), (State.CAME, 1)]
    assert (DoorCount.objects.count(), Session.objects.get(pk=session.pk).room_taken) == (3, 3)
