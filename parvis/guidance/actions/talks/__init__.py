"""What happens to a talk: opened, taken, spoken in, ended; and who is on duty online."""

from parvis.guidance.actions.talks.duty import begin_duty, end_duty, forget_duties, heard_on_duty, leave_duty
from parvis.guidance.actions.talks.ends import end_left_talks, end_talk, settle
from parvis.guidance.actions.talks.errors import NobodyThere, OutOfOrder, TalkOver
from parvis.guidance.actions.talks.talking import (
    answer_live,
    heard_adviser,
    heard_visitor,
    open_talk,
    say_live,
    take_over,
    take_talk,
)

__all__ = [
    "NobodyThere",
    "OutOfOrder",
    "TalkOver",
    "answer_live",
    "begin_duty",
    "end_duty",
    "end_left_talks",
    "end_talk",
    "forget_duties",
    "heard_adviser",
    "heard_on_duty",
    "heard_visitor",
    "leave_duty",
    "open_talk",
    "say_live",
    "settle",
    "take_over",
    "take_talk",
]
