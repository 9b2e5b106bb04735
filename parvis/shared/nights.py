"""The nights on which Parvis forgets: each one is written down, and one whose clock has jumped forgets nothing.

A clock that is years ahead would have every period end at once. So the time is compared with that of the last night; more
than two days between them stop it, every night again, until somebody has looked at the clock and says that it is right.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from parvis.shared.models import Night
from parvis.shared.retention import forget_each

logger = logging.getLogger(__name__)

JUMP = timedelta(days=2)  # one night may be missed
KEPT = timedelta(days=365)
CUT_OFF = timedelta(hours=6)  # a night that still runs by then does not

Kind = Night.Kind


@dataclass(frozen=True)
class Trouble:
    """Why somebody should look at the page of the nights: ``kind`` is stopped, failed or missing."""

    kind: str
    since: datetime  # of the last night that is known


def forget_now(*, at: datetime) -> Night:
    """Forgets what is due and writes it down rule by rule, or writes down that the clock has jumped."""
    last = _last_run()
    if last is not None and abs(at - last.at) > JUMP:
        logger.error("Nothing was forgotten: it is %s, and the last night was %s.", at, last.at)
        return Night.objects.create(at=at, kind=Kind.STOPPED, since=last.at)
    night = Night.objects.create(at=at, kind=Kind.RUN, done=False)
    for outcome in forget_each(at=at):
        if outcome.why is None:
            night.forgotten[outcome.name] = outcome.count
        else:
            night.failed[outcome.name] = outcome.why
        night.save(
            update_fields=["forgotten", "failed"]
        )  # what was done is known even if the next rule is cut off
    night.done = True
    night.save(update_fields=["done"])
    return night


def has_jumped(*, at: datetime) -> bool:
    """Whether a night at ``at`` would stop."""
    last = _last_run()
    return last is not None and abs(at - last.at) > JUMP


@transaction.atomic
def confirm_clock(*, at: datetime) -> bool:
    """Somebody looked at the clock: the next night forgets. Where nothing stands in its way, changes nothing."""
    if not has_jumped(at=at):
        return False
    Night.objects.create(at=at, kind=Kind.CONFIRMED)
    return True


def forget_nights(*, at: datetime) -> int:
    """Nights of more than a year ago; returns how many."""
    return Night.objects.filter(at__lt=at - KEPT).delete()[0]


def last_nights(most: int = 30) -> list[Night]:
    """The newest first: one query."""
    return list(Night.objects.all()[:most])


def trouble(*, at: datetime) -> Trouble | None:
    """What keeps the installation from forgetting, if anything: one query. Before the first night there is none."""
    return trouble_of(Night.objects.first(), at=at)


def trouble_of(newest: Night | None, *, at: datetime) -> Trouble | None:
    """The same, where the newest night is known."""
    if newest is None:
        return None
    if newest.kind == Kind.STOPPED:
        since = newest.since or newest.at
        return Trouble("stopped", since) if abs(at - since) > JUMP else None  # else the clock was set right
    if abs(at - newest.at) > JUMP:
        return Trouble("missing", newest.at)
    return Trouble("failed", newest.at) if newest.failed or cut_off(newest, at=at) else None


def cut_off(night: Night, *, at: datetime) -> bool:
    """Whether a night began and never came to its end."""
    return not night.done and abs(at - night.at) > CUT_OFF


def _last_run() -> Night | None:
    return Night.objects.filter(kind__in=[Kind.RUN, Kind.CONFIRMED]).first()
