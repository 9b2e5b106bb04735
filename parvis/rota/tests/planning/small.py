"""Small rotas by hand, for tests: days of two half-days, a person by the letters of what they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from parvis.rota.planning.checker import check
from parvis.rota.planning.highs import Search
from parvis.rota.planning.plan import roll_out
from parvis.rota.planning.problem import Limits, Need, Person, Problem, Slot, Solution, Weights, Wish

HOUR, DAY = 60, 24 * 60
EXACT = Search(seconds=20, gap=0.0)
NOTHING = Weights(**{weight.name: 0 for weight in fields(Weights)})


def weights(**chosen: int) -> Weights:
    """Only these rules cost; an empty seat does unless it is said otherwise."""
    return replace(NOTHING, **{"uncovered": 100} | chosen)


def half_days(days: int, first: int = 0, **more: object) -> tuple[Slot, ...]:
    """Slot 0 is the first day’s morning (9–12), slot 1 its afternoon (13–17), and so on; weeks of seven days, habits of fourteen."""
    made = []
    for day in range(first, first + days):
        for half, (start, end) in enumerate(((9, 12), (13, 17))):
            slot = Slot(
                2 * day + half,
                day * DAY + start * HOUR,
                day * DAY + end * HOUR,
                day,
                day // 7,
                2 * (day % 14) + half,
            )
            made.append(replace(slot, **more))
    return tuple(made)


def person(key: int, tasks: str = "a", slots: Iterable[int] | None = None, **more: object) -> Person:
    """Somebody of an institution of their own who can come to these slots (to the first twenty, where none are named)."""
    said = {"institution": key, "limits": Limits(rest=0)} | more
    wishes = said.pop("wishes", dict.fromkeys(range(20) if slots is None else slots, Wish.CAN))
    return Person(key=key, tasks=frozenset(tasks), wishes=wishes, **said)


def needs(slots: Iterable[Slot], tasks: str = "a", seats: int = 1, **more: object) -> tuple[Need, ...]:
    """The same seats at each slot."""
    return tuple(Need(slot.key, task, seats, **more) for slot in slots for task in tasks)


def solved(problem: Problem) -> Solution:
    """The best rota, which must be proven, break nothing, and cost what the checker says, rule by rule."""
    found = roll_out(problem, EXACT)
    report = check(problem, found.duties)
    assert found.proven
    assert report.broken == ()
    assert abs(found.cost - report.total) <= 1e-6 * max(1.0, report.total), (found.costs, report.costs)
    for rule, cost in report.costs.items():
        assert abs(found.costs.get(rule, 0.0) - cost) <= 1e-6 * max(1.0, cost), (
            rule,
            found.costs,
            report.costs,
        )
    return found


def amount(problem: Problem, rule: str) -> float:
    """How many units of a rule the best rota has, by the checker’s count."""
    return round(check(problem, solved(problem).duties).amounts[rule], 6)
