"""Unmet needs: noted by the team, gathered under proposals, discussed and brought to an outcome."""

from parvis.guidance.actions.needs.entries import Noted, correct_need, note_need, restore_need, withdraw_need
from parvis.guidance.actions.needs.errors import (
    AlreadyTaken,
    ChangedMeanwhile,
    NeedsError,
    NoOutcome,
    NotInTheTeam,
    NotOfThisCentre,
    NotReachable,
    NotYet,
    RecordedOtherwise,
    TakenBack,
)
from parvis.guidance.actions.needs.proposals import (
    WAYS,
    Wanted,
    change_proposal,
    gather,
    let_go,
    make_proposal,
    move_proposal,
    take_on,
)
from parvis.guidance.actions.needs.remarks import add_remark, take_back_remark

__all__ = [
    "WAYS",
    "AlreadyTaken",
    "ChangedMeanwhile",
    "NeedsError",
    "NoOutcome",
    "NotInTheTeam",
    "NotOfThisCentre",
    "NotReachable",
    "NotYet",
    "Noted",
    "RecordedOtherwise",
    "TakenBack",
    "Wanted",
    "add_remark",
    "change_proposal",
    "correct_need",
    "gather",
    "let_go",
    "make_proposal",
    "move_proposal",
    "note_need",
    "restore_need",
    "take_back_remark",
    "take_on",
    "withdraw_need",
]
