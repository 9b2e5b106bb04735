"""How much time partners pledged, in whole minutes, by institution, theme and month. Other rooms set it against what was held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parvis.centres.models import Centre
from parvis.partners.models import Agreement, Pledge, Stage, Step
from parvis.partners.pledged import DAY, Days, exact_minutes, periods, whole, without

Cell = tuple[int, int | None]  # institution, theme; none: whichever theme
ALWAYS = Days(date(1900, 1, 1), date(9999, 12, 31))
PAUSED = (Stage.SUSPENDED, Stage.ENDED)


@dataclass(frozen=True)
class PledgedLine:
    """One pledge and the days on which it counts."""

    institution: int
    pledge: Pledge
    fte_hours: int
    days: list[Days]

    @property
    def cell(self) -> Cell:
        return self.institution, self.pledge.theme_id

    def until(self, last: date) -> Fraction:
        """Exact minutes from its first day to ``last``."""
        up_to = Days(ALWAYS.first, last)
        held = [part for days in self.days if (part := days.within(up_to))]
        return exact_minutes(self.pledge.minutes(self.fte_hours), self.pledge.per, held)


def pledged_minutes(centre: Centre, first: date, last: date) -> dict[Cell, int]:
    """Minutes that partners pledged from ``first`` to ``last``, both days in: three queries. Empty cells are left out.

    Periods that adjoin add up: what is said for January, February and March is what is said for the quarter.
    """
    return _between(pledged_lines(centre), first, last)


def pledged_by_month(centre: Centre, first: date, last: date) -> dict[date, dict[Cell, int]]:
    """The same month by month (its first day is the key), cut at both ends; the sum is that of :func:`pledged_minutes`."""
    lines = pledged_lines(centre)
    asked = Days(first, last)
    months = [(month.first, part) for month in periods(asked, "month") if (part := month.within(asked))]
    return {start: _between(lines, part.first, part.last) for start, part in months}


def pledged_lines(centre: Centre) -> list[PledgedLine]:
    """Every pledge that counts at ``centre``, with its days: three queries."""
    agreements = list(
        Agreement.objects.standing()
        .filter(relation__centre=centre)
        .select_related("relation")
        .prefetch_related("pledges")
    )
    followed = {one.replaces_id: one.starts_on for one in agreements if one.replaces_id}
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(relation__centre=centre).order_by("since", "pk"):
        steps[step.relation_id].append(step)
    return [
        PledgedLine(one.relation.institution_id, pledge, one.fte_hours, days)
        for one in agreements
        if (days := days_in_force(one, followed.get(one.pk), steps[one.relation_id]))
        for pledge in one.pledges.all()
    ]


def days_in_force(agreement: Agreement, replaced_from: date | None, steps: Iterable[Step]) -> list[Days]:
    """The days on which an agreement counts: not once another took its place, nor while the partnership rests or is over."""
    end = agreement.own_last_day or ALWAYS.last
    if replaced_from:
        end = min(end, replaced_from - DAY)
    relation = agreement.relation
    if relation.valid_to:
        end = min(end, relation.valid_to - DAY)
    if end < agreement.starts_on:
        return []
    return without([Days(agreement.starts_on, end)], paused(steps))


def paused(steps: Iterable[Step]) -> list[Days]:
    """The days on which a partnership rested or was over. Of several steps on a day the last one counts."""
    last_of_day = list({step.since: step for step in steps}.values())
    following = [*last_of_day[1:], None]
    return [
        Days(step.since, after.since - DAY if after else ALWAYS.last)
        for step, after in zip(last_of_day, following, strict=True)
        if step.stage in PAUSED
    ]


def _between(lines: list[PledgedLine], first: date, last: date) -> dict[Cell, int]:
    """Whole minutes: what had come together by ``last`` less what had by the day before ``first``, each rounded once."""
    before: dict[Cell, Fraction] = defaultdict(Fraction)
    after: dict[Cell, Fraction] = defaultdict(Fraction)
    for line in lines:
        before[line.cell] += line.until(first - DAY)
        after[line.cell] += line.until(last)
    found = {cell: whole(after[cell]) - whole(before[cell]) for cell in after}
    return {cell: minutes for cell, minutes in found.items() if minutes}
