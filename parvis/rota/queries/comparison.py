"""Two drafts of the same days beside each other, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from parvis.accounts.models import User
from parvis.centres.models import Theme
from parvis.rota.duties import duty_of
from parvis.rota.models import DutyKind, HalfDay, Plan
from parvis.rota.planning.comparing import compare
from parvis.rota.queries.problem import as_duties, plan_problem
from parvis.rota.rule_words import SOFT

MOST = 300  # lines that anybody reads


@dataclass(frozen=True)
class RuleLine:
    """One rule: how often it is broken in each, and which of the two is better."""

    label: str | Promise
    first: float
    second: float

    @property
    def better(self) -> str:
        return "" if self.first == self.second else ("first" if self.first < self.second else "second")


@dataclass(frozen=True)
class DifferenceLine:
    """Somebody who is elsewhere in the other draft."""

    half_day: HalfDay
    person: User
    first: list[str]
    second: list[str]


@dataclass(frozen=True)
class Compared:
    """Both, side by side; ``more`` differences are not listed."""

    rules: list[RuleLine]
    differences: list[DifferenceLine]
    more: int
    cost_first: float
    cost_second: float


def compared(one: Plan, two: Plan, *, at: datetime) -> Compared:
    """The first draft's aims measure both."""
    problem = plan_problem(one, at=at)
    known = {person.key for person in problem.people}
    slots = {slot.key for slot in problem.slots}
    first, second = (
        frozenset(duty for duty in as_duties(plan.slots.all()) if duty.person in known and duty.slot in slots)
        for plan in (one, two)
    )
    found = compare(problem, first, second)
    people = User.objects.in_bulk({it.person for it in found.differences})
    half_days = HalfDay.objects.in_bulk({it.slot for it in found.differences})
    themes = {theme.pk: str(theme.name) for theme in Theme.objects.filter(centre=one.centre)}
    lines = [
        DifferenceLine(
            half_days[it.slot],
            people[it.person],
            [_name(task, themes) for task in it.first],
            [_name(task, themes) for task in it.second],
        )
        for it in found.differences[:MOST]
    ]
    rules = [RuleLine(SOFT[it.rule], it.amount_first, it.amount_second) for it in found.rules]
    return Compared(rules, lines, len(found.differences) - len(lines), found.cost_first, found.cost_second)


def _name(task: str, themes: dict[int, str]) -> str:
    duty, theme = duty_of(task)
    return themes.get(theme, "") if theme else str(DutyKind(duty).label)
