"""How far a draft is, and why one failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.accounts.models import User
from parvis.rota.models import KILLED, HalfDay, Plan
from parvis.rota.rule_words import said_of
from parvis.shared.charts import Lines, Series

POINTS = 24  # of the chart
WHY = {
    "died": gettext_lazy(
        "The planner’s process ended before it had a plan: the machine may have been short of memory."
    ),
    "killed": gettext_lazy(
        "The planner was ended from outside before it had a plan; it begins again by itself. The published rota is as it was."
    ),
    "overran": gettext_lazy("The planner did not end in its time, and was stopped."),
    "pins": gettext_lazy("Choices made by hand break rules that always hold:"),
    "broken": gettext_lazy("The plan that was found breaks rules that always hold, so it was not kept:"),
    "solver": gettext_lazy("The solver found no plan."),
    "error": gettext_lazy("Something went wrong while it was planned."),
}


@dataclass(frozen=True)
class Shown:
    """The best plan so far, and what no plan can be better than."""

    seconds: float
    percent: int  # of the time
    cost: float | None
    bound: float | None
    gap: float | None  # percent
    chart: Lines | None
    again: str = ""  # why it had to begin once more


@dataclass(frozen=True)
class Failure:
    """Why there is no plan, and whom or what it concerns."""

    words: str
    lines: list[str]


def progress(plan: Plan) -> Shown:
    """What its planner told last, as a chart once there is something to draw."""
    again = str(WHY["killed"]) if plan.findings[:1] == [KILLED] else ""
    points = [[float(value or 0) for value in point] for point in plan.progress]
    if not points:
        return Shown(0, 0, None, None, None, None, again)
    seconds, cost, bound = points[-1]
    gap = 100 * max(0.0, cost - bound) / cost if cost else 0.0
    percent = min(100, round(100 * seconds / plan.seconds))
    return Shown(seconds, percent, cost, bound, gap, _chart(points) if len(points) > 1 else None, again)


def _chart(points: list[list[float]]) -> Lines:
    step = max(1, -(-len(points) // POINTS))
    shown = points[:-1:step] + points[-1:]
    return Lines(
        title=_("Best plan so far"),
        unit=_("what breaks a wish or leaves a seat empty, in points: less is better"),
        labels=[_("%(n)s s") % {"n": round(point[0])} for point in shown],
        series=[
            Series(_("Best plan"), [round(point[1]) for point in shown], "petrol"),
            Series(_("No plan can be better than this"), [round(point[2]) for point in shown], "sun"),
        ],
    )


def failure(plan: Plan) -> Failure:
    """Why it failed, with names: two queries."""
    found: dict[str, Any] = next((one for one in plan.findings if "failed" in one), {"failed": "error"})
    broken = found.get("broken", [])[:12]
    people = User.objects.in_bulk({one["about"]["person"] for one in broken} - {None})
    keys = {one["about"]["slot"] or _first_slot(one) for one in broken} - {None}
    half_days = HalfDay.objects.in_bulk(keys)
    lines = []
    for one in broken:
        about = one["about"]
        half_day = half_days.get(about["slot"] or _first_slot(one) or 0)
        when = f"{half_day.date:%d.%m.%Y} {half_day.starts:%H:%M}" if half_day else ""
        who = people[about["person"]].name if about["person"] in people else ""
        lines.append(" ".join(part for part in (when, who, said_of(about["rule"])) if part))
    return Failure(str(WHY.get(found["failed"], WHY["error"])), lines)


def _first_slot(one: dict[str, Any]) -> int | None:
    return one["duties"][0][0] if one["duties"] else None
