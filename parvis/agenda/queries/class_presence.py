"""What the page of presence shows: groups, lists, objectives, and what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from parvis.agenda.models import ClassVisit, Group, KitVersion, ObjectiveDone
from parvis.agenda.models.the_day import COUNTED as LISTS
from parvis.centres.models import Code, CodeList


@dataclass(frozen=True)
class Presence:
    """A visit's groups, its lists, its objectives, and how many of whom were there."""

    visit: ClassVisit
    groups: list[Group]
    lists: dict[str, list[Code]]
    objectives: list[Code]
    chosen: frozenset[int]  # objectives that the teacher or a workshop named
    counts: dict[int, int]
    done: dict[int, ObjectiveDone]


def presence_of(visit: ClassVisit, day: date) -> Presence:
    """Six queries. Entries that are closed by now are there where they were used."""
    codes = Code.objects.filter(centre=visit.centre, list__in=[*LISTS, CodeList.OBJECTIVE])
    counts = dict(visit.pupil_counts.values_list("code", "count"))
    done = {one.objective_id: one for one in visit.objectives_done.all()}
    open_now = list(codes.open_on(day))
    used = [*counts, *done]
    closed = list(codes.filter(pk__in=used).exclude(pk__in=[one.pk for one in open_now])) if used else []
    lists: dict[str, list[Code]] = {name: [] for name in [*LISTS, CodeList.OBJECTIVE]}
    for code in [*open_now, *closed]:
        lists[code.list].append(code)
    objectives = [one for one in lists.pop(CodeList.OBJECTIVE) if not one.not_communicated]
    named = Code.objects.filter(
        Q(pk__in=visit.objectives.values("pk"))
        | Q(kit_versions__in=KitVersion.objects.filter(stations__visit=visit))
    )
    chosen = frozenset(named.values_list("pk", flat=True))
    objectives.sort(key=lambda one: one.pk not in chosen)
    return Presence(visit, list(visit.groups.order_by("number")), lists, objectives, chosen, counts, done)
