"""What the page of the nights shows: counts of the whole installation, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from parvis.shared.models import Night
from parvis.shared.nights import Trouble, cut_off, last_nights, trouble_of
from parvis.shared.retention import Outcome, names


@dataclass(frozen=True)
class RuleLine:
    """One thing that is forgotten: in the newest night that ran, and in all that are shown. No count: it has not run."""

    name: str
    last: int | None
    total: int


@dataclass(frozen=True)
class OutcomeLine:
    """What became of one rule, or why it did not happen."""

    name: str
    count: int
    why: str = ""


@dataclass(frozen=True)
class NightLine:
    """One night: what became of it, how much went in all, by rule where there was something, and what failed."""

    at: datetime
    kind: str
    label: str
    total: int
    outcomes: list[OutcomeLine]
    failed: list[OutcomeLine]
    cut_off: bool


@dataclass(frozen=True)
class Nights:
    """The page."""

    trouble: Trouble | None
    newest: NightLine | None  # that ran
    nights: list[NightLine]
    rules: list[RuleLine]


def nights_page(*, at: datetime) -> Nights:
    """The last thirty nights, the newest first: one query."""
    rows = last_nights()
    ran = [row for row in rows if row.kind == Night.Kind.RUN]
    last = ran[0].forgotten if ran else {}
    return Nights(
        trouble=trouble_of(rows[0] if rows else None, at=at),
        newest=_night(ran[0], at) if ran else None,
        nights=[_night(row, at) for row in rows],
        rules=[
            RuleLine(gettext(name), last.get(name), sum(row.forgotten.get(name, 0) for row in ran))
            for name in names()
        ],
    )


def rehearsed(outcomes: Iterable[Outcome]) -> list[OutcomeLine]:
    """Where a rehearsal found something or failed, in the reader's language."""
    return [
        OutcomeLine(gettext(one.name), one.count, _why(one.why)) for one in outcomes if one.count or one.why
    ]


def _night(row: Night, at: datetime) -> NightLine:
    return NightLine(
        at=row.at,
        kind=row.kind,
        label=row.get_kind_display(),
        total=sum(row.forgotten.values()),
        outcomes=[OutcomeLine(gettext(name), count) for name, count in row.forgotten.items() if count],
        failed=[OutcomeLine(gettext(name), 0, _why(why)) for name, why in row.failed.items()],
        cut_off=cut_off(row, at=at),
    )


def _why(why: dict[str, Any] | None) -> str:
    if why is None:
        return ""
    english = why["says"]
    return gettext(english) % why
