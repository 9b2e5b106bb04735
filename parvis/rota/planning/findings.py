"""What can be said about a plan, as data: each gap with why nobody fills it, each unmet wish with why. No words in here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .conflicts import Conflict
from .repair import Proposal


class Reason(StrEnum):
    """Why a place stays open, by those who do its task (and speak its language)."""

    NOBODY_DOES = "nobody_does"  # nobody in the team does
    EVERYBODY_THERE = "everybody_there"  # all who do sit there already
    NOBODY_COMES = "nobody_comes"  # none of them can come then
    ALL_ELSEWHERE = "all_elsewhere"  # all who can come are on duty for something else then
    ALL_AT_LIMIT = "all_at_limit"  # all who can come have reached a limit of theirs, or need their rest
    ALL_BUSY = "all_busy"  # some the one, some the other
    SOMEBODY_FREE = "somebody_free"  # somebody could come: the plan can be better


class Proof(StrEnum):
    """What is known about filling a place."""

    NOBODY_CAN = "nobody_can"  # whatever else is given up
    OPENS_ANOTHER = "opens_another"  # no plan fills it and keeps all the others filled
    CAN_BE_FILLED = "can_be_filled"  # ``Gap.ways`` says how
    UNKNOWN = "unknown"  # the time was too short


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps people from a place: “available”, “elsewhere”, or the name of the rule that they would break."""

    what: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that is open at the same half-day of one week or of several in a row, each time for the same reason."""

    slots: tuple[int, ...]  # in the order of time
    task: str
    language: str | None  # None: a seat is empty
    missing: int  # at the worst of these half-days
    reason: Reason
    obstacles: tuple[Obstacle, ...]  # at any of these half-days
    learners: tuple[
        int, ...
    ]  # who could learn the task and could then come without breaking a rule, at one of them at least
    proof: Proof  # at the first of them
    ways: tuple[Proposal, ...] = ()  # at the first of them
    conflict: Conflict | None = None  # why no plan fills the first of them


class WishKind(StrEnum):
    """Which wish was not met."""

    RATHER_NOT = "rather_not"
    NOT_PREFERRED = "not_preferred"


class WishReason(StrEnum):
    """Why somebody has a half-day that they would rather not have, or another one than they prefer."""

    NOBODY_ELSE = "nobody_else"  # no other person could take the place without breaking a rule
    PREFERRED_TAKEN = "preferred_taken"  # others could, but no seat is free at the half-days that they prefer
    COSTS_MORE = "costs_more"  # the best change costs more than the wish is worth, most of it in ``rule``
    COULD_BE_MET = "could_be_met"  # the plan can be better
    UNKNOWN = "unknown"  # the time was too short to say


@dataclass(frozen=True, slots=True)
class UnmetWish:
    """Wishes of one person that were not met, for the same reason."""

    person: int
    kind: WishKind
    slots: tuple[int, ...]  # the half-days that they have, in the order of time
    reason: WishReason
    rule: str | None = None  # a field of ``Weights``, or None where several half-days have several


@dataclass(frozen=True, slots=True)
class FewInstitutions:
    """Half-days with fewer institutions than the centre wants at least."""

    slots: tuple[int, ...]
    wanted: int
    there: int  # at the worst of these half-days
    could: int  # institutions with somebody who can come then and does something that is needed, at the best of them


@dataclass(frozen=True, slots=True)
class ShareMissed:
    """An institution gives less or more time than it owes, beyond the tolerance."""

    institution: int
    first_day: int
    last_day: int
    owed: int
    planned: int
    could: int  # minutes: no more than this, by when its people can come and their limits per day and week


Explained = Gap | FewInstitutions | ShareMissed | UnmetWish
