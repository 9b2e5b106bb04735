"""A thread's life: begun with the visitor's agreement, opened by its receipt, erased at once when they say so."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, Role, roles_with
from parvis.centres.models import Centre
from parvis.centres.visitor_words import KEYS as WORDS
from parvis.guidance import live_threads
from parvis.guidance.actions.errors import NoSuchThread
from parvis.guidance.actions.holding import hold, hold_all
from parvis.guidance.actions.questions.closing import forget_questions
from parvis.guidance.models import Grant, Keeps, Thread
from parvis.guidance.opened import Opened, later, wrap_for_house, wrap_for_receipt
from parvis.guidance.queries.threads import lookup_of, opened_by
from parvis.guidance.receipt import Receipt
from parvis.guidance.visitor_nicknames import COLOURS, LARGEST
from parvis.guidance.visitor_words import WORDING
from parvis.reception.models import Seat, Ticket
from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import new_key
from parvis.shared.sealing.vault import vault

READERS = [
    role for role in Role if role in roles_with(Permission.GUIDE)
]  # as a visitor reads them, in this order


@dataclass(frozen=True)
class Agreement:
    """What the visitor said yes to: the wording of the day, in a language, on a screen; and for how long."""

    language: str
    way: Thread.Way
    keeps: Keeps = Keeps.TWELVE


@transaction.atomic
def begin_thread(*, centre: Centre, receipt: Receipt, agreement: Agreement, at: datetime) -> Opened:
    """A new thread, which ``receipt`` opens. The same receipt again opens the first.

    The share is in the vault before the row is in the database: of the two, only a share may be left over.
    """
    day = at.date()
    if before := opened_by(receipt, day):
        return before
    thread = Thread(
        key=uuid4(),
        network=centre.network,
        centre=centre,
        lookup=lookup_of(receipt, keys.newest()),
        lookup_version=keys.newest(),
        colour=secrets.choice(list(COLOURS)),
        word=secrets.choice(WORDS),
        number=secrets.randbelow(LARGEST) + 1,
        language=agreement.language,
        agreed_on=day,
        agreed_to=WORDING,
        agreed_way=agreement.way,
        keeps=agreement.keeps,
        used_on=day,
        expires_on=later(day, agreement.keeps),
    )
    key = new_key()
    thread.wrapped = wrap_for_receipt(thread.key, key, receipt, vault().put(thread.key, on=day))
    try:
        with transaction.atomic():
            thread.save()
    except IntegrityError:  # the same page sent twice at once
        vault().destroy([thread.key])
        if before := opened_by(receipt, day):
            return before
        raise
    return Opened(thread, key)


def open_thread(*, receipt: Receipt, at: datetime) -> Opened:
    """What a receipt opens; it is kept so much longer, and found by the newest key. Raises ``NoSuchThread``.

    Nothing is written where nothing is found, nor again on the same day: guesses never wait for their turn to write.
    """
    day = at.date()
    opened = opened_by(receipt, day)
    if opened is None:
        raise NoSuchThread
    thread = opened.thread
    if thread.used_on != day or thread.lookup_version != keys.newest():
        thread.used_on, thread.expires_on = day, later(day, thread.keeps)
        thread.lookup_version = keys.newest()
        thread.lookup = lookup_of(receipt, thread.lookup_version)
        thread.save(update_fields=["used_on", "expires_on", "lookup", "lookup_version"])
    return opened


@transaction.atomic
def begin_conversation(
    *,
    receipt: Receipt,
    centre: Centre,
    person: User,
    key: UUID,
    at: datetime,
    seat: Seat | None = None,
    ticket: Ticket | None = None,
) -> Opened:
    """Open a thread at a centre for one conversation, because the visitor presented its receipt.

    The same ``key`` again returns the first. Raises ``NoSuchThread``, also for a thread of another network.
    """
    opened = open_thread(receipt=receipt, at=at)
    if opened.thread.network_id != centre.network_id:
        raise NoSuchThread
    hold(opened.thread)
    theirs = Grant.objects.open().filter(thread=opened.thread, centre=centre, person=person)
    if before := Grant.objects.filter(key=key).first() or theirs.first():
        if before.thread_id != opened.thread.pk or before.centre_id != centre.pk or before.ended_at:
            raise NoSuchThread
        return replace(opened, grant=before)
    version = keys.newest()
    grant = Grant(
        key=key,
        thread=opened.thread,
        centre=centre,
        role=role_at(centre, person),
        person=person,
        desk=seat.desk if seat else None,
        ticket=ticket,
        version=version,
        opened_at=at,
        used_at=at,
    )
    grant.wrapped = wrap_for_house(key, opened.key, version, vault().put(key, on=at.date()))
    grant.save()
    return replace(opened, grant=grant)


def role_at(centre: Centre, person: User) -> Role:
    """In which role somebody reads a thread at a centre: the first of theirs that may."""
    held = set(person.assignments.at(centre).values_list("role", flat=True))
    return next(role for role in READERS if role in held)


@transaction.atomic
def mark_trainee(*, grant: Grant, listens: bool) -> Grant:
    """A trainee listens to this conversation, or no longer does: the visitor reads it on the thread."""
    grant = Grant.objects.select_for_update(no_key=True, of=("self",)).get(pk=grant.pk)
    if grant.ended_at is None and grant.trainee_listens != listens:
        grant.trainee_listens = listens
        grant.save(update_fields=["trainee_listens"])
        live_threads.changed(grant.thread_id)
    return grant


@transaction.atomic
def end_conversations(*, grants: list[Grant], at: datetime) -> int:
    """The centre can no longer read these threads; only their receipts open them. Again, changes nothing."""
    pks = [grant.pk for grant in grants]
    going_on = Grant.objects.select_for_update(no_key=True, of=("self",)).open().filter(pk__in=pks)
    ended = list(going_on.order_by("pk"))
    vault().destroy(grant.key for grant in ended)
    for grant in ended:
        grant.wrapped, grant.person, grant.desk, grant.ticket = b"", None, None, None
        grant.ended_at = at
    Grant.objects.bulk_update(ended, ["wrapped", "person", "desk", "ticket", "ended_at"])
    for grant in ended:
        live_threads.changed(grant.thread_id)
    return len(ended)


@transaction.atomic
def erase_thread(*, thread: Thread) -> None:
    """Nothing of it can be read any more, not even in an older copy of the database. Again, changes nothing."""
    erase_all([thread])


@transaction.atomic
def keep_for(*, opened: Opened, keeps: Keeps, at: datetime) -> Thread:
    """How long the thread is kept after its last use, counted from today."""
    thread = opened.thread
    hold(thread)
    thread.keeps, thread.expires_on = keeps, later(at.date(), keeps)
    thread.save(update_fields=["keeps", "expires_on"])
    return thread


def erase_all(threads: list[Thread]) -> int:
    """Destroys the shares, then the rows, within the caller's transaction; returns how many threads."""
    pks = [thread.pk for thread in threads]
    questions = forget_questions(threads)
    hold_all(pks)
    questions += forget_questions(threads)  # one may have been asked while these waited
    grants = Grant.objects.open().filter(thread__in=pks).values_list("key", flat=True)
    vault().destroy([*(thread.key for thread in threads), *grants, *questions])
    for pk in pks:
        live_threads.changed(pk)
    Thread.objects.filter(pk__in=pks).delete()
    return len(pks)
