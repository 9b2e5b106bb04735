"""What the rota is made of."""

from parvis.rota.models.availability import (
    Leave,
    RosterAnswer,
    RosterCall,
    Terms,
    WishForHalfDay,
    WorkingPattern,
)
from parvis.rota.models.control import ControlReport
from parvis.rota.models.cover import CoverAsk, CoverCall, Swap
from parvis.rota.models.duty import Change, DutySlot, Held, HeldCorrection, Rota
from parvis.rota.models.feeds import Feed
from parvis.rota.models.letters import Letter
from parvis.rota.models.needs import (
    DutyKind,
    HalfDay,
    Need,
    Part,
    PatternHalfDay,
    PatternNeed,
    SchoolHoliday,
    Season,
)
from parvis.rota.models.plans import KILLED, Plan, PlannedSlot
from parvis.rota.models.wishes import Wish

__all__ = [
    "KILLED",
    "Change",
    "ControlReport",
    "CoverAsk",
    "CoverCall",
    "DutyKind",
    "DutySlot",
    "Feed",
    "HalfDay",
    "Held",
    "HeldCorrection",
    "Leave",
    "Letter",
    "Need",
    "Part",
    "PatternHalfDay",
    "PatternNeed",
    "Plan",
    "PlannedSlot",
    "RosterAnswer",
    "RosterCall",
    "Rota",
    "SchoolHoliday",
    "Season",
    "Swap",
    "Terms",
    "Wish",
    "WishForHalfDay",
    "WorkingPattern",
]
