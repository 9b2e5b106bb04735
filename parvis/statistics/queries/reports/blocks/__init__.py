"""What each kind of block tells of a period: one function a kind, in the active language."""

from __future__ import annotations

from collections.abc import Callable

from parvis.statistics.models import PartKind
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.blocks.charter import commitments
from parvis.statistics.queries.reports.blocks.crossed import cross, profile
from parvis.statistics.queries.reports.blocks.openness import opening
from parvis.statistics.queries.reports.blocks.partnership import partners, plurality, staff
from parvis.statistics.queries.reports.blocks.programme import classes, events
from parvis.statistics.queries.reports.blocks.surveyed import changed, sampled, satisfied
from parvis.statistics.queries.reports.blocks.team import late, needs
from parvis.statistics.queries.reports.blocks.typed import departures, narrative, typed
from parvis.statistics.queries.reports.blocks.work import waits, work
from parvis.statistics.queries.reports.content import Content

BLOCKS: dict[PartKind, Callable[[Asked], Content]] = {
    PartKind.WORK: work,
    PartKind.WAITS: waits,
    PartKind.OPENING: opening,
    PartKind.PLURALITY: plurality,
    PartKind.PARTNERS: partners,
    PartKind.STAFF: staff,
    PartKind.NEEDS: needs,
    PartKind.LATE: late,
    PartKind.CROSS: cross,
    PartKind.PROFILE: profile,
    PartKind.NARRATIVE: narrative,
    PartKind.TYPED: typed,
    PartKind.DEPARTURES: departures,
    PartKind.CHARTER: commitments,
    PartKind.SATISFIED: satisfied,
    PartKind.SAMPLED: sampled,
    PartKind.CHANGED: changed,
    PartKind.EVENTS: events,
    PartKind.CLASSES: classes,
}
FROM_SURVEYS = frozenset({PartKind.SATISFIED, PartKind.SAMPLED, PartKind.CHANGED})
TYPED_BY_HAND = frozenset({PartKind.NARRATIVE, PartKind.TYPED, PartKind.DEPARTURES})

__all__ = ["BLOCKS", "FROM_SURVEYS", "TYPED_BY_HAND", "Asked"]
