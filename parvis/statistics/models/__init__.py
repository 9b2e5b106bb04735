"""What statistics keeps of its own: files of facts and what changed since; composed reports. It reads every room below."""

from parvis.statistics.models.facts import FactStore, LateChange, Snapshot, Touched
from parvis.statistics.models.reports import (
    Audience,
    Every,
    Part,
    PartKind,
    PublishedTable,
    Refresh,
    Report,
    ReportModel,
    Schedule,
    Sending,
)

__all__ = [
    "Audience",
    "Every",
    "FactStore",
    "LateChange",
    "Part",
    "PartKind",
    "PublishedTable",
    "Refresh",
    "Report",
    "ReportModel",
    "Schedule",
    "Sending",
    "Snapshot",
    "Touched",
]
