"""A thread: begun once, opened by its receipt alone, read by a centre for one conversation, erased for good."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance import actions
from parvis.guidance.actions import forgetting
from parvis.guidance.factories import a_conversation, a_line, a_thread
from parvis.guidance.models import Entry, Grant, Keeps, Kind, Thread
from parvis.guidance.opened import about_entry, later
from parvis.guidance.queries.threads import (
    Reading,
    by_kind,
    conversation,
    conversations_of,
    entries_of,
    found_by,
    opened_by,
    readings_of,
)
from parvis.guidance.receipt import Receipt, read
from parvis.reception import actions as reception
from parvis.reception.factories import a_seat
from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import Unreadable, derived, unseal
from parvis.shared.sealing.vault import vault

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = AT.date()
MONTHS = timedelta(days=122)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 6, 1), 12, date(2027, 6, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
    ],
)
def test_months_later(day, months, then):
    assert later(day, months) == then


def test_a_thread_is_begun_once_and_opened_by_any_spelling():
    opened, receipt = a_thread(a_centre(), AT)
    again, _receipt = a_thread(opened.thread.centre, AT, receipt=receipt)
    assert (again.thread, again.key) == (opened.thread, opened.key)
    assert Thread.objects.count() == 1
    for spelling in [" ".join(receipt.words("fr")), receipt.letters(), " ".join(receipt.words("es")).upper()]:
        assert opened_by(read(spelling), DAY).key == opened.key


def test_another_receipt_opens_nothing():
    a_thread(a_centre(), AT)
    with pytest.raises(actions.NoSuchThread):
        actions.open_thread(receipt=Receipt.new(), at=AT)


def test_it_expires_and_every_use_keeps_it_longer():
    opened, receipt = a_thread(a_centre(), AT, keeps=Keeps.THREE)
    assert opened.thread.expires_on == date(2026, 9, 1)
    assert found_by(receipt, date(2026, 8, 31)) == opened.thread.pk
    assert found_by(receipt, date(2026, 9, 1)) is None
    later_on = actions.open_thread(receipt=receipt, at=AT + timedelta(days=60)).thread
    assert (later_on.used_on, later_on.expires_on) == (date(2026, 7, 31), date(2026, 10, 31))
    kept = actions.keep_for(opened=opened_by(receipt, DAY), keeps=Keeps.TWENTY_FOUR, at=AT)
    assert kept.expires_on == date(2028, 6, 1)


def test_what_is_written_is_read_again_by_whoever_opens_it():
    opened, receipt = a_thread(a_centre(), AT)
    a_line(opened, "Ask for the leaflet on evening courses", AT)
    lines = entries_of(opened_by(receipt, DAY))
    assert [(line.kind, line.said, line.role, line.centre, line.day) for line in lines] == [
        (Kind.STEP, {"text": "Ask for the leaflet on evening courses"}, "", "", DAY)
    ]
    assert [len(found) for found in by_kind(lines).values()] == [0, 0, 0, 1, 0, 0, 0, 0]


def test_nothing_in_the_row_is_readable():
    opened, receipt = a_thread(a_centre(), AT)
    a_line(opened, "evening courses", AT)
    kept = b" ".join(
        str(value).encode() if not isinstance(value, bytes | memoryview) else bytes(value)
        for row in [Entry.objects.values().get(), Thread.objects.values().get()]
        for value in row.values()
    )
    secret = receipt.secret.to_bytes(12)
    for told in [b"evening", opened.key, secret, secret.hex().encode(), receipt.letters().encode()]:
        assert told not in kept


def test_an_entry_does_not_open_in_another_thread():
    centre = a_centre()
    (one, _receipt), (other, _other) = a_thread(centre, AT), a_thread(centre, AT)
    a_line(one, "mine", AT)
    moved = Entry.objects.get()
    moved.thread = other.thread
    with pytest.raises(Unreadable):
        other.read(moved)


class TestConversation:
    def test_an_adviser_of_another_centre_of_the_network_goes_on_with_it(self):
        centre = a_centre()
        opened, receipt = a_thread(centre, AT)
        a_line(opened, "first step", AT)
        other = a_centre(network=centre.network)
        adviser = a_person(Role.ADVISER, centre=other)
        talk = a_conversation(receipt, other, adviser, AT + MONTHS)
        assert [line.said["text"] for line in entries_of(talk)] == ["first step"]
        again = conversation(adviser, other, talk.grant.key, AT + MONTHS)
        assert (again.key, again.grant) == (opened.key, talk.grant)
        a_line(again, "second step", AT + MONTHS)
        assert [line.role for line in entries_of(again)] == ["", "an adviser"]

    def test_not_of_another_network(self):
        _opened, receipt = a_thread(a_centre(), AT)
        elsewhere = a_centre()
        with pytest.raises(actions.NoSuchThread):
            a_conversation(receipt, elsewhere, a_person(Role.ADVISER, centre=elsewhere), AT)

    def test_the_same_page_again_opens_the_same_conversation(self):
        centre = a_centre()
        _opened, receipt = a_thread(centre, AT)
        adviser = a_person(Role.ADVISER, centre=centre)
        key = uuid4()
        talks = [
            actions.begin_conversation(receipt=receipt, centre=centre, person=adviser, key=key, at=AT)
            for _n in range(2)
        ]
        assert talks[0].grant == talks[1].grant
        assert a_conversation(receipt, centre, adviser, AT).grant == talks[0].grant

    def test_whoever_sat_at_the_same_desk_reads_it_too_and_nobody_else(self):
        centre = a_centre()
        theme = a_theme(centre)
        first, second, third, late = (a_person(Role.ADVISER, centre=centre) for _n in range(4))
        seat = a_seat([theme], AT, person=first)
        a_seat([theme], AT, person=second, place=2)
        _opened, receipt = a_thread(centre, AT)
        talk = actions.begin_conversation(
            receipt=receipt, centre=centre, person=first, key=uuid4(), at=AT, seat=seat
        )
        key, soon = talk.grant.key, AT + timedelta(minutes=5)
        assert conversation(second, centre, key, soon).key == talk.key
        assert conversation(third, centre, key, soon) is None
        reception.close_seat(seat=seat, at=soon)
        a_seat([theme], soon, person=late)
        assert conversation(late, centre, key, soon) is None
        assert conversation(first, centre, key, soon).key == talk.key

    def test_it_ends_for_everybody_and_its_key_is_gone(self):
        centre = a_centre()
        _opened, receipt = a_thread(centre, AT)
        adviser = a_person(Role.ADVISER, centre=centre)
        talk = a_conversation(receipt, centre, adviser, AT)
        assert actions.end_conversations(grants=[talk.grant], at=AT) == 1
        assert actions.end_conversations(grants=[talk.grant], at=AT) == 0
        assert conversation(adviser, centre, talk.grant.key, AT) is None
        assert vault().get(talk.grant.key) is None
        ended = Grant.objects.get()
        assert (bytes(ended.wrapped), ended.person, ended.desk, ended.ticket) == (b"", None, None, None)
        with pytest.raises(actions.ConversationEnded):
            a_line(talk, "too late", AT)

    def test_silence_ends_it(self):
        centre = a_centre()
        _opened, receipt = a_thread(centre, AT)
        adviser = a_person(Role.ADVISER, centre=centre)
        talk = a_conversation(receipt, centre, adviser, AT)
        hours = AT + timedelta(hours=2)
        assert len(conversations_of(adviser, centre, hours - timedelta(seconds=1))) == 1
        assert conversations_of(adviser, centre, hours) == []
        a_line(talk, "still here", AT + timedelta(hours=1))
        assert len(conversations_of(adviser, centre, hours)) == 1

    def test_the_visitor_sees_who_read_it(self):
        centre = a_centre()
        opened, receipt = a_thread(centre, AT)
        talk = a_conversation(receipt, centre, a_person(Role.DIRECTOR, centre=centre), AT)
        actions.mark_trainee(grant=talk.grant, listens=True)
        assert readings_of(opened.thread) == [Reading(DAY, centre.name, "the director", True, True)]


class TestWriting:
    def test_the_same_entry_twice_is_one(self):
        opened, _receipt = a_thread(a_centre(), AT)
        key = uuid4()
        for _n in range(2):
            actions.write_entry(opened=opened, key=key, kind=Kind.STEP, said={"text": "once"}, at=AT)
        assert Entry.objects.count() == 1
        with pytest.raises(actions.SaidOtherwise):
            actions.write_entry(opened=opened, key=key, kind=Kind.STEP, said={"text": "else"}, at=AT)

    def test_an_entry_of_another_thread_is_not_found_by_its_key(self):
        centre = a_centre()
        (one, _r), (other, _s) = a_thread(centre, AT), a_thread(centre, AT)
        key = uuid4()
        actions.write_entry(opened=one, key=key, kind=Kind.STEP, said={"text": "same"}, at=AT)
        with pytest.raises(actions.SaidOtherwise):
            actions.write_entry(opened=other, key=key, kind=Kind.STEP, said={"text": "same"}, at=AT)

    def test_of_two_changes_the_second_is_told(self):
        opened, _receipt = a_thread(a_centre(), AT)
        a_line(opened, "first", AT)
        entry = Entry.objects.get()
        changed = actions.change_entry(opened=opened, entry=entry, revision=1, said={"text": "mine"}, at=AT)
        assert (opened.read(changed), changed.revision) == ({"text": "mine"}, 2)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.change_entry(opened=opened, entry=entry, revision=1, said={"text": "yours"}, at=AT)
        assert (
            actions.change_entry(opened=opened, entry=entry, revision=1, said={"text": "mine"}, at=AT)
            == changed
        )
        actions.remove_entry(opened=opened, entry=entry, at=AT)
        actions.remove_entry(opened=opened, entry=entry, at=AT)
        assert not Entry.objects.exists()


class TestErasing:
    def test_nothing_is_left(self):
        centre = a_centre()
        opened, receipt = a_thread(centre, AT)
        talk = a_conversation(receipt, centre, a_person(Role.ADVISER, centre=centre), AT)
        a_line(talk, "gone", AT)
        for _n in range(2):
            actions.erase_thread(thread=opened.thread)
        assert (Thread.objects.count(), Entry.objects.count(), Grant.objects.count()) == (0, 0, 0)
        assert (vault().get(opened.thread.key), vault().get(talk.grant.key)) == (None, None)
        assert opened_by(receipt, DAY) is None

    def test_a_row_that_comes_back_opens_with_nothing(self):
        centre = a_centre()
        opened, receipt = a_thread(centre, AT)
        copy = Thread.objects.get()
        actions.erase_thread(thread=opened.thread)
        copy.save(force_insert=True)
        assert found_by(receipt, DAY) == copy.pk
        assert opened_by(receipt, DAY) is None


def test_the_whole_server_does_not_open_a_thread_that_rests():
    """Every key and share of the installation, tried on everything that is kept of a thread nobody talks about now."""
    centre = a_centre()
    opened, receipt = a_thread(centre, AT)
    talk = a_conversation(receipt, centre, a_person(Role.ADVISER, centre=centre), AT)
    a_line(talk, "evening courses", AT)
    actions.end_conversations(grants=[talk.grant], at=AT)
    thread, entry = Thread.objects.get(), Entry.objects.get()
    share = vault().get(thread.key)
    purposes = [
        "look-up",
        "conversations",
        "cookie",
        "new thread",
        "thread by receipt",
        "thread by conversation",
    ]
    held = [keys.key(version, purpose) for version in keys.versions() for purpose in purposes] + [share]
    held += [derived(one, other, purpose=purpose) for one in held for other in held for purpose in purposes]
    sealed = [(thread.wrapped, f"thread {thread.key}"), (entry.sealed, about_entry(thread, entry.key))]
    sealed += [(Grant.objects.get().wrapped, f"grant {talk.grant.key}")]
    for key in held:
        for text, about in sealed:
            with pytest.raises(Unreadable):
                unseal(key, text, about=about)


class TestForgetting:
    def test_expired_threads_go_with_their_share(self):
        opened, receipt = a_thread(a_centre(), AT, keeps=Keeps.THREE)
        last = datetime(2026, 8, 31, 2, tzinfo=UTC)
        assert forgetting.erase_expired(at=last) == 0
        assert forgetting.erase_expired(at=last + timedelta(days=1)) == 1
        assert (Thread.objects.count(), vault().get(opened.thread.key)) == (0, None)

    def test_the_hour_of_a_reading_goes_and_the_day_stays(self):
        centre = a_centre()
        opened, receipt = a_thread(centre, AT)
        talk = a_conversation(receipt, centre, a_person(Role.ADVISER, centre=centre), AT)
        assert forgetting.forget_times_of_reading(at=AT + timedelta(days=2)) == 0  # it goes on
        actions.end_conversations(grants=[talk.grant], at=AT + timedelta(minutes=20))
        assert forgetting.forget_times_of_reading(at=AT + timedelta(hours=20)) == 0
        assert [forgetting.forget_times_of_reading(at=AT + timedelta(hours=25)) for _n in range(2)] == [1, 0]
        grant = Grant.objects.get()
        assert grant.opened_at == grant.ended_at == centre.local(AT).replace(hour=12, minute=0)
        assert readings_of(opened.thread)[0].day == DAY

    def test_silent_conversations_are_closed(self):
        centre = a_centre()
        opened, receipt = a_thread(centre, AT)
        talk = a_conversation(receipt, centre, a_person(Role.ADVISER, centre=centre), AT)
        assert forgetting.end_silent_conversations(at=AT + timedelta(minutes=119)) == 0
        assert forgetting.end_silent_conversations(at=AT + timedelta(minutes=120)) == 1
        assert vault().get(talk.grant.key) is None

    def test_rows_from_an_old_copy_go_unless_the_vault_itself_seems_lost(self, monkeypatch):
        centre = a_centre()
        kept, _receipt = a_thread(centre, AT)
        lost = [a_thread(centre, AT)[0].thread for _n in range(3)]
        vault().destroy([thread.key for thread in lost])
        monkeypatch.setattr(forgetting, "BELIEVED", 2)
        with pytest.raises(forgetting.VaultLost):
            forgetting.erase_without_share(at=AT)
        assert Thread.objects.count() == 4
        monkeypatch.setattr(forgetting, "BELIEVED", 3)
        assert forgetting.erase_without_share(at=AT) == 3
        assert Thread.objects.get() == kept.thread

    def test_shares_without_a_row_go_after_a_day(self):
        opened, receipt = a_thread(a_centre(), AT)
        left = uuid4()
        vault().put(left, on=DAY)
        forgetting.destroy_left_shares(at=AT + timedelta(days=1))
        assert vault().get(left) is not None
        forgetting.destroy_left_shares(at=AT + timedelta(days=2))
        assert vault().get(left) is None
        assert vault().get(opened.thread.key) is not None


def test_a_thread_is_found_after_the_keys_were_changed(settings, tmp_path):
    settings.KEYS = tmp_path
    keys._forget()
    vault.cache_clear()
    try:
        opened, receipt = a_thread(a_centre(), AT)
        keys.make(2)
        assert opened_by(receipt, DAY).key == opened.key
        assert actions.open_thread(receipt=receipt, at=AT).thread.lookup_version == 2
        keys.remove(1)
        assert opened_by(receipt, DAY).key == opened.key
    finally:
        keys._forget()
        vault.cache_clear()
