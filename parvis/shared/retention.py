"""What is forgotten, and when: each room says in its ``AppConfig.ready`` what it empties.

The reasons and the periods stand in docs/personal-data.md. The background worker forgets every night
(``parvis.shared.tasks``); ``manage.py forget`` does it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction


@dataclass(frozen=True)
class Rule:
    """One thing that is forgotten. ``forget`` takes the time as ``at`` and returns how many rows it emptied."""

    name: str
    forget: Callable[..., int]


_RULES: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Adds rules; one of the same name is replaced."""
    _RULES.update({rule.name: rule for rule in rules})


def forget_all(*, at: datetime) -> dict[str, int]:
    """Forgets what is due at ``at``, each rule in a transaction of its own; returns how many rows by name."""
    forgotten = {}
    for rule in _RULES.values():
        with transaction.atomic():
            forgotten[rule.name] = rule.forget(at=at)
    return forgotten
