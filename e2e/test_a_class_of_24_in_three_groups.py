"""A class is prepared, goes round in three groups, is counted without a name, and takes a certificate and its own words home."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from parvis.accounts.roles import Role
from parvis.agenda.actions import visits
from parvis.agenda.factories import a_class_visit, a_kit, a_room
from parvis.agenda.models import ClassVisit, Turn
from parvis.agenda.visitor_class_limits import limiter
from parvis.centres.factories import a_centre, a_code, a_person
from parvis.centres.models import CodeList
from parvis.surveys.models import Response

pytestmark = pytest.mark.journey
LOOK = os.environ.get("PARVIS_LOOK")
KITS = ("Explorama", "Inforizon", "Pass’Avenir")


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


@pytest.fixture
def house(site):
    limiter().storage.reset()
    centre = a_centre(name="Cité des métiers", language="en", languages=["en", "fr", "ar"])
    team = [a_person(Role.FACILITATOR, centre=centre, name=name) for name in ("Ana", "Bea", "Cem")]
    kits = [a_kit(centre, name) for name in KITS]
    rooms = [a_room(centre, name) for name in ("Blue room", "Green room", "Red room")]
    for key, label in (("self", "Know oneself"), ("world", "Discover the world of education")):
        a_code(centre, CodeList.OBJECTIVE, key, label={"en": label, "fr": label})
    for key, label in (("young", "Under 15"), ("older", "15 to 18")):
        a_code(centre, CodeList.AGE_BAND, key, label={"en": label, "fr": label})
    a_code(centre, CodeList.AGE_BAND, "unknown", label={"en": "Not communicated"}, not_communicated=True)
    begins = centre.now() + timedelta(days=7)
    visit = a_class_visit(
        centre, language="en", begins_at=begins, ends_at=begins + timedelta(hours=3), state="option"
    )
    visit.kits.set([one.kit for one in kits])
    doing = visits.Doing(key=uuid4(), at=centre.now(), by_teacher=True)
    visits.confirm(visit=visit, doing=doing)
    return centre, team, rooms, visit


def test_from_the_list_to_the_certificate(site, person, accessible, house):
    centre, team, rooms, visit = house
    teacher = person("phone", language="en")
    the_teacher_prepares(site, teacher, accessible, visit)
    staff = person("desk", language="en", user=team[0])
    three_groups_are_planned(site, staff, accessible, centre, team, rooms, visit)
    teacher.goto(f"{site}/visit/{visit.token}/day/")
    expect(teacher.get_by_role("heading", name="Programme of the day")).to_be_visible()
    look(teacher, "teacher-day")
    today = centre.now() - timedelta(minutes=1)
    ClassVisit.objects.filter(pk=visit.pk).update(begins_at=today, ends_at=today + timedelta(hours=3))
    tablet = person("tablet", language="en", user=team[1])
    presence_is_typed(site, tablet, accessible, centre, visit)
    afterwards(site, teacher, accessible, visit)


def the_teacher_prepares(site, page, accessible, visit):
    page.goto(f"{site}/visit/{visit.token}/")
    page.get_by_role("link", name="Preparing the visit").click()
    for text in ("The way there is arranged: bus, train or on foot", "The parents know of the visit"):
        page.get_by_role("button", name=text).click()
        expect(page.get_by_role("button", name=text)).to_have_attribute("aria-pressed", "true")
    accessible(page)
    look(page, "teacher-prepare")
    page.get_by_role("button", name="Ask my class").click()
    page.wait_for_url("**/class/**")
    page.get_by_role("button", name="Open the screen").click()
    page.wait_for_selector(".qr")
    visit.refresh_from_db()
    survey = visit.expectations.collection
    for number in range(12):
        said = {"idea": "no" if number % 2 else "yes"}
        day = visit.centre.local_day(visit.centre.now())
        Response.objects.create(collection=survey, day=day, language="en", answers=said)
    page.get_by_role("button", name="Everybody has answered").click()
    page.get_by_role("button", name="Close the screen").click()
    expect(page.get_by_text("Answers: 12 of 24")).to_be_visible()
    page.goto(f"{site}/visit/{visit.token}/day/")
    expect(page.get_by_text("Do you know what you would like to do later?")).to_be_visible()


def three_groups_are_planned(site, page, accessible, centre, team, rooms, visit):
    page.goto(f"{site}/c/{centre.slug}/agenda/visits/{visit.pk}/day/")
    accessible(page)
    for number in (1, 2, 3):
        line = page.get_by_role("group", name=f"Workshop {number}", exact=True)
        line.get_by_label("Room").select_option(str(rooms[number - 1]))
        line.get_by_label("Who leads it").select_option(team[number - 1].name)
    look(page, "plan-form")
    page.get_by_role("button", name="Work out the rotation").click()
    expect(page.get_by_text("3 turns, until")).to_be_visible()
    expect(page.get_by_text("Nobody waits.")).to_be_visible()
    accessible(page)
    look(page, "plan")
    assert Turn.objects.filter(group__visit=visit).count() == 9
    answer = page.request.get(f"{site}/c/{centre.slug}/agenda/visits/{visit.pk}/day/groups.pdf")
    assert len(PdfReader(BytesIO(answer.body())).pages) == 3


def presence_is_typed(site, page, accessible, centre, visit):
    page.goto(f"{site}/c/{centre.slug}/agenda/visits/{visit.pk}/day/presence/")
    accessible(page)
    page.get_by_label("Group 3").fill("7")
    page.get_by_label("Under 15").fill("20")
    page.get_by_role("group", name="Know oneself").get_by_label("Worked on").check()
    look(page, "presence")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("23 pupils came, with 1 adult.")).to_be_visible()
    accessible(page)
    visit.refresh_from_db()
    assert (visit.state, visit.came) == ("held", 23)


def afterwards(site, page, accessible, visit):
    page.goto(f"{site}/visit/{visit.token}/")
    page.get_by_role("link", name="How it was").click()
    accessible(page)
    look(page, "teacher-after")
    page.get_by_role("button", name="Answer the questions").click()
    page.wait_for_url("**/s/**")
    page.goto(f"{site}/visit/{visit.token}/day/")
    page.get_by_role("button", name="I have answered").click()
    expect(page.get_by_text("You have told us. Thank you.")).to_be_visible()
    (paper,) = PdfReader(
        BytesIO(page.request.get(f"{site}/visit/{visit.token}/certificate.pdf").body())
    ).pages
    text = " ".join(paper.extract_text().split())
    for words in ("School by the river", "23 pupils were there.", "Know oneself", "It is not a diploma."):
        assert words in text
    page.get_by_role("link", name="The pupils’ own page").click()
    accessible(page)
    a_pupil_writes(page)


def a_pupil_writes(page):
    """Their words outlast a reload, and no request carries them."""
    asked = []
    page.on("request", lambda one: asked.append((one.url, one.post_data or "")))
    page.get_by_label("What did I like?").fill("Zebrafish and carpentry")
    expect(page.locator("[data-kept]")).to_be_visible()
    look(page, "statement")
    page.reload()
    expect(page.get_by_label("What did I like?")).to_have_value("Zebrafish and carpentry")
    assert all("Zebrafish" not in url + body for url, body in asked)
    assert {url.partition("?")[0] for url, _body in asked if "/static/" not in url} == {
        page.url.partition("?")[0]
    }
    assert not page.locator("main form").count()
    page.get_by_role("button", name="Forget it on this device").click()
    page.reload()
    expect(page.get_by_label("What did I like?")).to_have_value("")
    assert page.context.cookies() == []
