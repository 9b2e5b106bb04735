"""What can happen at reception. Each function is one transaction; lock order is day, seat, ticket."""

from parvis.reception.actions.announcements import announce, end_announcement
from parvis.reception.actions.calls import (
    call_chosen,
    call_next,
    finish_interview,
    mark_no_show,
    recall,
    start_interview,
)
from parvis.reception.actions.errors import (
    AlreadyTaken,
    Forbidden,
    NotOfThisCentre,
    QueueEmpty,
    ReceptionError,
    SeatClosed,
    SeatTaken,
    StateChanged,
    TooEarly,
    UndoImpossible,
    UnknownLease,
    VisitorAtSeat,
)
from parvis.reception.actions.expected import cancel_expected, expect, welcome_expected
from parvis.reception.actions.seats import close_seat, open_seat, pause_seat, resume_seat
from parvis.reception.actions.tickets import (
    Arriving,
    ask_for_time,
    come_back,
    issue_ticket,
    lease_numbers,
    leave,
    void_ticket,
)
from parvis.reception.actions.transfers import transfer, undo

__all__ = [
    "AlreadyTaken",
    "Arriving",
    "Forbidden",
    "NotOfThisCentre",
    "QueueEmpty",
    "ReceptionError",
    "SeatClosed",
    "SeatTaken",
    "StateChanged",
    "TooEarly",
    "UndoImpossible",
    "UnknownLease",
    "VisitorAtSeat",
    "announce",
    "ask_for_time",
    "call_chosen",
    "call_next",
    "cancel_expected",
    "close_seat",
    "come_back",
    "end_announcement",
    "expect",
    "finish_interview",
    "issue_ticket",
    "lease_numbers",
    "leave",
    "mark_no_show",
    "open_seat",
    "pause_seat",
    "recall",
    "resume_seat",
    "start_interview",
    "transfer",
    "undo",
    "void_ticket",
    "welcome_expected",
]
