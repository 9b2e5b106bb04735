"""What is done about the rota. Each function is one transaction."""

from parvis.rota.actions.availability import (
    CallClosed,
    LeaveTooLong,
    answer_call,
    give_back_leave,
    say_for_half_day,
    say_usual,
    take_leave,
)
from parvis.rota.actions.calls import (
    RemindedToday,
    close_call,
    open_call,
    remind,
    reopen_call,
)
from parvis.rota.actions.changing import (
    Altered,
    New,
    SlotChange,
    change_slots,
    lock_rota,
)
from parvis.rota.actions.dates import (
    SomebodyOnDuty,
    add_date,
    as_in_the_season,
    change_date,
)
from parvis.rota.actions.errors import (
    DoubleBooked,
    NotThatCentre,
    RotaError,
    SlotsChanged,
)
from parvis.rota.actions.half_days import (
    make_half_days,
)
from parvis.rota.actions.school import (
    Overlaps,
    add_school_holiday,
    change_school_holiday,
    drop_school_holiday,
    keep_school_holidays,
)
from parvis.rota.actions.seasons import (
    AlreadyThere,
    NameTaken,
    TooMany,
    add_half_day,
    begin_season,
    change_half_day,
    drop_half_day,
    drop_season,
    rename_season,
    set_seats,
)
from parvis.rota.actions.terms import (
    set_terms,
)
from parvis.rota.actions.undoing import (
    AlreadyUndone,
    NothingToUndo,
    TooLate,
    TouchedSince,
    undo,
    when_undone,
)

__all__ = [
    "AlreadyThere",
    "AlreadyUndone",
    "Altered",
    "CallClosed",
    "DoubleBooked",
    "LeaveTooLong",
    "NameTaken",
    "New",
    "NotThatCentre",
    "NothingToUndo",
    "Overlaps",
    "RemindedToday",
    "RotaError",
    "SlotChange",
    "SlotsChanged",
    "SomebodyOnDuty",
    "TooLate",
    "TooMany",
    "TouchedSince",
    "add_date",
    "add_half_day",
    "add_school_holiday",
    "answer_call",
    "as_in_the_season",
    "begin_season",
    "change_date",
    "change_half_day",
    "change_school_holiday",
    "change_slots",
    "close_call",
    "drop_half_day",
    "drop_school_holiday",
    "drop_season",
    "give_back_leave",
    "keep_school_holidays",
    "lock_rota",
    "make_half_days",
    "open_call",
    "remind",
    "rename_season",
    "reopen_call",
    "say_for_half_day",
    "say_usual",
    "set_seats",
    "set_terms",
    "take_leave",
    "undo",
    "when_undone",
]
