"""The director builds the quarter's report: writes around its figures, looks at it as its readers will, publishes it and sends it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from parvis.partners.actions.contacts import Person, keep_contact
from parvis.partners.factories import an_institution
from parvis.statistics.actions.reports.sending import deliver_now
from parvis.statistics.models import Report
from parvis.statistics.tests.reports.scene import a_director, a_worked_centre

pytestmark = pytest.mark.journey


def test_the_quarters_report(site, person, accessible, tmp_path):
    centre = a_worked_centre()
    partner = an_institution(centre, "Mission locale")
    keep_contact(relation=partner, said=Person("Line Petit", email="line@example.org"))
    page = person("desk", language="en", user=a_director(centre))
    page.goto(site + reverse("statistics:reports", args=[centre.slug]))
    accessible(page)
    page.get_by_role("link", name="Begin Quarter for funders").click()
    expect(page.get_by_label("Period")).to_have_value("2026-Q1")
    accessible(page)
    page.get_by_role("button", name="Make the draft").click()

    write_and_move(page, accessible)

    page.get_by_role("link", name="As its readers will see it").click()
    expect(page.get_by_text("The audit passes")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("every figure stays as it was shown").first).to_be_visible()
    send_it(page, accessible, tmp_path)


def write_and_move(page, accessible):
    # Words of one's own; what looks like a number to call is refused, and the words are kept.
    page.get_by_role("link", name="Write The quarter in a few words").click()
    page.locator("textarea[name=text]").fill("More people in March. Call 06 12 34 56 78.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("looks like a phone number")).to_be_visible()
    page.locator("textarea[name=text]").fill("More people in March.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("More people in March.")).to_be_visible()

    # A block goes up by keyboard.
    up = page.get_by_role("button", name="Move up: The work", exact=True)
    up.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep this order").click()
    expect(page.get_by_role("article").get_by_role("heading", level=2).first).to_have_text("The work")
    accessible(page)


def send_it(page, accessible, tmp_path):
    page.get_by_role("link", name="Send it to partners").click()
    page.get_by_label("Mission locale · Line Petit").check()
    accessible(page)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("on its way", exact=True)).to_be_visible()
    report = Report.objects.get()
    assert deliver_now(report.pk, timezone.now()) == 1
    (sent,) = mail.outbox
    assert sent.to == ["line@example.org"]
    paper = tmp_path / "report.pdf"
    paper.write_bytes(sent.attachments[0][1])
    text = "".join(one.extract_text() for one in PdfReader(paper).pages)
    assert "More people in March." in text
    assert "Acts recorded: 12" in " ".join(text.split())
    page.reload()
    expect(page.get_by_text("sent on")).to_be_visible()
    accessible(page)
