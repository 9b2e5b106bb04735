"""A session does not take place: everybody who left an address hears of it once, and each page says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from parvis.agenda.actions import telling
from parvis.agenda.actions.cancelling import cancel_session
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Address, Coming, Registration, Told
from parvis.centres.factories import a_centre

pytestmark = pytest.mark.journey


def test_everybody_hears_of_it_once_also_where_the_worker_dies(site, person, accessible, monkeypatch):
    centre = a_centre()
    event = an_event(centre, "Writing a letter", registration=Registration.REMINDER)
    session = a_session(event, centre.now() + timedelta(days=2), room_seats=9)
    phones = [registered(person("phone", language="en"), site, session, name) for name in ("ana", "bo")]
    accessible(phones[0])
    without = person("phone", language="en")
    registered(without, site, session, "")
    assert (Coming.objects.count(), Address.objects.count()) == (3, 2)
    telling.send_messages.call(session.pk)
    mail.outbox.clear()

    for _twice in range(2):
        cancel_session(session=session, why="The speaker is ill.", at=centre.now())
    killed_while_it_writes(session, monkeypatch)
    for _n in range(3):
        telling.resume_messages(at=timezone.now())
        telling.send_messages.call(session.pk)
    assert sorted((one.to[0], one.subject) for one in mail.outbox) == [
        ("ana@example.org", "Cancelled: Writing a letter"),
        ("bo@example.org", "Cancelled: Writing a letter"),
    ]
    for page in [*phones, without]:
        page.reload()
        expect(page.get_by_text("The speaker is ill.").first).to_be_visible()
        expect(page.get_by_text("This was cancelled.").first).to_be_visible()
    accessible(phones[0])


def registered(page, site, session, name):
    """A place is kept; with an address where there is a name."""
    page.goto(f"{site}/a/{session.event.slug}/{session.pk}/come/")
    if name:
        page.get_by_label("Your e-mail address").fill(f"{name}@example.org")
        page.get_by_label("Yes, write to me about this date").check()
    page.get_by_role("button", name="Keep a place").click()
    expect(page.get_by_text("Places kept for you: 1")).to_be_visible()
    return page


def killed_while_it_writes(session, monkeypatch):
    """The worker dies at the second mail; both its try and that mail are old enough to be known as dead."""
    real, sent = telling._sent, []

    def dies(told, to):
        if sent:
            raise KeyboardInterrupt
        sent.append(to)
        return real(told, to)

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_sent", dies)
        with pytest.raises(KeyboardInterrupt):
            telling.send_messages.call(session.pk)
    long_ago = timezone.now() - telling.QUIET * 2
    DBTaskResult.objects.filter(task_path=telling.send_messages.module_path).update(
        status=TaskResultStatus.RUNNING, started_at=long_ago
    )
    Told.objects.filter(left_at=None).update(begun_at=long_ago)
