"""The last list of schools that was kept: whether it can be undone, and what that would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from parvis.agenda.models import ClassVisit, School, SchoolImport
from parvis.agenda.school_sheets.values import values_of
from parvis.centres.models import Centre

VISITED, CHANGED = "visited", "changed"
WHY = {
    VISITED: _("a class of it came or asked"),
    CHANGED: _("somebody changed it since"),
}


@dataclass
class Undoing:
    """What undoing does. ``back``: a school and its earlier values; ``stays``: a school and why, or why a part of it stays."""

    goes: list[School] = field(default_factory=list)
    back: list[tuple[School, dict[str, Any]]] = field(default_factory=list)
    stays: list[tuple[School, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Stayed:
    """A school that stays, and why, in words."""

    school: School
    why: Any


def last_import(centre: Centre) -> SchoolImport | None:
    """What was kept last and is not undone, without its values: one query."""
    found = SchoolImport.objects.filter(centre=centre, undone_at=None)
    return found.defer("added", "changed", "stayed").first()


def undoing(past: SchoolImport) -> Undoing:
    """What of an import can still be undone: three queries. Nothing that somebody did since is lost.

    A school that it added goes, unless a class of it came or asked, or somebody changed it since. A value that it changed is what it was before,
    unless somebody changed it since.
    """
    visits = ClassVisit.objects.filter(school=OuterRef("pk"))
    rows = School.objects.filter(centre=past.centre_id, pk__in=[*past.added, *past.changed])
    found = Undoing()
    for school in rows.annotate(visited=Exists(visits)).prefetch_related("levels", "streams"):
        key, now = str(school.pk), values_of(school)
        if key in past.added:
            if getattr(school, "visited", False):
                found.stays.append((school, VISITED))
            elif now != past.added[key]:
                found.stays.append((school, CHANGED))
            else:
                found.goes.append(school)
            continue
        changes = past.changed[key]
        earlier = {name: before for name, (before, after) in changes.items() if now[name] == after}
        if earlier:
            found.back.append((school, earlier))
        if len(earlier) < len(changes):
            found.stays.append((school, CHANGED))
    return found


def stayed(past: SchoolImport) -> list[Stayed]:
    """The schools that an import that was undone left as they were, by name: one query."""
    rows = School.objects.filter(centre=past.centre_id, pk__in=list(past.stayed))
    return [Stayed(one, WHY[past.stayed[str(one.pk)]]) for one in rows]
