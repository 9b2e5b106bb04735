"""What statistics keeps of its own: files of facts and what changed since; composed reports; what a network asks of its centres. It reads every room below."""

from parvis.statistics.models.facts import FactStore, LateChange, Snapshot, Touched
from parvis.statistics.models.network import DashboardDay, Reminder, ReminderMail
from parvis.statistics.models.open_data import LICENCES, Licence, OpenEdition, OpenFile
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
from parvis.statistics.models.statements import StatedUnit, Statement

__all__ = [
    "LICENCES",
    "Audience",
    "DashboardDay",
    "Every",
    "FactStore",
    "LateChange",
    "Licence",
    "OpenEdition",
    "OpenFile",
    "Part",
    "PartKind",
    "PublishedTable",
    "Refresh",
    "Reminder",
    "ReminderMail",
    "Report",
    "ReportModel",
    "Schedule",
    "Sending",
    "Snapshot",
    "StatedUnit",
    "Statement",
    "Touched",
]
