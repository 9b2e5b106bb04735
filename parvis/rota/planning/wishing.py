"""Why somebody has a half-day that they would rather not have, or another one than they prefer."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .checker import check
from .findings import UnmetWish, WishKind, WishReason
from .problem import Duty, Person, Slot, Wish
from .swaps import Standing

TRIED = 3  # how many other people are tried for one wish
WORTH_SAYING = 1e-6


def unmet_wishes(standing: Standing, until: float) -> Iterator[UnmetWish]:
    """Each person's unmet wishes, those with the same reason together, in the order of people and of time.

    After ``until`` (on the monotonic clock) nothing more is tried: the reason is unknown.
    """
    scorer = _Scorer(standing, until)
    for person in standing.problem.people:
        found: dict[tuple[WishKind, WishReason, str | None], list[Slot]] = defaultdict(list)
        for duty in sorted(standing.held.get(person.key, ()), key=lambda it: standing.slots[it.slot].start):
            kind = _kind(standing, person, duty)
            if kind is not None and duty not in standing.problem.pins:
                reason, rule = _reason(scorer, person, duty, kind)
                found[kind, reason, rule].append(standing.slots[duty.slot])
        for (kind, reason, rule), slots in sorted(found.items(), key=lambda item: str(item[0])):
            yield UnmetWish(person.key, kind, tuple(slot.key for slot in slots), reason, rule)


def _kind(standing: Standing, person: Person, duty: Duty) -> WishKind | None:
    """Which wish a duty leaves unmet."""
    if person.wishes.get(duty.slot) is Wish.RATHER_NOT:
        return WishKind.RATHER_NOT
    if person.wishes.get(duty.slot) is not Wish.PREFERS and _preferred(standing, person, duty):
        return WishKind.NOT_PREFERRED
    return None


def _preferred(standing: Standing, person: Person, duty: Duty) -> list[tuple[int, str]]:
    """The places of the same week that somebody would prefer to this one, and does not have."""
    week = standing.slots[duty.slot].week
    held = {it.slot for it in standing.held.get(person.key, ())}
    return sorted(
        (slot, task)
        for slot, wish in person.wishes.items()
        if wish is Wish.PREFERS and slot not in held and standing.slots[slot].week == week
        for task in person.tasks
        if (need := standing.needs.get((slot, task))) is not None and need.seats
    )


def _reason(scorer: _Scorer, person: Person, duty: Duty, kind: WishKind) -> tuple[WishReason, str | None]:
    """What stands against the wish."""
    if time.monotonic() > scorer.until:
        return WishReason.UNKNOWN, None
    standing = scorer.standing
    others = standing.who_could(duty.slot, duty.task, instead_of=duty)
    if not others:
        return WishReason.NOBODY_ELSE, None
    changes = [{duty: [Duty(duty.slot, duty.task, other.person)]} for other in others[:TRIED]]
    if kind is WishKind.NOT_PREFERRED:
        free = [
            (slot, task)
            for slot, task in _preferred(standing, person, duty)
            if len(standing.seated.get((slot, task), ())) < standing.needs[slot, task].seats
        ]
        if not free:
            return WishReason.PREFERRED_TAKEN, None
        changes = [
            {duty: [*added, Duty(slot, task, person.key)]}
            for change in changes
            for added in change.values()
            for slot, task in free[:TRIED]
        ]
    tried = [
        (taken, added)
        for change in changes
        for taken, added in change.items()
        if not standing.problems_of(taken_away=[taken], added=added)
    ]
    if not tried:
        return WishReason.PREFERRED_TAKEN, None
    cost, rule = min((scorer.change(*change) for change in tried), key=lambda it: it[0])
    return (WishReason.COSTS_MORE, rule) if cost >= -WORTH_SAYING else (WishReason.COULD_BE_MET, None)


@dataclass
class _Scorer:
    """What a small change costs, rule by rule."""

    standing: Standing
    until: float
    _before: Mapping[str, float] | None = None

    def change(self, taken: Duty, added: list[Duty]) -> tuple[float, str | None]:
        """By how much the plan gets dearer, and the rule that does most of it."""
        if self._before is None:
            self._before = check(self.standing.problem, self.standing.plan).costs
        after = check(self.standing.problem, (self.standing.plan - {taken}) | set(added)).costs
        dearer = {rule: cost - self._before[rule] for rule, cost in after.items()}
        worst = max(dearer, key=lambda rule: dearer[rule])
        return sum(dearer.values()), worst if dearer[worst] > WORTH_SAYING else None
