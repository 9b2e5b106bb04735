"""Why seats of a draft are empty, and why wishes were not met, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from parvis.rota.models import Plan
from parvis.rota.planning.findings import Explained, FewInstitutions, Gap, ShareMissed
from parvis.rota.planning.wire import unpacked
from parvis.rota.planning_words import PlanningWords
from parvis.rota.queries.planning_names import Names, planning_names
from parvis.rota.queries.problem import plan_problem


@dataclass(frozen=True)
class Told:
    """One finding: its first sentence, and the others; the day of the first half-day that it is about."""

    first: str
    more: list[str]
    day: date | None


@dataclass(frozen=True)
class Share:
    """What an institution would give in some days, and what it owes: minutes. ``could``: no more than this, and less than it owes."""

    institution: str
    first: date
    last: date
    owed: int
    planned: int
    could: int | None


@dataclass(frozen=True)
class Explanation:
    """Everything that a draft leaves undone, as the planner found it."""

    gaps: list[Told]
    institutions: list[Told]
    shares: list[Share]
    wishes: list[Told]

    @property
    def empty(self) -> bool:
        return not (self.gaps or self.institutions or self.shares or self.wishes)

    @property
    def some_cannot(self) -> bool:
        """Whether an institution's people can give less than it owes."""
        return any(share.could is not None for share in self.shares)


def explanation(plan: Plan, *, at: datetime) -> Explanation:
    """What the planner found, said with today's names; what is about something that is gone is left out."""
    problem = plan_problem(plan, at=at)
    names = planning_names(plan.centre, problem, plan.first_day)
    words = PlanningWords(problem, names)
    found = Explanation([], [], [], [])
    for one in unpacked(plan.findings):
        if isinstance(one, ShareMissed):
            found.shares.append(_share(one, names))
        elif all(slot in names.half_days for slot in one.slots):
            first, *more = words.said(one)
            _place(found, one).append(
                Told(first, more, names.half_days[one.slots[0]].day if one.slots else None)
            )
    found.shares.sort(key=lambda share: (share.first, share.planned - share.owed, share.institution))
    return found


def _share(one: ShareMissed, names: Names) -> Share:
    first, last = (names.first_day + timedelta(days=day) for day in (one.first_day, one.last_day))
    name = names.institutions.get(one.institution, _("an institution"))
    return Share(name, first, last, one.owed, one.planned, one.could if one.could < one.owed else None)


def _place(found: Explanation, one: Explained) -> list[Told]:
    if isinstance(one, Gap):
        return found.gaps
    return found.institutions if isinstance(one, FewInstitutions) else found.wishes
