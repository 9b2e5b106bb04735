"""A coordinator reminds a centre once a day, and sets the day for a year's dashboard; a mail is written once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import Centre
from parvis.rota.periods import read
from parvis.statistics.actions.network.asking import (
    KEPT,
    NobodyDirects,
    RemindedToday,
    ask_dashboards_until,
    forget_reminders,
    remind_centre,
    remind_now,
    resume_reminders,
    try_again,
)
from parvis.statistics.models import DashboardDay, Reminder, ReminderMail
from parvis.statistics.tests.network.scene import NOON, a_centre_of, a_coordinator, sign

pytestmark = pytest.mark.django_db
MARCH = read("2026-03")


@pytest.fixture
def centre():
    made = a_centre_of(name="Rivemont", signed_until=date(2026, 3, 30))
    a_person(Role.DIRECTOR, centre=made, email="director@example.org", language="en")
    return made


@pytest.fixture
def coordinator(centre):
    return a_coordinator(centre)


def test_each_director_gets_one_mail_that_says_what_is_missing(centre, coordinator):
    a_person(Role.DIRECTOR, centre=centre, email="directrice@example.org", language="fr")
    a_person(Role.ADVISER, centre=centre)
    reminder = remind_centre(centre=centre, period=MARCH, by=coordinator, at=NOON)
    assert remind_now(reminder.pk, NOON) == 2
    assert remind_now(reminder.pk, NOON + timedelta(hours=1)) == 0
    english, french = mail.outbox
    assert (english.to, french.to) == (["director@example.org"], ["directrice@example.org"])
    assert english.subject == "March 2026, Rivemont: what is still to come"
    assert "1 of 22 open days without a signed evening: 31 March" in english.body
    assert "Mars 2026, Rivemont" in french.subject
    assert not ReminderMail.objects.filter(left_at=None).exists()


def test_not_twice_in_a_day(centre, coordinator):
    remind_centre(centre=centre, period=MARCH, by=coordinator, at=NOON)
    with pytest.raises(RemindedToday):
        remind_centre(centre=centre, period=read("2026-02"), by=coordinator, at=NOON + timedelta(hours=11))
    remind_centre(centre=centre, period=MARCH, by=coordinator, at=NOON + timedelta(hours=12))
    assert Reminder.objects.count() == 2


def test_a_centre_without_a_director_has_nobody_to_write_to(coordinator):
    other = a_centre_of()
    a_person(Role.DIRECTOR, centre=other, is_active=False)
    with pytest.raises(NobodyDirects):
        remind_centre(centre=other, period=MARCH, by=coordinator, at=NOON)
    assert not Reminder.objects.exists()


def test_who_handed_in_meanwhile_is_thanked(centre, coordinator):
    reminder = remind_centre(centre=centre, period=MARCH, by=coordinator, at=NOON)
    sign(centre, date(2026, 3, 31), date(2026, 3, 31))
    remind_now(reminder.pk, NOON)
    assert "Thank you" in mail.outbox[0].body


def test_invented_people_get_no_mail(centre, coordinator):
    Centre.objects.update(is_demonstration=True)
    reminder = remind_centre(centre=centre, period=MARCH, by=coordinator, at=NOON)
    assert remind_now(reminder.pk, NOON) == 0
    assert mail.outbox == []
    assert ReminderMail.objects.get().left_at == NOON


def test_what_a_killed_worker_left_is_taken_up_again_and_what_is_old_is_forgotten(centre, coordinator):
    reminder = remind_centre(centre=centre, period=MARCH, by=coordinator, at=NOON)
    assert resume_reminders(at=NOON) == 0
    assert resume_reminders(at=NOON + timedelta(minutes=5)) == 1
    assert try_again(at=NOON + timedelta(minutes=5)) == 1
    remind_now(reminder.pk, NOON + timedelta(minutes=5))
    assert try_again(at=NOON + timedelta(hours=1)) == 0
    assert forget_reminders(at=NOON + KEPT) == 0
    assert forget_reminders(at=NOON + KEPT + timedelta(seconds=1)) == 1
    assert not ReminderMail.objects.exists()


def test_a_day_is_set_moved_and_set_again_without_change(centre, coordinator):
    other = a_coordinator(centre)
    said = {"network": centre.network, "year": 2025}
    ask_dashboards_until(**said, due=date(2026, 3, 31), by=coordinator, at=NOON)
    ask_dashboards_until(**said, due=date(2026, 3, 31), by=other, at=NOON + timedelta(days=1))
    row = DashboardDay.objects.get()
    assert (row.due, row.set_by, row.set_at) == (date(2026, 3, 31), coordinator, NOON)
    ask_dashboards_until(**said, due=date(2026, 4, 30), by=other, at=NOON)
    row.refresh_from_db()
    assert (row.due, row.set_by) == (date(2026, 4, 30), other)


def test_by_the_page(client, centre, coordinator):
    client.force_login(coordinator)
    there = reverse("statistics:network_centres", args=[centre.network.slug])
    remind = reverse("statistics:remind_centre", args=[centre.network.slug, centre.pk])
    kept = {"period": "2026-03", "only": "on"}
    assert client.post(remind, kept)["Location"] == f"{there}?period=2026-03&only=on"
    page = client.post(remind, kept, follow=True).content.decode()  # a double click
    assert Reminder.objects.count() == 1
    assert "was reminded today already" in page
    assert "by Ana Ribeiro" in page
    assert "the next mail can go tomorrow" in page
    due = reverse("statistics:dashboard_day", args=[centre.network.slug, 2025])
    refused = client.post(due, {"due": "2025-06-01", "period": "2026-03"})
    assert refused.status_code == 422
    assert "The dashboard tells a whole year" in refused.content.decode()
    client.post(due, {"due": "2026-03-31"})
    assert "was asked for until 31 March 2026" in client.get(there).content.decode()


def test_who_may_not(client, centre):
    addresses = [
        reverse("statistics:remind_centre", args=[centre.network.slug, centre.pk]),
        reverse("statistics:dashboard_day", args=[centre.network.slug, 2025]),
    ]
    other = a_centre_of()
    for person in (a_person(Role.DIRECTOR, centre=centre), a_coordinator(other)):
        client.force_login(person)
        assert [client.post(one, {"due": "2026-05-01"}).status_code for one in addresses] == [404, 404]
    client.force_login(a_coordinator(other))
    theirs = reverse("statistics:remind_centre", args=[other.network.slug, centre.pk])
    assert client.post(theirs).status_code == 404
    assert not Reminder.objects.exists()
    assert not DashboardDay.objects.exists()
