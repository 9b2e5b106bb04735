"""How a thread is found and read."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, Role, roles_with
from parvis.centres.models import Assignment, Centre
from parvis.guidance.models import Entry, Grant, Kind, Thread
from parvis.guidance.opened import Opened, secret_bytes, unwrap_by_receipt, unwrap_for_house
from parvis.guidance.receipt import Receipt
from parvis.guidance.visitor_words import ROLES
from parvis.reception.models import Seat
from parvis.shared.prepared import Prepared
from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import Unreadable
from parvis.shared.sealing.vault import vault

REST = timedelta(hours=2)  # a conversation of which nothing was heard for so long has ended

FOUND = Prepared(
    lambda lookups, day: Thread.objects.filter(lookup__in=lookups, expires_on__gt=day).values_list("pk")
)


def lookup_of(receipt: Receipt, version: int) -> str:
    """Under what a receipt is found: its HMAC-SHA-256 with one of the installation's keys."""
    return hmac.new(keys.key(version, "look-up"), secret_bytes(receipt), sha256).hexdigest()


def found_by(receipt: Receipt, day: date) -> int | None:
    """The row of a receipt's thread, if it can still be opened: one query, the same for unknown, expired and erased."""
    lookups = tuple(lookup_of(receipt, version) for version in keys.versions())
    row = FOUND.first(lookups, day)
    return row[0] if row else None


def opened_by(receipt: Receipt, day: date) -> Opened | None:
    """The thread that a receipt opens, or nothing, whatever the reason."""
    pk = found_by(receipt, day)
    thread = Thread.objects.select_related("centre", "network").filter(pk=pk).first() if pk else None
    share = vault().get(thread.key) if thread else None
    if (
        thread is None or share is None
    ):  # a share that was destroyed: the row came back from a copy of the database
        return None
    try:
        return Opened(thread, unwrap_by_receipt(thread, receipt, share))
    except Unreadable:
        return None


def conversations_of(person: User, centre: Centre, at: datetime) -> list[Grant]:
    """The conversations that ``person`` may go on with: begun by them, or at the desk where they sat already. One query."""
    beside = Seat.objects.open().filter(
        person=person, desk=OuterRef("desk"), opened_at__lte=OuterRef("opened_at")
    )
    theirs = Grant.objects.open().filter(Q(person=person) | Exists(beside), centre=centre)
    return list(theirs.filter(used_at__gt=at - REST).select_related("thread"))


def who_may_read(pairs: set[tuple[UUID, int]]) -> set[tuple[UUID, int]]:
    """Of conversations and people, those that still belong together: three queries, whatever the number."""
    grants = {one.key: one for one in Grant.objects.open().filter(key__in={key for key, _person in pairs})}
    people = {person for _key, person in pairs}
    held = Assignment.objects.filter(person__in=people, role__in=roles_with(Permission.GUIDE))
    may = set(held.values_list("person", "centre"))
    seats = Seat.objects.open().filter(person__in=people)
    sitting = {(seat.person_id, seat.desk_id): seat.opened_at for seat in seats}
    found = set[tuple[UUID, int]]()
    for key, person in pairs:
        grant = grants.get(key)
        if grant is None or (person, grant.centre_id) not in may:
            continue
        since = sitting.get((person, grant.desk_id or 0))
        if grant.person_id == person or (since and since <= grant.opened_at):
            found.add((key, person))
    return found


def conversation(person: User, centre: Centre, key: UUID, at: datetime) -> Opened | None:
    """The thread of one of them, open; nothing where it is not theirs or has ended."""
    grant = next((one for one in conversations_of(person, centre, at) if one.key == key), None)
    share = vault().get(grant.key) if grant else None
    if grant is None or share is None:
        return None
    try:
        return Opened(grant.thread, unwrap_for_house(grant, share), grant)
    except (Unreadable, KeyError):
        return None


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it. ``said`` is what it holds: text, and for a step who does what, where and until when."""

    key: UUID
    kind: Kind
    day: date
    centre: str
    role: str
    revision: int
    said: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """That a centre read the thread: on which day, in which role."""

    day: date
    centre: str
    role: str
    trainee: bool
    goes_on: bool


def entries_of(opened: Opened) -> list[Line]:
    """Everything in the thread, oldest first: one query."""
    entries = Entry.objects.filter(thread=opened.thread).select_related("centre")
    return [line(opened, entry) for entry in entries]


def line(opened: Opened, entry: Entry) -> Line:
    """One entry, read."""
    centre = entry.centre.name if entry.centre else ""
    role = ROLES[Role(entry.role)] if entry.role else ""
    said = opened.read(entry)
    return Line(entry.key, Kind(entry.kind), entry.day, centre, str(role), entry.revision, said)


def by_kind(lines: list[Line]) -> dict[str, list[Line]]:
    """The entries of each kind, every kind present."""
    return {kind.value: [line for line in lines if line.kind == kind] for kind in Kind}


def readings_of(thread: Thread) -> list[Reading]:
    """When and by which centre and role it was read, newest first: one query."""
    grants = Grant.objects.filter(thread=thread).select_related("centre")
    return [
        Reading(
            day=one.centre.local_day(one.opened_at),
            centre=one.centre.name,
            role=str(ROLES[Role(one.role)]),
            trainee=one.trainee_listens,
            goes_on=one.ended_at is None,
        )
        for one in grants
    ]
