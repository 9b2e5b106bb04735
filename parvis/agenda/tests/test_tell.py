"""Those who left an address are told once, and what was cut off goes on with those whom it has not reached."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from parvis.agenda.actions import telling
from parvis.agenda.actions.addresses import (
    forget_addresses,
    forget_addresses_of,
    keep_address,
    needed_shares,
    read_address,
)
from parvis.agenda.actions.telling import (
    QUIET,
    remind,
    resume_messages,
    send_late_messages,
    send_messages,
    tell,
)
from parvis.agenda.factories import a_coming, a_session, an_event
from parvis.agenda.models import Address, AgendaSettings, Coming, Told
from parvis.centres.factories import a_centre
from parvis.shared.sealing.vault import vault

pytestmark = pytest.mark.django_db(transaction=True)
About = Told.About


@pytest.fixture
def session():
    return a_session(an_event(a_centre(), "Writing a letter"))


def a_reader(session, email="bird@example.org", **fields):
    coming = a_coming(session, **fields)
    keep_address(coming=coming, email=email, at=session.centre.now())
    return coming


def cancelled(session):
    return tell(session=session, about=About.CANCELLED, at=session.centre.now())


def test_everybody_with_an_address_is_told_once_in_their_language(session, settings):
    settings.PUBLIC_ADDRESS = "https://parvis.example.org"
    coming = a_reader(session)
    a_reader(session, "oiseau@example.org", language="fr")
    a_coming(session)  # left no address
    assert [cancelled(session), cancelled(session)] == [2, 0]
    assert send_messages.call(session.pk) == 2
    assert send_messages.call(session.pk) == 0
    english, french = mail.outbox
    assert (english.to, english.subject) == (["bird@example.org"], "Cancelled: Writing a letter")
    assert f"https://parvis.example.org/coming/{coming.token}/" in english.body
    assert "Heron 1" in english.body
    assert french.subject == "Annulé\u00a0: Writing a letter"
    assert "Héron 2" in french.body


def test_a_second_move_is_told_anew(session):
    a_reader(session)
    for sequence in (1, 2, 2):
        session.sequence = sequence
        tell(session=session, about=About.MOVED, at=session.centre.now())
        send_messages.call(session.pk)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("state", [Coming.State.WITHDRAWN, Coming.State.LAPSED, Coming.State.RELEASED])
def test_who_does_not_come_any_more_is_told_nothing(session, state):
    coming = a_reader(session)
    Coming.objects.filter(pk=coming.pk).update(state=state, seats=0)
    assert cancelled(session) == 0


@pytest.mark.parametrize("about", About)
def test_each_message_can_be_read_in_every_language(session, about, settings):
    session.why = "The room is being painted."
    session.save()
    for code, _name in settings.LANGUAGES:
        a_reader(session, f"{code}@example.org", language=code)
    assert tell(session=session, about=about, at=session.centre.now()) == len(settings.LANGUAGES)
    assert send_messages.call(session.pk) == len(settings.LANGUAGES)
    assert len({one.subject for one in mail.outbox}) >= len(settings.LANGUAGES) - 2
    assert all("Writing a letter" in one.body for one in mail.outbox)


def test_an_address_that_was_taken_back_before_the_mail_left_gets_none(session):
    coming = a_reader(session)
    cancelled(session)
    share = Address.objects.get().share_key
    assert needed_shares([share]) == {share}
    assert forget_addresses_of(comings=[coming]) == 1
    assert (vault().get(share), needed_shares([share])) == (None, set())
    assert send_messages.call(session.pk) == 0
    assert mail.outbox == []
    assert Told.objects.get().left_at is not None


def test_an_address_opens_no_more_without_its_share(session):
    a_reader(session)
    address = Address.objects.get()
    assert b"bird" not in bytes(address.sealed)
    assert read_address(address) == "bird@example.org"
    vault().destroy([address.share_key])
    assert read_address(address) == ""


def test_addresses_go_the_night_after(session):
    a_reader(session)
    share = Address.objects.get().share_key
    assert forget_addresses(at=session.ends_at) == 0
    assert forget_addresses(at=session.ends_at + timedelta(hours=1)) == 1
    assert (Address.objects.count(), vault().get(share)) == (0, None)


def test_a_new_address_takes_the_place_of_the_former(session):
    coming = a_reader(session)
    former = Address.objects.get().share_key
    keep_address(coming=coming, email="other@example.org", at=session.centre.now())
    assert read_address(Address.objects.get()) == "other@example.org"
    assert vault().get(former) is None


def test_after_a_kill_the_others_are_told_and_nobody_twice(session, monkeypatch):
    """The worker dies with the second of three mails on its way: that one is not known to have left."""
    for name in ("one", "two", "three"):
        a_reader(session, f"{name}@example.org")
    cancelled(session)
    row = DBTaskResult.objects.get(task_path=send_messages.module_path)
    sent, real = [], telling._sent

    def dies(told, to):
        if to.startswith("two"):
            raise KeyboardInterrupt
        sent.append(to)
        return real(told, to)

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_sent", dies)
        with pytest.raises(KeyboardInterrupt):
            send_messages.call(session.pk)
    row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now() - QUIET * 2
    row.save()
    Told.objects.exclude(begun_at=None).update(begun_at=timezone.now() - QUIET * 2)
    assert [resume_messages(at=timezone.now()), resume_messages(at=timezone.now())] == [1, 0]
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert DBTaskResult.objects.ready().filter(task_path=send_messages.module_path).count() == 1
    assert [send_messages.call(session.pk) for _twice in range(2)] == [2, 0]
    assert sorted(one.to[0] for one in mail.outbox) == [f"{n}@example.org" for n in ("one", "three", "two")]
    assert cancelled(session) == 0


def test_one_that_is_just_being_sent_is_left_to_whoever_sends_it(session):
    a_reader(session)
    cancelled(session)
    Told.objects.update(begun_at=timezone.now())
    assert send_messages.call(session.pk) == 0
    assert mail.outbox == []


def test_what_a_silent_server_did_not_take_goes_an_hour_later(session, monkeypatch):
    a_reader(session)
    cancelled(session)
    DBTaskResult.objects.all().delete()  # killed between the transaction and the task
    assert send_late_messages(at=timezone.now()) == 1
    with monkeypatch.context() as patch:
        patch.setattr(telling, "_sent", lambda told, to: False)  # the server did not answer
        assert send_messages.call(session.pk) == 0
    assert Told.objects.get().left_at is None
    later = timezone.now() + QUIET * 2
    assert send_late_messages(at=later) == 1
    Told.objects.update(begun_at=timezone.now() - QUIET * 2)
    assert send_messages.call(session.pk) == 1
    assert send_late_messages(at=later) == 0


def test_who_has_a_place_is_reminded_once_before(session):
    a_reader(session)
    waits = a_reader(session, "waits@example.org")
    Coming.objects.filter(pk=waits.pk).update(state="waiting", seats=0, waiting_since=session.centre.now())
    AgendaSettings.objects.create(centre=session.centre, reminder_hours=5)
    early, soon = session.begins_at - timedelta(hours=6), session.begins_at - timedelta(hours=5)
    assert [remind(at=at) for at in (early, soon, soon, session.begins_at)] == [0, 1, 0, 0]
    send_messages.call(session.pk)
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["bird@example.org"], "Soon: Writing a letter")
    ]
