"""A teacher asks for a visit on a phone, without an account; the centre keeps a half-day with one press; the teacher says yes."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_kit, a_room, a_school
from parvis.agenda.models import ClassVisit
from parvis.agenda.queries.half_days import first_day, free_half_days
from parvis.centres.factories import a_person, a_ready_centre
from parvis.centres.models import ServiceModel
from parvis.partners import on_duty

pytestmark = pytest.mark.journey
LOOK = os.environ.get("PARVIS_LOOK")


@pytest.fixture
def centre(site, monkeypatch):
    """A centre with a room, a workshop for classes, a school nearby, and somebody who leads workshops every day."""
    centre = a_ready_centre(ServiceModel.CITE_DES_METIERS)
    a_room(centre, "Workshop room", places=30)
    a_kit(centre, "Explore trades", people=12)
    a_school(centre, "École du port", place="Lakeside", pupils=640)
    leads = a_person(Role.FACILITATOR, centre=centre, name="Dominique")

    def look(*, centre, begins, ends):
        return [on_duty.Stretch(leads.pk, begins, ends, facilitates=True)]

    monkeypatch.setattr(on_duty, "_LOOKS", {"test": look})
    centre.leads = leads
    return centre


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def go_on(page, accessible, name):
    fits(page)
    look(page, name)
    accessible(page)
    page.get_by_role("button", name="Go on").click()


def fits(page):
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def the_class(page, accessible):
    page.get_by_label("Your school").fill("port")
    page.get_by_label("How many pupils?").fill("24")
    page.get_by_label("What does the class need?").fill("Emma Dupont, Lucas Martin, Manon Bernard")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This looks like a list of names")).to_be_visible()
    page.get_by_label("What does the class need?").fill("Two pupils use a wheelchair")
    page.get_by_text("École du port, Lakeside").last.click()
    go_on(page, accessible, "class-1")


def what_for(page, accessible):
    page.get_by_text("Explore trades").click()
    page.locator("label.chip").last.click()
    go_on(page, accessible, "class-2")


def when(page, accessible, half_day):
    page.locator(f'input[value="{half_day.key}"]').check(force=True)
    page.get_by_label("Your name").fill("Camille Teacher")
    page.get_by_label("Your e-mail address").fill("camille@example.org")
    fits(page)
    look(page, "class-3")
    accessible(page)
    page.get_by_role("button", name="Ask for the visit").click()


def the_centre_answers(desk, address, accessible):
    desk.goto(address)
    look(desk, "visits")
    accessible(desk)
    desk.get_by_role("link", name=re.compile("École du port")).click()
    look(desk, "visit-asked")
    accessible(desk)
    desk.get_by_role("button", name=re.compile("Keep this date")).first.click()
    expect(desk.get_by_role("heading", name=re.compile("The teacher can say yes until"))).to_be_visible()
    look(desk, "visit-option")


def test_a_teacher_asks_the_centre_answers_the_teacher_says_yes(site, centre, person, accessible):
    first = first_day(centre, centre.now()) + timedelta(days=1)
    half_day = free_half_days(centre, pupils=24, first=first)[1]
    phone = person("phone", language="en")
    phone.goto(f"{site}/classes/{centre.slug}/?language=en")
    the_class(phone, accessible)
    what_for(phone, accessible)
    when(phone, accessible, half_day)
    expect(phone.get_by_role("heading", name="We have your request")).to_be_visible()
    own_page = phone.url.split("&")[0]
    accessible(phone)
    visit = ClassVisit.objects.get()
    assert (visit.school.name, visit.pupils, visit.needs) == (
        "École du port",
        24,
        "Two pupils use a wheelchair",
    )

    desk = person("desk", language="en", user=centre.leads)
    the_centre_answers(desk, f"{site}/c/{centre.slug}/agenda/visits/", accessible)
    phone.goto(own_page)
    expect(phone.get_by_role("heading", name="A date is kept for you")).to_be_visible()
    look(phone, "class-option")
    accessible(phone)
    phone.get_by_role("button", name="Yes, we come").click()
    expect(phone.get_by_role("heading", name="Your class comes")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.state, visit.begins_at) == ("confirmed", half_day.begins)
    assert [one.person for one in visit.facilitations.all()] == [centre.leads]
    phone.goto(own_page.replace("language=en", "language=ar"))
    fits(phone)
    look(phone, "class-ar")
    accessible(phone)
    desk.reload()
    look(desk, "visit-confirmed")
    expect(desk.get_by_role("button", name="Everything is prepared")).to_be_visible()


def test_each_language_has_the_whole_form(site, centre, person):
    phone = person("phone", language="en")
    for language, _name in settings.LANGUAGES:
        phone.goto(f"{site}/classes/{centre.slug}/?language={language}")
        fits(phone)
        expect(phone.locator("html")).to_have_attribute("lang", language)
    look(phone, "class-form-last")
