"""What may leave a centre: thresholds and rounding for whatever can be filtered, suppression with an audit for fixed reports.

Knows neither the web nor the database. Tables come in as counts and leave as what may be read; :mod:`highspy` proves what an
outsider can still derive (docs/decisions/0052-protection.md).
"""

from .audience import Audience, Figure, Hidden
from .audit import Audit, Finding, Interval, audit, intervals
from .closed import Refusal, closed_periods, period_named, refused
from .filterable import Protected, Wait, change, percent, protect, told_by_filters
from .means import may_stand
from .primary import Need, dominated, few_contributors, guessable, needed, small, threshold
from .publications import Publication, Sum, audit_after, suppress_after
from .suppression import CannotProtect, Suppression, by_count, by_size, suppress
from .tables import Axis, Cell, DoesNotAddUp, Figures, Relation, added, cell, linked, over, table

__all__ = [
    "Audience",
    "Audit",
    "Axis",
    "CannotProtect",
    "Cell",
    "DoesNotAddUp",
    "Figure",
    "Figures",
    "Finding",
    "Hidden",
    "Interval",
    "Need",
    "Protected",
    "Publication",
    "Refusal",
    "Relation",
    "Sum",
    "Suppression",
    "Wait",
    "added",
    "audit",
    "audit_after",
    "by_count",
    "by_size",
    "cell",
    "change",
    "closed_periods",
    "dominated",
    "few_contributors",
    "guessable",
    "intervals",
    "linked",
    "may_stand",
    "needed",
    "over",
    "percent",
    "period_named",
    "protect",
    "refused",
    "small",
    "suppress",
    "suppress_after",
    "table",
    "threshold",
    "told_by_filters",
]
