"""Reports that are sent, made by themselves, and read by everybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from parvis.partners.actions.contacts import Person, keep_contact
from parvis.partners.factories import an_institution
from parvis.statistics.actions.reports import publishing
from parvis.statistics.actions.reports.errors import ForTheTeamOnly, NotPublished, ScheduledAlready
from parvis.statistics.actions.reports.scheduling import make_scheduled, schedule_report, stop_schedule
from parvis.statistics.actions.reports.sending import (
    KEPT,
    deliver_now,
    forget_sendings,
    resume_sending,
    send_report,
)
from parvis.statistics.models import Report, Sending
from parvis.statistics.queries.reports.pages import contacts_of
from parvis.statistics.queries.reports.ready import model_of
from parvis.statistics.tests.reports.scene import NOON, PARIS, a_director, a_report, a_worked_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_worked_centre()


@pytest.fixture
def contacts(centre):
    relation = an_institution(centre, "Mission locale")
    return [
        keep_contact(relation=relation, said=Person(name, email=f"{n}@example.org"))
        for n, name in enumerate(["Ana Ruiz", "Bo Lind"])
    ]


def published(centre, **said):
    return publishing.publish_report(report=a_report(centre, **said), by=None, at=NOON)


def test_each_gets_one_mail_with_the_pdf(centre, contacts):
    report, by = published(centre, language="fr"), a_director(centre)
    assert contacts_of(report) == contacts
    assert send_report(report=report, contacts=contacts, by=by, at=NOON) == 2
    assert send_report(report=report, contacts=contacts, by=by, at=NOON) == 0  # a double click
    now = timezone.now()
    assert deliver_now(report.pk, now) == 2
    assert deliver_now(report.pk, now + timedelta(hours=1)) == 0
    assert [one.to for one in mail.outbox] == [["0@example.org"], ["1@example.org"]]
    name, body, kind = mail.outbox[0].attachments[0]
    assert (body[:5], kind) == (b"%PDF-", "application/pdf")
    assert "pièce jointe" in mail.outbox[0].body
    assert contacts_of(report) == []


def test_after_a_killed_worker_the_others_get_theirs(centre, contacts):
    report = published(centre)
    send_report(report=report, contacts=contacts, by=a_director(centre), at=NOON)
    first = Sending.objects.order_by("pk").first()
    now = timezone.now()
    Sending.objects.filter(pk=first.pk).update(
        begun_at=now, left_at=now
    )  # this one left, then the worker died
    assert resume_sending(at=now) == 1
    deliver_now(report.pk, now)
    assert [one.to for one in mail.outbox] == [["1@example.org"]]
    assert resume_sending(at=now) == 0


def test_a_draft_and_true_figures_are_not_sent(centre, contacts):
    by = a_director(centre)
    with pytest.raises(NotPublished):
        send_report(report=a_report(centre), contacts=contacts, by=by, at=NOON)
    team = published(centre, audience="team")
    with pytest.raises(ForTheTeamOnly):
        send_report(report=team, contacts=contacts, by=by, at=NOON)
    other = a_worked_centre(0)
    assert send_report(report=published(other), contacts=contacts, by=by, at=NOON) == 0


def test_who_got_it_is_forgotten(centre, contacts):
    report = published(centre)
    send_report(report=report, contacts=contacts, by=a_director(centre), at=NOON)
    assert forget_sendings(at=NOON + KEPT) == 0
    assert forget_sendings(at=NOON + KEPT + timedelta(days=1)) == 2


def scheduled(centre, *, publishes=False):
    return schedule_report(
        centre=centre,
        model=model_of(centre, "ready:quarter"),
        language="en",
        publishes=publishes,
        since=date(2026, 3, 1),
        by=a_director(centre),
    )


@pytest.mark.parametrize("publishes", [False, True])
def test_after_the_period_it_is_made_once_and_the_director_is_told(centre, publishes):
    one = scheduled(centre, publishes=publishes)
    with pytest.raises(ScheduledAlready):
        scheduled(centre)
    assert make_scheduled(at=datetime(2026, 3, 31, 23, 0, tzinfo=PARIS)) == 0
    night = datetime(2026, 4, 1, 4, 0, tzinfo=PARIS)
    assert make_scheduled(at=night) == 1
    assert make_scheduled(at=night) == 0
    report = Report.objects.get()
    assert (report.first, report.last, report.is_draft) == (
        date(2026, 1, 1),
        date(2026, 3, 31),
        not publishes,
    )
    assert [one.subject for one in mail.outbox] == [
        f"{'Published' if publishes else 'A draft is made'}: Quarter for funders · Quarter 1 of 2026"
    ] * 2  # both directors that the tests made
    stop_schedule(centre=centre, schedule=one.pk, at=night)
    assert make_scheduled(at=datetime(2026, 7, 1, 4, 0, tzinfo=PARIS)) == 0


def test_the_mail_says_what_changed_against_the_last_one(centre):
    scheduled(centre)
    make_scheduled(at=datetime(2026, 4, 1, 4, 0, tzinfo=PARIS))
    mail.outbox.clear()
    make_scheduled(at=datetime(2026, 7, 1, 4, 0, tzinfo=PARIS))
    assert "Acts: 12 → 0" in mail.outbox[0].body


def test_everybody_reads_what_was_published_for_everybody(client, centre):
    days = (date(2025, 1, 1), date(2025, 12, 31))
    slug = {"centre": centre.slug}
    listed = reverse("statistics:public_figures", kwargs=slug)
    draft, partners = a_report(centre, "ready:public", days=days), published(centre)
    for report in (draft, partners):
        address = reverse("statistics:public_report", kwargs={**slug, "token": report.token})
        assert client.get(address).status_code == 404
    assert client.get(listed).status_code == 404
    publishing.publish_report(report=draft, by=None, at=NOON)
    address = reverse("statistics:public_report", kwargs={**slug, "token": draft.token})
    assert client.get(address).status_code == 200
    assert client.get(f"{address}pdf/").content[:5] == b"%PDF-"
    assert draft.token in client.get(listed).content.decode()
    other = reverse(
        "statistics:public_report", kwargs={"centre": a_worked_centre(0).slug, "token": draft.token}
    )
    assert client.get(other).status_code == 404
