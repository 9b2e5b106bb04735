"""Which questions are asked after which answers. Knows neither the web nor the database.

A question is asked if each of its conditions holds: an earlier question was asked and answered by one of some values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One question in its place. ``values``: what it can be answered by; ``several``: by more than one of them at once."""

    key: str
    values: frozenset[str] = frozenset()
    several: bool = False
    only_if: Mapping[str, frozenset[str]] = field(default_factory=dict)  # question's key -> values


class Fault(Enum):
    """Why a question's conditions cannot stand."""

    LATER = "later"  # one is on a question that is not asked before
    NO_SUCH_ANSWER = "no_such_answer"  # one names a value that its question does not have, or none at all
    NEVER = "never"  # no answers lead to it


def faults(questions: Sequence[Asked]) -> dict[str, Fault]:
    """The questions whose conditions cannot stand, in order. A circle cannot be without a condition on a later question."""
    found: dict[str, Fault] = {}
    needs: dict[str, dict[str, frozenset[str]]] = {}
    before: dict[str, Asked] = {}
    for question in questions:
        fault, needed = _looked_at(question, before, needs)
        if fault:
            found[question.key] = fault
        needs[question.key] = needed
        before[question.key] = question
    return found


def _looked_at(
    question: Asked, before: Mapping[str, Asked], needs: Mapping[str, Mapping[str, frozenset[str]]]
) -> tuple[Fault | None, dict[str, frozenset[str]]]:
    """Its fault, and what must have been answered for it to be asked, through all questions before it.

    Answers to different questions do not depend on each other, so it can be reached exactly if, of each question that allows
    one answer, one is left that satisfies everything that is asked of it on the way.
    """
    needed: dict[str, frozenset[str]] = {}
    for key, values in question.only_if.items():
        if key not in before:
            return Fault.LATER, needed
        if not values or not values <= before[key].values:
            return Fault.NO_SUCH_ANSWER, needed
        for one, allowed in [*needs[key].items(), (key, values)]:
            if one in needed and not before[one].several:
                needed[one] &= allowed
            else:
                needed.setdefault(one, allowed)
    never = any(not left for left in needed.values())
    return (Fault.NEVER if never else None), needed


def asked(questions: Sequence[Asked], answers: Mapping[str, Any]) -> list[str]:
    """The keys of the questions that are asked, in order, after ``answers`` (question's key -> value or values)."""
    shown: list[str] = []
    for question in questions:
        if all(
            key in shown and _as_values(answers.get(key)) & values for key, values in question.only_if.items()
        ):
            shown.append(question.key)
    return shown


def _as_values(answer: Any) -> frozenset[str]:
    """An answer as the values that conditions name: a point of a scale as text, several as they are."""
    if answer is None:
        return frozenset()
    if isinstance(answer, (list, tuple, set, frozenset)):
        return frozenset(str(one) for one in answer)
    return frozenset([str(answer)])
