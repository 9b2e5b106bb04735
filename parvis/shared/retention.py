"""What is forgotten, and when: each room says in its ``AppConfig.ready`` what it empties.

The reasons and the periods stand in docs/personal-data.md. The background worker forgets every night and writes down what
(``parvis.shared.nights``); ``manage.py forget`` does it at once.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

logger = logging.getLogger(__name__)

UNFORESEEN = gettext_noop("Something unforeseen (%(error)s): the server’s log says where.")


@dataclass(frozen=True)
class Rule:
    """One thing that is forgotten. ``forget`` takes the time as ``at`` and returns how many rows it emptied.

    ``name`` is English, marked with ``gettext_noop``. What a rule destroys outside the database asks ``rehearsing()`` first.
    """

    name: str
    forget: Callable[..., int]


class NotForgotten(Exception):
    """A rule refuses. ``says`` is why, in English, marked with ``gettext_noop``; numbers in it come as arguments."""

    says = ""

    def __init__(self, **numbers: int) -> None:
        super().__init__(self.says % numbers)
        self.why: dict[str, Any] = {"says": self.says, **numbers}


@dataclass(frozen=True)
class Outcome:
    """What became of one rule: how much it forgot or, in a rehearsal, would have; or why it did not."""

    name: str
    count: int = 0
    why: dict[str, Any] | None = None


_RULES: dict[str, Rule] = {}
_REHEARSAL: ContextVar[bool] = ContextVar("rehearsal", default=False)


def register(*rules: Rule) -> None:
    """Adds rules; one of the same name is replaced."""
    _RULES.update({rule.name: rule for rule in rules})


def rehearsing() -> bool:
    """Whether a rule runs only to tell how much it would forget: files and the vault must stay as they are."""
    return _REHEARSAL.get()


def names() -> list[str]:
    """What is forgotten, in order."""
    return list(_RULES)


def forget_each(*, at: datetime) -> Iterator[Outcome]:
    """Forgets what is due at ``at``, each rule in a transaction of its own: one that fails does not keep the others."""
    for rule in _RULES.values():
        yield _tried(rule, at, rehearsal=False)


def rehearse(*, at: datetime) -> list[Outcome]:
    """What would be forgotten at ``at``. Every rule runs and is rolled back; nothing changes."""
    return [_tried(rule, at, rehearsal=True) for rule in _RULES.values()]


def _tried(rule: Rule, at: datetime, *, rehearsal: bool) -> Outcome:
    before = _REHEARSAL.set(rehearsal)
    try:
        with transaction.atomic():
            count = rule.forget(at=at)
            if rehearsal:
                transaction.set_rollback(True)
    except NotForgotten as refusal:
        logger.error("“%s” was not forgotten: %s", rule.name, refusal)
        return Outcome(rule.name, why=refusal.why)
    except Exception as error:  # noqa: BLE001  whatever it is, the other rules still run
        # Where, and not what: the words of an error may quote a row.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("“%s” was not forgotten: %s\n%s", rule.name, type(error).__name__, where)
        return Outcome(rule.name, why={"says": UNFORESEEN, "error": type(error).__name__})
    finally:
        _REHEARSAL.reset(before)
    return Outcome(rule.name, count)
