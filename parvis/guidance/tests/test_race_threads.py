"""Many at one thread, on a real file database and on PostgreSQL: nothing doubled, nothing lost, nothing left after erasing."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.guidance import actions
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_conversation, a_thread, takes_questions
from parvis.guidance.models import Entry, Grant, Kind, Question, Thread
from parvis.guidance.queries.threads import conversation
from parvis.guidance.receipt import Receipt
from parvis.guidance.tests.test_race_questions import all_at_once
from parvis.shared.sealing.vault import vault

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_one_receipt_by_eight_pages_is_one_thread_that_all_can_read():
    centre = a_centre()
    agreement = actions.Agreement(language="fr", way=Thread.Way.AT_THE_DESK)
    for _turn in range(5):
        begin = partial(
            actions.begin_thread, centre=centre, receipt=Receipt.new(), agreement=agreement, at=AT
        )
        opened = all_at_once(*[begin] * 8)
        assert len({(one.thread.pk, one.key) for one in opened}) == 1
    assert Thread.objects.count() == 5


def test_eight_write_at_once_and_every_word_is_there():
    centre = a_centre()
    _opened, receipt = a_thread(centre, AT)
    talks = [a_conversation(receipt, centre, a_person(Role.ADVISER, centre=centre), AT) for _n in range(4)]
    said = [(talk, uuid4(), f"words {n} {m}") for n, talk in enumerate(talks) for m in range(4)]
    for at_once in (said, said):  # each sent twice
        all_at_once(
            *(
                partial(actions.write_entry, opened=talk, key=key, kind=Kind.STEP, said={"text": text}, at=AT)
                for talk, key, text in at_once
            )
        )
    texts = sorted(talks[0].read(entry)["text"] for entry in Entry.objects.all())
    assert texts == sorted(text for _talk, _key, text in said)


def test_of_eight_changes_of_one_piece_one_is_kept_and_seven_are_told():
    opened, _receipt = a_thread(a_centre(), AT)
    entry = actions.write_entry(opened=opened, key=uuid4(), kind=Kind.STEP, said={"text": "first"}, at=AT)
    change = partial(actions.change_entry, opened=opened, entry=entry, revision=1, at=AT)
    done = all_at_once(*(partial(change, said={"text": f"mine {n}"}) for n in range(8)))
    assert len([one for one in done if isinstance(one, actions.ChangedMeanwhile)]) == 7
    assert Entry.objects.get().revision == 2


def test_whoever_erases_while_others_write_ask_and_open_leaves_nothing():
    centre = takes_questions(a_centre()).centre
    people = [a_person(Role.ADVISER, centre=centre) for _n in range(3)]
    asking = questions.Asking(centre=centre, theme=None, language="fr", text="Where?")
    for _turn in range(8):
        opened, receipt = a_thread(centre, AT)
        talks = [a_conversation(receipt, centre, person, AT) for person in people]
        write = [
            partial(actions.write_entry, opened=one, key=uuid4(), kind=Kind.STEP, said={"text": "x"}, at=AT)
            for one in [*talks, opened]
        ]
        late = a_person(Role.ADVISER, centre=centre)
        all_at_once(
            *write,
            partial(questions.ask, opened=opened, key=uuid4(), asking=asking, at=AT),
            partial(a_conversation, receipt, centre, late, AT),
            partial(actions.erase_thread, thread=opened.thread),
            partial(actions.end_conversations, grants=[talks[0].grant], at=AT),
        )
        left = (Thread.objects.count(), Entry.objects.count(), Grant.objects.count())
        assert left == (0, 0, 0)
        assert not Question.objects.exclude(state=Question.State.CLOSED).exists()
        assert [vault().get(one.grant.key) for one in talks] == [None] * 3
        assert vault().get(opened.thread.key) is None
        assert conversation(people[0], centre, talks[0].grant.key, AT) is None
