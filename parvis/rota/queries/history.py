"""What was changed in the published rota, when and by whom: deed by deed, the latest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Max, Min, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from parvis.centres.models import Centre, Space, Theme
from parvis.rota.models import Change, DutyKind, DutySlot
from parvis.shared.sheets import Cell

DEEDS = 30  # on a page
LINES = 8  # of a deed that are shown
MOST = 20_000  # lines of a file


@dataclass(frozen=True)
class Asked:
    """Which changes: of one person, one theme, half-days between two days."""

    person: int | None = None
    theme: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """One slot that a deed changed."""

    change: Change
    what: str
    words: str  # what it was before, where something changed


@dataclass(frozen=True)
class Deed:
    """What one person did at one instant."""

    deed: UUID
    kind: str
    at: datetime
    by: str
    lines: list[Line]
    more: int
    undone: bool
    may_undo: bool
    place: int  # for the next page


def deeds(
    centre: Centre, asked: Asked, *, at: datetime, before: int | None = None
) -> tuple[list[Deed], int | None]:
    """A page of deeds, and where the next one begins: seven queries."""
    found = matching(centre, asked).values("deed").annotate(place=Max("pk"), n=Count("pk"))
    if before is not None:
        found = found.filter(place__lt=before)
    page = list(found.order_by("-place")[: DEEDS + 1])
    shown = page[:DEEDS]
    keys = [one["deed"] for one in shown]
    lines = _lines(centre, asked, keys)
    undone = set(Change.objects.filter(centre=centre, undoes__in=keys).values_list("undoes", flat=True))
    closed = undone | _touched(centre, keys) | _over(centre, keys, centre.local_day(at))
    made = [
        Deed(
            deed=one["deed"],
            kind=lines[one["deed"]][0].change.get_kind_display(),
            at=lines[one["deed"]][0].change.at,
            by=_by(lines[one["deed"]][0].change),
            lines=lines[one["deed"]],
            more=one["n"] - len(lines[one["deed"]]),
            undone=one["deed"] in undone,
            may_undo=one["deed"] not in closed,
            place=one["place"],
        )
        for one in shown
    ]
    return made, (shown[-1]["place"] if len(page) > DEEDS else None)


def _by(change: Change) -> str:
    """Who did it; nobody where it followed from what was done elsewhere."""
    if change.by is None and change.kind in (Change.Kind.LEFT, Change.Kind.BELONGS):
        return ""
    return str(change.by or _("somebody who has left"))


def matching(centre: Centre, asked: Asked) -> QuerySet[Change]:
    """The changes that were asked for, in no order."""
    found = Change.objects.filter(centre=centre).order_by()
    if asked.person:
        found = found.filter(slot__person=asked.person)
    if asked.theme:
        found = found.filter(slot__theme=asked.theme)
    if asked.first:
        found = found.filter(slot__half_day__date__gte=asked.first)
    if asked.last:
        found = found.filter(slot__half_day__date__lte=asked.last)
    return found


def _lines(centre: Centre, asked: Asked, keys: list[UUID]) -> dict[UUID, list[Line]]:
    """The first lines of each deed, in the order of half-days."""
    order = [F("slot__half_day__date"), F("slot__half_day__starts"), F("pk")]
    rows = (
        matching(centre, asked)
        .filter(deed__in=keys)
        .annotate(n=Window(RowNumber(), partition_by=[F("deed")], order_by=order))
        .filter(n__lte=LINES)
        .select_related("by", "slot__half_day", "slot__person", "slot__theme", "slot__space")
        .order_by("n")
    )
    found: dict[UUID, list[Line]] = defaultdict(list)
    names = _names(centre)
    for change in rows:
        found[change.deed].append(Line(change, *told(change, names)))
    return found


def _touched(centre: Centre, keys: list[UUID]) -> set[UUID]:
    """Deeds one of whose slots was changed again later."""
    mine = Change.objects.filter(centre=centre, deed__in=keys).order_by()
    later = mine.annotate(latest=Max("slot__changes__pk")).filter(latest__gt=F("pk"))
    return set(later.values_list("deed", flat=True))


def _over(centre: Centre, keys: list[UUID], today: date) -> set[UUID]:
    """Deeds that concern days that are over."""
    mine = Change.objects.filter(centre=centre, deed__in=keys).order_by()
    first = mine.values("deed").annotate(day=Min("slot__half_day__date"))
    return {one["deed"] for one in first if one["day"] < today}


def _names(centre: Centre) -> dict[tuple[str, int], str]:
    themes = {("theme", one.pk): str(one.name) for one in Theme.objects.filter(centre=centre)}
    return themes | {("space", one.pk): str(one.name) for one in Space.objects.filter(site__centre=centre)}


def told(change: Change, names: dict[tuple[str, int], str]) -> tuple[str, str]:
    """What became of the slot, and what it was before."""
    after, before = change.after, change.before
    if after.get("state") == DutySlot.State.PLANNED:
        what = _("comes") if not before else _("comes after all")
    elif "state" in after:
        what = _("is absent") if after["state"] == DutySlot.State.ABSENT else _("no longer comes")
    elif "hours" in after:
        return _("comes at other hours"), _("before: %(was)s") % {"was": _hours(before["hours"])}
    elif "institution" in after:
        what = _("is lent by another institution")
    else:
        what = _("changes place")
    was = [names[name, before[name]] for name in ("theme", "space") if (name, before.get(name)) in names]
    if "duty" in before:
        was.insert(0, str(DutyKind(before["duty"]).label))
    return what, _("before: %(was)s") % {"was": ", ".join(was)} if was and "state" not in after else ""


def _hours(said: list[str]) -> str:
    return "–".join(one[:5] for one in said)


def heading() -> list[str]:
    """The columns of the file."""
    return [
        _("Changed on"),
        _("By"),
        _("What was done"),
        _("Day"),
        _("Begins"),
        _("Who"),
        _("Duty"),
        _("Theme"),
        _("What became of it"),
        _("Before"),
    ]


def file_rows(centre: Centre, asked: Asked) -> Iterator[list[Cell]]:
    """A line for each change, the latest first."""
    names = _names(centre)
    rows = matching(centre, asked).select_related("by", "slot__half_day", "slot__person", "slot__theme")
    for change in rows.order_by("-pk")[:MOST]:
        slot, (what, was) = change.slot, told(change, names)
        at = centre.local(change.at).replace(tzinfo=None, microsecond=0)
        who = slot.person.name if slot.person else ""
        place: list[Cell] = [slot.half_day.date, slot.half_day.starts, who]
        done: list[Cell] = [at, str(change.by or ""), str(change.get_kind_display())]
        yield [*done, *place, str(slot.get_duty_display()), str(slot.theme or ""), what, was]
