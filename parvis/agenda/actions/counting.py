"""A session's count is closed: how many came, as totals, and what is known of them, as totals too. Never a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda.actions.hours import count_hours
from parvis.agenda.actions.seats import locked
from parvis.agenda.models import HeadCount, Session
from parvis.centres.models import Code, CodeList

LISTS = (CodeList.AGE_BAND, CodeList.GENDER, CodeList.STATUS)


class NotBegun(Exception):
    """Nobody can have come yet, or it was cancelled."""


class MoreThanCame(Exception):
    """The counts of one list are more than came: ``list`` says which."""

    def __init__(self, code_list: str) -> None:
        super().__init__(code_list)
        self.list = code_list


@dataclass(frozen=True)
class Count:
    """How many came, on site and online, and how many of them each entry of a list fits; the rest is not communicated."""

    participants: int
    online: int = 0
    heads: Mapping[Code, int] = field(default_factory=dict)


@transaction.atomic
def count_session(*, session: Session, count: Count, by: User | None, at: datetime) -> Session:
    """Close the count: the session was held, its facilitators' hours are counted. Said again, the later count stands.

    Raises ``NotBegun``, ``MoreThanCame``.
    """
    session = locked(session)
    if session.state == Session.State.CANCELLED or at < session.begins_at:
        raise NotBegun
    rows = _heads(session, count)
    session.participants, session.online_participants = count.participants, count.online
    session.state, session.counted_at, session.counted_by = Session.State.HELD, at, by
    session.save(update_fields=["participants", "online_participants", "state", "counted_at", "counted_by"])
    session.head_counts.all().delete()
    HeadCount.objects.bulk_create(rows)
    count_hours(owner=session, at=at)
    return session


def _heads(session: Session, count: Count) -> list[HeadCount]:
    """A row for each entry that fits somebody; what is left of each list that was used goes to its “not communicated”."""
    total, rows = count.participants + count.online, []
    silent = {
        code.list: code
        for code in Code.objects.held_by(session.centre)
        .open_on(session.day)
        .filter(list__in=LISTS, not_communicated=True)
    }
    for code_list in LISTS:
        said = {
            code: number
            for code, number in count.heads.items()
            if code.list == code_list and number and not code.not_communicated
        }
        rest = total - sum(said.values())
        if rest < 0:
            raise MoreThanCame(code_list)
        if said and rest and code_list in silent:
            said[silent[code_list]] = rest
        rows += [HeadCount(session=session, code=code, count=number) for code, number in said.items()]
    return rows
