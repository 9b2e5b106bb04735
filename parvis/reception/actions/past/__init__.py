"""What can happen to a file of the past: sent, read, mapped, checked, brought in, undone. Each step can be retried."""

from parvis.reception.actions.past.choose import choose_codes, choose_columns, forget_model, save_model
from parvis.reception.actions.past.errors import (
    AlreadyBroughtIn,
    AnotherIsRunning,
    Incomplete,
    NotPossibleNow,
    PastError,
    TooLarge,
)
from parvis.reception.actions.past.files import folder_of, forget_old_files
from parvis.reception.actions.past.send import MOST_BYTES, send_file
from parvis.reception.actions.past.steps import (
    bring_in,
    check,
    drop,
    read_again,
    resume,
    resume_interrupted,
    revive,
    undo,
)

__all__ = [
    "MOST_BYTES",
    "AlreadyBroughtIn",
    "AnotherIsRunning",
    "Incomplete",
    "NotPossibleNow",
    "PastError",
    "TooLarge",
    "bring_in",
    "check",
    "choose_codes",
    "choose_columns",
    "drop",
    "folder_of",
    "forget_model",
    "forget_old_files",
    "read_again",
    "resume",
    "resume_interrupted",
    "revive",
    "save_model",
    "send_file",
    "undo",
]
