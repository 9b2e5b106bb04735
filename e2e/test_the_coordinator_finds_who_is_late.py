"""The coordinator opens the network's figures, sees whose are still to come, asks for them by mail and sets the dashboards' day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.statistics.actions.network.asking import remind_now
from parvis.statistics.models import DashboardDay, Reminder
from parvis.statistics.tests.network.scene import NOON, a_centre_of, a_coordinator

pytestmark = pytest.mark.journey
PASSWORD = "a wide open square"


def test_the_coordinator_finds_who_is_late(site, person, accessible):
    whole = a_centre_of(name="Cité des métiers de Rivemont")
    late = a_centre_of(whole.network, "Ohjaamo Koivuranta", signed_until=date(2026, 3, 27))
    a_person(Role.DIRECTOR, centre=late, email="kaisa@example.org", language="en")
    coordinator = a_coordinator(whole)
    coordinator.set_password(PASSWORD)
    coordinator.save()

    page = person("desk", language="en")
    sign_in(page, site, coordinator.email)
    page.goto(f"{site}/n/{whole.network.slug}/")
    page.get_by_role("link", name="Figures", exact=True).click()
    expect(page.get_by_role("heading", name="What is there, what is still to come")).to_be_visible()
    accessible(page)

    # Only one has something missing; which days stands behind it.
    page.get_by_label("Only where something is missing").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="Ohjaamo Koivuranta")).to_be_visible()
    expect(page.get_by_role("heading", name="Cité des métiers de Rivemont")).to_have_count(0)
    page.get_by_text("Which days Ohjaamo Koivuranta").click()
    expect(page.get_by_role("link", name="Mon 30 Mar")).to_be_visible()
    accessible(page)

    remind(page, late)
    set_the_day(page, accessible)


def sign_in(page, site, email):
    """With the password, as every morning."""
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/account/login/" not in address)


def remind(page, late):
    """One mail goes to the director, and the button gives way to who reminded and when."""
    page.get_by_role("button", name="Remind Ohjaamo Koivuranta").click()
    expect(page.get_by_text("A friendly reminder is on its way to Ohjaamo Koivuranta.")).to_be_visible()
    expect(page.get_by_text("the next mail can go tomorrow")).to_be_visible()
    expect(page.get_by_text("on 14 April 2026 by Ana Ribeiro")).to_be_visible()
    expect(page.get_by_role("button", name="Remind Ohjaamo Koivuranta")).to_have_count(0)
    assert remind_now(Reminder.objects.get(centre=late).pk, timezone.now()) == 1
    (sent,) = mail.outbox
    assert sent.to == ["kaisa@example.org"]
    assert "2 of 22 open days without a signed evening: 30 March, 31 March" in sent.body


def set_the_day(page, accessible):
    """A day that makes no sense is refused beside its field; from then on the dashboard is late."""
    page.get_by_label("Asked for until").fill("2025-06-30")
    page.get_by_role("button", name="Set this day").click()
    expect(page.get_by_text("The dashboard tells a whole year")).to_be_visible()
    accessible(page)
    day = NOON.date() - timedelta(days=14)
    page.get_by_label("Asked for until").fill(day.isoformat())
    page.get_by_role("button", name="Set this day").click()
    expect(page.get_by_text("Dashboards of 2025 are asked for until 31 March 2026.")).to_be_visible()
    expect(page.get_by_text("Dashboard late")).to_have_count(2)  # nobody has published theirs
    assert DashboardDay.objects.get().due == day
    accessible(page)
