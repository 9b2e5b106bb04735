"""Two plans of one rota beside each other: who is where in each, and what each rule costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from .checker import check
from .problem import Duty, Problem, Weights


@dataclass(frozen=True, slots=True)
class Difference:
    """One person's half-day that is not the same in both plans; no task: they are not there."""

    slot: int
    person: int
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleCosts:
    """One soft rule in both plans: units and what they cost."""

    rule: str  # a field of Weights
    amount_first: float
    amount_second: float
    cost_first: float
    cost_second: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans beside each other."""

    differences: tuple[Difference, ...]  # in the order of time, then of people
    rules: tuple[RuleCosts, ...]  # those that cost something in either, in the order of ``Weights``
    cost_first: float
    cost_second: float


def compare(problem: Problem, first: Iterable[Duty], second: Iterable[Duty]) -> Comparison:
    """What is different in two plans of a problem. A slot or a person that is not the problem's raises ``KeyError``."""
    first, second = frozenset(first), frozenset(second)
    one, two = check(problem, first), check(problem, second)
    rules = tuple(
        RuleCosts(rule, one.amounts[rule], two.amounts[rule], one.costs[rule], two.costs[rule])
        for rule in (weight.name for weight in fields(Weights))
        if one.amounts[rule] or two.amounts[rule]
    )
    return Comparison(tuple(_differences(problem, first, second)), rules, one.total, two.total)


def _differences(problem: Problem, first: frozenset[Duty], second: frozenset[Duty]) -> list[Difference]:
    start = {slot.key: slot.start for slot in problem.slots}
    tasks: dict[tuple[int, int], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for number, only in enumerate((first - second, second - first)):
        for duty in sorted(only):
            tasks[duty.slot, duty.person][number].append(duty.task)
    found = [Difference(slot, person, tuple(a), tuple(b)) for (slot, person), (a, b) in tasks.items()]
    return sorted(found, key=lambda it: (start[it.slot], it.slot, it.person))
