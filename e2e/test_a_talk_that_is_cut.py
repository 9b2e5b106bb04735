"""A talk in live hours: the network is cut in the middle, both sides write on, nothing is lost or doubled; then the hours end."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Centre, OpeningHours
from parvis.guidance.factories import a_question, answers_live
from parvis.guidance.models import Entry, Question, Talk
from parvis.guidance.visitor_limits import limiter

pytestmark = pytest.mark.journey
AT = datetime(2026, 6, 1, 8, tzinfo=UTC)  # a Monday, ten o'clock there


def clock(centre, at):
    Centre.objects.filter(pk=centre.pk).update(clock_set_at=timezone.now(), clock_showed=at, clock_speed=1)
    centre.refresh_from_db()


@pytest.fixture
def centre(site):
    limiter().storage.reset()
    centre = a_centre(name="Cité des métiers")
    for day in range(5):
        OpeningHours.objects.create(site=centre.sites.get(), weekday=day, opens=time(9), closes=time(17))
    clock(centre, AT)
    return centre


def words_on(page):
    return [text.strip() for text in page.locator("[data-talk-lines] .talk-text").all_inner_texts()]


def write(page, text):
    page.locator("[data-talk-form] textarea").fill(text)
    page.locator("[data-talk-form] button.btn-primary").press("Enter")


def opens(page, site, receipt, question):
    """Opens the thread with its code, and the question's page."""
    page.goto(f"{site}/thread/?language=en")
    page.locator("textarea[name=code]").fill(receipt.letters())
    page.locator("form[data-code] button.btn-primary").press("Enter")
    page.wait_for_url(re.compile("/thread/mine/"))
    page.goto(f"{site}/thread/mine/questions/{question.key}/?language=en")


def begins(site, centre, person, accessible, receipt, question, adviser):
    """From the offer to the adviser's first words; returns both pages."""
    phone = person("phone", language="en", cuts=True)
    opens(phone, site, receipt, question)
    accessible(phone)
    phone.get_by_role("button", name="Talk with an adviser now").press("Enter")
    expect(phone.get_by_text("You are number 1 in line.")).to_be_visible()
    accessible(phone)
    desk = person("desk", language="en", cuts=True, user=adviser)
    desk.goto(f"{site}/c/{centre.slug}/questions/online/")
    accessible(desk)
    desk.get_by_role("button", name="Talk with the next one").press("Enter")
    write(desk, "Good morning. Which trade?")
    expect(phone.get_by_text("Good morning. Which trade?")).to_be_visible()
    expect(phone.get_by_text("An adviser is here.")).to_be_visible()
    accessible(desk)
    return phone, desk


def is_cut(phone, desk):
    """Both write while the visitor's network is away; it comes back."""
    phone.context.set_offline(True)
    write(phone, "Welding")
    write(phone, "In the evening")
    expect(phone.locator(".talk-pending")).to_have_count(2)
    expect(phone.get_by_text("The connection is away.")).to_be_visible()
    write(desk, "Take your time.")
    expect(desk.locator(".talk-pending")).to_have_count(0)
    phone.context.set_offline(False)
    expect(phone.locator(".talk-pending")).to_have_count(0, timeout=30_000)
    expect(phone.get_by_text("Take your time.")).to_be_visible()
    expect(desk.get_by_text("In the evening")).to_be_visible()


def hours_end(site, centre, phone, desk, question, accessible):
    """What is said after the hours is answered in writing."""
    late = AT + timedelta(hours=2, minutes=31)
    Talk.objects.update(
        visitor_at=late
    )  # their page was heard until now: the clock jumps, they were not silent
    clock(centre, late)
    write(phone, "And what does it cost?")
    expect(phone.get_by_text("The talk is over.")).to_be_visible(timeout=30_000)
    expect(phone.get_by_text("You get an answer in writing by")).to_be_visible()
    accessible(phone)
    expect(desk.get_by_text("The talk is over: the live hours were over.")).to_be_visible()
    desk.goto(f"{site}/c/{centre.slug}/questions/{question.pk}/")
    expect(desk.get_by_text("And what does it cost?")).to_be_visible()
    desk.get_by_label("The answer").fill("Nothing: the region pays.")
    desk.get_by_role("button", name="Send the answer").press("Enter")
    expect(desk.get_by_text("Sent. The visitor reads it with their code.")).to_be_visible()


def test_a_talk_is_cut_and_goes_on(site, centre, person, accessible):
    adviser = a_person(Role.ADVISER, centre=centre, name="Nadia Berger")
    answers_live(centre, adviser, at=centre.now())
    question, opened, receipt = a_question(centre, centre.now(), "Which course?", language="en")
    phone, desk = begins(site, centre, person, accessible, receipt, question, adviser)
    is_cut(phone, desk)
    said = ["Which course?", "Good morning. Which trade?", "Take your time.", "Welding", "In the evening"]
    assert words_on(phone) == words_on(desk) == said

    # The answer to a message is lost on its way: it is tried again, and is one.
    phone.route("**/talk/say/*", lambda route: (route.fetch(), route.abort())[1], times=1)
    write(phone, "Near the station")
    expect(phone.locator(".talk-pending")).to_have_count(0, timeout=30_000)
    said.append("Near the station")
    assert words_on(phone) == said
    assert Entry.objects.filter(thread=opened.thread).count() == 6

    # The tab is closed, and the visitor comes back with the code.
    phone.context.clear_cookies()
    opens(phone, site, receipt, question)
    phone.get_by_role("link", name="Go on with your talk").press("Enter")
    expect(phone.get_by_text("An adviser is here.")).to_be_visible()
    assert words_on(phone) == said

    hours_end(site, centre, phone, desk, question, accessible)
    phone.goto(f"{site}/thread/mine/questions/{question.key}/?language=en")
    for text in [*said, "And what does it cost?", "Nothing: the region pays."]:
        expect(phone.get_by_text(text, exact=True)).to_have_count(1)
    assert Talk.objects.get().end == Talk.End.HOURS
    assert Question.objects.get().state == Question.State.ANSWERED
