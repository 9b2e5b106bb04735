"""What guidance forgets. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.guidance.actions.threads import end_conversations, erase_all
from parvis.guidance.models import Grant, Question, Thread
from parvis.guidance.queries.threads import REST
from parvis.reception.models import Ticket
from parvis.shared.prepared import Prepared
from parvis.shared.retention import NotForgotten
from parvis.shared.sealing.needed import still_needed
from parvis.shared.sealing.vault import vault

AT_ONCE = 500
BELIEVED = 50  # threads without a share; more than these, and than a tenth of all, are not erased
FEW = 3  # threads; where there are more, and not one has its share, none is erased either
A_DAY = timedelta(days=1)


class VaultLost(NotForgotten):
    """So many threads lack their share that it is rather the vault that is gone."""

    says = gettext_noop(
        "Of %(all)s threads, %(missing)s lack their key in the vault. They were kept: it is rather the vault that is"
        " lost. Put its copy back (docs/operating.md)."
    )


OF_TICKET = Prepared(lambda ticket: Grant.objects.filter(ticket=ticket, ended_at=None))


def end_conversation_with(*, ticket: Ticket, at: datetime) -> None:
    """The visitor has left the desk: their thread is closed, if it was open."""
    if grants := OF_TICKET.all(ticket.pk):
        end_conversations(grants=grants, at=at)


@transaction.atomic
def end_conversations_of(*, centre: Centre, person: User, at: datetime) -> None:
    """Somebody may no longer read threads at a centre: what they had open is closed."""
    end_conversations(grants=list(Grant.objects.open().filter(centre=centre, person=person)), at=at)


def end_silent_conversations(*, at: datetime) -> int:
    """Close what nobody closed; returns how many. A demonstration's conversations end by its own clock."""
    going_on = Grant.objects.open().filter(used_at__lte=at - REST).select_related("centre")
    silent = [one for one in going_on if _now(one.centre, at) - one.used_at >= REST]
    return end_conversations(grants=silent, at=at)


@transaction.atomic
def forget_times_of_reading(*, at: datetime) -> int:
    """Of a conversation that ended yesterday or before, the day stays and the hour goes; returns how many."""
    ended = Grant.objects.exclude(ended_at=None).filter(opened_at__lt=at - A_DAY, times_kept=True)
    grants = list(ended.select_related("centre"))
    for grant in grants:
        noon = grant.centre.local(grant.opened_at).replace(hour=12, minute=0, second=0, microsecond=0)
        grant.opened_at = grant.used_at = grant.ended_at = noon
        grant.times_kept = False
    Grant.objects.bulk_update(grants, ["opened_at", "used_at", "ended_at", "times_kept"], batch_size=AT_ONCE)
    return len(grants)


def erase_expired(*, at: datetime) -> int:
    """Threads that nobody opened for as long as the visitor chose; returns how many."""
    return _erase(list(Thread.objects.filter(expires_on__lte=at.date()).order_by("pk")))


def erase_without_share(*, at: datetime) -> int:
    """Rows that came back with a copy of the database after their thread was erased; returns how many.

    Raises ``VaultLost`` where so many lack their share that it is rather the vault that is gone: they are kept then.
    """
    gone, count, last = list[Thread](), 0, 0
    while rows := list(Thread.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last, count = rows[-1].pk, count + len(rows)
        missing = vault().missing([row.key for row in rows])
        gone += [row for row in rows if row.key in missing]
    if len(gone) > max(BELIEVED, count // 10) or FEW < count == len(gone):
        raise VaultLost(missing=len(gone), all=count)
    return _erase(gone)


def destroy_left_shares(*, at: datetime) -> int:
    """Shares of which no row was ever kept: their transaction failed after them. Returns how many."""
    count = 0
    for keys in vault().made_before(at.date() - A_DAY):
        count += vault().destroy(set(keys) - still_needed(keys))
    return count


def needed_shares(keys: Collection[UUID]) -> set[UUID]:
    """Those among some hundred keys that a thread, a conversation or an open question is opened with."""
    threads = Thread.objects.filter(key__in=keys).values_list("key", flat=True)
    grants = Grant.objects.open().filter(key__in=keys).values_list("key", flat=True)
    questions = Question.objects.filter(share_key__in=keys).exclude(state=Question.State.CLOSED)
    return {*threads, *grants, *questions.values_list("share_key", flat=True)}


def _erase(threads: list[Thread]) -> int:
    count = 0
    for start in range(0, len(threads), AT_ONCE):
        with transaction.atomic():
            count += erase_all(threads[start : start + AT_ONCE])
    return count


def _now(centre: Centre, at: datetime) -> datetime:
    return centre.now() if centre.clock_set_at else at
