"""A visitor is handed to a colleague with a word, sent on to a partner warmly; weeks later the team asks what became of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_person
from parvis.guidance.models import FollowUp, Redirection
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.partners.models import Relation
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import State
from parvis.reception.tests.pages import a_house

pytestmark = pytest.mark.journey


@pytest.fixture
def house(site):
    """A partner from which the adviser comes, an outside body, and a visitor called to the desk."""
    house = a_house()
    centre, now = house.centre, house.centre.now()
    lender = an_institution(centre, "House of Work", themes=[house.jobs], for_staff="Offers, each morning")
    an_institution(centre, "Clinic", standing=Relation.Standing.OUTSIDE, phone="02 61 91 20 20")
    belong(centre=centre, person=house.adviser, to=lender.institution, on=LONG_AGO)
    a_ticket(house.jobs, now, language="en")
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    actions.call_next(seat=seat, at=now)
    return house


def test_from_a_desk_to_a_partner_by_keyboard(site, house, person, accessible):
    page = person("desk", user=house.adviser)
    page.goto(f"{site}/c/{house.centre.slug}/desk/")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    page.keyboard.press("h")
    page.get_by_role("link", name="To a partner or an outside body").press("Enter")

    page.get_by_role("radio", name="Clinic").press("Space")
    page.get_by_role("radio", name="Warm: they agree that we tell the institution").press("Space")
    accessible(page)
    page.get_by_role("button", name="Note it").press("Enter")
    expect(page.get_by_text("Without their agreement, nobody is told")).to_be_visible()
    expect(page.get_by_role("radio", name="Clinic")).to_be_checked()
    accessible(page)
    page.get_by_role("checkbox", name="The visitor agreed, here and now").press("Space")
    page.get_by_role("button", name="Note it").press("Enter")
    expect(page.get_by_role("heading", name="Noted today")).to_be_visible()
    found = Redirection.objects.get()
    expect(page.get_by_text(found.reference)).to_be_visible()
    assert (found.from_institution.name, found.ticket.state) == ("House of Work", State.INTERVIEW)
    accessible(page)


def test_the_team_asks_what_became_of_it_on_a_phone(site, house, person, accessible):
    centre, day = house.centre, house.centre.local_day(house.centre.now())
    found = Redirection.objects.create(
        key=uuid4(),
        centre=centre,
        date=day - timedelta(days=9),
        theme=house.jobs,
        to_institution=Relation.objects.get(standing="outside").institution,
        kind="warm",
        agreed=True,
        due_on=day - timedelta(days=1),
        follow_up="open",
        reference="K7M2Q",
    )
    manager = person("phone", user=house.partnership)
    manager.goto(f"{site}/c/{centre.slug}/follow-ups/")
    expect(manager.get_by_role("heading", name="Overdue")).to_be_visible()
    accessible(manager)
    manager.get_by_role("button", name="They met K7M2Q").press("Enter")
    expect(manager.get_by_role("heading", name="Everything was asked about")).to_be_visible()
    found.refresh_from_db()
    assert found.follow_up == FollowUp.MET
    accessible(manager)

    manager.goto(f"{site}/c/{centre.slug}/redirections/?span=year")
    expect(manager.get_by_text("To whom").first).to_be_attached()
    accessible(manager)


def test_a_word_goes_along_with_a_visitor(site, person, accessible):
    house = a_house()
    now = house.centre.now()
    a_ticket(house.jobs, now, language="en")
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    other = a_seat([house.training], now, desk=house.desks[1], languages=["en"])
    called = actions.call_next(seat=seat, at=now)
    mine, hers = person("desk", user=house.adviser), person("desk", user=other.person)
    mine.goto(f"{site}/c/{house.centre.slug}/desk/")
    mine.keyboard.press("h")
    mine.get_by_role("radio", name="Desk 2 · Find training").press("Space")
    mine.get_by_label("A word for the colleague").fill("Ask Marie Dupont, 06 12 34 56 78")
    mine.get_by_role("button", name="Hand over", exact=True).press("Enter")
    expect(mine.get_by_text("Notes name nobody").first).to_be_visible()
    expect(mine.get_by_role("radio", name="Desk 2 · Find training")).to_be_checked()
    accessible(mine)
    mine.get_by_label("A word for the colleague").fill("Has the form already")
    mine.get_by_role("button", name="Hand over", exact=True).press("Enter")
    expect(mine.get_by_text("Nobody is waiting for you right now.")).to_be_visible()

    hers.goto(f"{site}/c/{house.centre.slug}/desk/")
    expect(hers.get_by_text("Has the form already")).to_be_visible()
    hers.keyboard.press("n")
    expect(hers.get_by_text("From your colleague")).to_be_visible()
    accessible(hers)
    called.refresh_from_db()
    assert (called.state, called.seat) == (State.CALLED, other)


def test_who_looks_after_partners_adds_one_and_says_who_comes_from_it(site, person, accessible):
    house = a_house()
    page = person("desk", user=a_person(Role.DIRECTOR, centre=house.centre))
    page.goto(f"{site}/c/{house.centre.slug}/partners/")
    accessible(page)
    page.get_by_role("link", name="Add an institution").press("Enter")
    page.get_by_label("Name").fill("House of Work")
    page.get_by_label("Type").select_option("ngo")
    accessible(page)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("heading", name="House of Work")).to_be_visible()
    page.goto(f"{site}/c/{house.centre.slug}/partners/")
    expect(page.get_by_role("link", name="House of Work")).to_be_visible()
    page.get_by_role("link", name="Who comes from where").press("Enter")
    accessible(page)
    page.get_by_role("link", name=f"Change {house.adviser.name}").press("Enter")
    page.get_by_role("radio", name="House of Work").press("Space")
    accessible(page)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text=house.adviser.name)).to_contain_text("House of Work")
