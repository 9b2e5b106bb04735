"""Roster calls: the question to everybody when they can come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.actions.availability import CallClosed
from parvis.rota.actions.letters import send_once
from parvis.rota.models import RosterCall
from parvis.rota.queries.calls import asked


class RemindedToday(Exception):
    """One reminder a day is enough."""


@dataclass(frozen=True)
class Asking:
    """What a call asks: days, until when, and a word to everybody."""

    first_day: date
    last_day: date
    deadline: date
    words: str = ""


@transaction.atomic
def open_call(
    *, key: UUID, centre: Centre, said: Asking, by: User | None, at: datetime, link: str
) -> RosterCall:
    """Ask everybody who is on the rota then; each gets a mail with ``link``. The same ``key`` again asks nobody twice."""
    call, new = RosterCall.objects.get_or_create(
        key=key, defaults={"centre": centre, "opened_at": at, "opened_by": by, **said.__dict__}
    )
    if new:
        _write(call, [line.person for line in asked(call)], link, again=False)
    return call


@transaction.atomic
def remind(*, call: RosterCall, at: datetime, link: str) -> int:
    """Write once more to those who have not answered; returns to how many. Raises ``CallClosed``, ``RemindedToday``."""
    call = _locked(call)
    if call.closed_at:
        raise CallClosed
    today = call.centre.local_day(at)
    if any(call.centre.local_day(one) == today for one in (call.reminded_at, call.opened_at) if one):
        raise RemindedToday
    call.reminded_at = at
    call.save(update_fields=["reminded_at"])
    silent = [line.person for line in asked(call) if line.answer is None]
    _write(call, silent, link, again=True)
    return len(silent)


@transaction.atomic
def close_call(*, call: RosterCall, at: datetime) -> RosterCall:
    """Nobody answers any more: planning begins. Again, changes nothing."""
    call = _locked(call)
    call.closed_at = call.closed_at or at
    call.save(update_fields=["closed_at"])
    return call


@transaction.atomic
def reopen_call(*, call: RosterCall, deadline: date) -> RosterCall:
    """Answers count again, until a new day."""
    call = _locked(call)
    call.closed_at, call.deadline = None, deadline
    call.save(update_fields=["closed_at", "deadline"])
    return call


def _locked(call: RosterCall) -> RosterCall:
    rows = RosterCall.objects.select_for_update(no_key=True, of=("self",)).select_related("centre")
    return rows.get(pk=call.pk)


def _write(call: RosterCall, people: list[User], link: str, *, again: bool) -> None:
    keys = [person.pk for person in people if person.is_active]
    if keys:
        transaction.on_commit(partial(tell_call.enqueue, call.pk, keys, link, again))


@task()
def tell_call(call: int, people: list[int], link: str, again: bool) -> int:
    """One mail to each of ``people``, in their language. Returns how many left."""
    row = RosterCall.objects.select_related("centre").filter(pk=call, closed_at=None).first()
    if row is None:
        return 0
    time = row.reminded_at if again else row.opened_at
    about, left = f"call/{call}/{time.isoformat() if time else ''}", 0
    for person in User.objects.filter(pk__in=people, is_active=True):
        with timezone.override(row.centre.zone):
            shown = {"call": row, "centre": row.centre, "person": person, "link": link, "again": again}
            left += send_once(
                about, "rota/mail/call.txt", person=person, language=person.language, context=shown
            )
    return left
