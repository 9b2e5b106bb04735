"""Every task that writes mails about the rota."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks.base import Task

from parvis.rota.actions.asking import tell_absence, tell_asked, tell_left, tell_swap, tell_taken
from parvis.rota.actions.calls import tell_call
from parvis.rota.actions.control import tell_report
from parvis.rota.actions.letters import write_again
from parvis.rota.actions.telling import tell_deed

TELLERS: list[Task[Any, Any]] = [
    tell_absence,
    tell_asked,
    tell_call,
    tell_deed,
    tell_left,
    tell_report,
    tell_swap,
    tell_taken,
]


def resume_letters(*, at: datetime) -> int:
    """Mails that a killed worker left half-sent go to those they have not reached; returns how many tasks began again."""
    return write_again(TELLERS, at)
