"""When people can come: what they said, put together. A leave goes before a wish, a wish before the weekly pattern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from parvis.centres.models import Centre
from parvis.rota.models import HalfDay, Leave, Part, Wish, WishForHalfDay, WorkingPattern

Weeks = WorkingPattern.Weeks


def weeks_of(day: date) -> Weeks:
    """Whether ``day`` lies in an odd or an even week of the ISO calendar."""
    return Weeks.ODD if day.isocalendar().week % 2 else Weeks.EVEN


@dataclass
class Said:
    """Everything that one person said about when they can come."""

    pattern: dict[tuple[int, str, str], Wish] = field(default_factory=dict)  # weekday, part, weeks
    dates: dict[int, Wish] = field(default_factory=dict)  # half-day -> answer
    leaves: list[Leave] = field(default_factory=list)

    def usually(self, day: date, part: Part) -> Wish | None:
        """What their pattern says: the one of odd or even weeks before the one of every week."""
        for weeks in (weeks_of(day), Weeks.EVERY):
            if wish := self.pattern.get((day.weekday(), part, weeks)):
                return wish
        return None

    def on_leave(self, day: date, part: Part) -> bool:
        """Whether they are away."""
        return any(one.first_day <= day <= one.last_day and one.part in ("", part) for one in self.leaves)

    def about(self, half_day: HalfDay) -> Wish | None:
        """The answer that counts; None where nothing was said, which means that they cannot."""
        if self.on_leave(half_day.date, half_day.part):
            return Wish.CANNOT
        return self.dates.get(half_day.pk) or self.usually(half_day.date, half_day.part)


def said(centre: Centre, people: Collection[int], first: date, last: date) -> Mapping[int, Said]:
    """Person -> all they said that bears on the days from ``first`` to ``last``: three queries."""
    found: dict[int, Said] = defaultdict(Said)
    for row in WorkingPattern.objects.filter(centre=centre, person__in=people):
        found[row.person_id].pattern[row.weekday, row.part, row.weeks] = Wish(row.wish)
    dates = WishForHalfDay.objects.filter(
        half_day__centre=centre, half_day__date__range=(first, last), person__in=people
    )
    for person, half_day, wish in dates.values_list("person", "half_day", "wish"):
        found[person].dates[half_day] = Wish(wish)
    leaves = Leave.objects.filter(centre=centre, person__in=people, first_day__lte=last, last_day__gte=first)
    for leave in leaves:
        found[leave.person_id].leaves.append(leave)
    return found


def wishes(centre: Centre, people: Iterable[int], first: date, last: date) -> dict[int, dict[int, Wish]]:
    """Person -> half-day -> how they like it, for the half-days from ``first`` to ``last``, both included: four queries.

    Every person asked for has an entry. A half-day about which somebody never said anything is missing: they cannot come.
    """
    keys = list(people)
    known = said(centre, keys, first, last)
    half_days = list(HalfDay.objects.filter(centre=centre).between(first, last))
    return {
        key: {one.pk: wish for one in half_days if (wish := known[key].about(one))} if key in known else {}
        for key in keys
    }
