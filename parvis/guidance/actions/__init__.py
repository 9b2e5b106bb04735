"""What happens in guidance: one function for each thing."""

from parvis.guidance.actions.entries import change_entry, remove_entry, write_entry
from parvis.guidance.actions.errors import (
    ChangedMeanwhile,
    ConversationEnded,
    GuidanceError,
    NoSuchThread,
    SaidOtherwise,
)
from parvis.guidance.actions.threads import (
    Agreement,
    begin_conversation,
    begin_thread,
    end_conversations,
    erase_thread,
    keep_for,
    mark_trainee,
    open_thread,
)

__all__ = [
    "Agreement",
    "ChangedMeanwhile",
    "ConversationEnded",
    "GuidanceError",
    "NoSuchThread",
    "SaidOtherwise",
    "begin_conversation",
    "begin_thread",
    "change_entry",
    "end_conversations",
    "erase_thread",
    "keep_for",
    "mark_trainee",
    "open_thread",
    "remove_entry",
    "write_entry",
]
