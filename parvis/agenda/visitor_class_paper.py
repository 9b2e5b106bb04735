"""The sheets of a class's day, in the languages of those who read them: groups, workshops, the door, the teacher; and the certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from parvis.agenda.models import Group, Station
from parvis.agenda.queries.class_day import ClassDay, Slot
from parvis.shared.paper import pdf
from parvis.shared.speaking import a_day

PAPER = Path(__file__).parent / "paper"
SHEETS, CERTIFICATE = PAPER / "class_sheets.typ", PAPER / "certificate.typ"


def groups_pdf(day: ClassDay) -> bytes:
    """One sheet for each group, large enough to be read together."""
    return _pdf(day, [_group(day, number) for number in range(len(day.groups))], large=True)


def stations_pdf(day: ClassDay) -> bytes:
    """One sheet for each workshop: for its room, and for whoever leads it."""
    return _pdf(day, [_station(day, number) for number in range(len(day.stations))], large=True)


def door_pdf(day: ClassDay) -> bytes:
    """Everybody's way on one sheet, for the door."""
    sheet = _sheet(_("Programme of the day"), [_who(day)], _overview(day))
    return _pdf(day, [sheet], wide=True, large=len(day.groups) < 5)


def teacher_pdf(day: ClassDay, *, to_see_to: Sequence[str]) -> bytes:
    """What the teacher takes along: when, where, which group is where, what to see to."""
    visit = day.visit
    lines = [_who(day)]
    if visit.begins_at and visit.ends_at:
        begins, ends = visit.centre.local(visit.begins_at), visit.centre.local(visit.ends_at)
        lines.append(f"{_day(begins)}, {begins:%H:%M}–{ends:%H:%M}")
    if visit.arrival:
        lines.append(visit.arrival)
    parts = [{"title": _("Please see to it"), "lines": list(to_see_to)}] if to_see_to else []
    note = _("No pupil’s name is needed, before or afterwards: numbers are enough.")
    sheet = _sheet(_("Your class’s visit"), lines, _overview(day), parts=parts, note=note)
    return _pdf(day, [sheet])


def certificate_pdf(day: ClassDay, *, objectives: Sequence[str]) -> bytes:
    """That a class came. A pupil's name is written by hand, if somebody wants it there."""
    visit = day.visit
    came = visit.came or 0
    lines = []
    if visit.begins_at:
        who = {"school": visit.school_name, "day": a_day(visit.centre.local(visit.begins_at).date())}
        lines.append(_("A class of %(school)s visited us on %(day)s.") % who)
    lines.append(ngettext("%(n)d pupil was there.", "%(n)d pupils were there.", came) % {"n": came})
    said: dict[str, Any] = {
        "title": _("Certificate of a visit"),
        "house": visit.centre.name,
        "language": get_language(),
        "rtl": get_language_bidi(),
        "lines": lines,
        "worked": _("This is what it was about:"),
        "objectives": list(objectives),
        "by-hand": _("Name, written by hand if you like. We do not know it."),
        "signed": visit.centre.name,
        "no-diploma": _("This paper says that a class came. It is not a diploma."),
    }
    return pdf(CERTIFICATE, said)


MAKES: dict[str, Callable[[ClassDay], bytes]] = {
    "groups": groups_pdf,
    "workshops": stations_pdf,
    "door": door_pdf,
}


def station_name(station: Station) -> str:
    """What it is called where pupils and teachers read it."""
    return str(station.kit_version.kit) if station.kit_version else _("Individual interviews")


def group_name(group: Group) -> str:
    """“Group 2”."""
    return _("Group %(n)d") % {"n": group.number}


def hours(slot: Slot) -> str:
    """From when to when."""
    return f"{slot.begins:%H:%M}–{slot.ends:%H:%M}"


def _group(day: ClassDay, number: int) -> dict[str, Any]:
    group = day.groups[number]
    head = [pgettext("of a turn", "When"), pgettext("of a turn", "Workshop"), _("Room")]
    rows = []
    for slot in day.slots:
        there = slot.by_group[number][1]
        rows.append([hours(slot), station_name(there) if there else _wait(), _room(there)])
        rows += _break(slot, 2)
    size = ngettext("%(n)d pupil", "%(n)d pupils", group.pupils) % {"n": group.pupils}
    return _sheet(group_name(group), [size, day.visit.school_name], {"head": head, "rows": rows})


def _station(day: ClassDay, number: int) -> dict[str, Any]:
    station = day.stations[number]
    head = [pgettext("of a turn", "When"), _("Group"), _("Pupils")]
    rows = []
    for slot in day.slots:
        group = slot.by_station[number][1]
        rows.append([hours(slot), group_name(group) if group else "–", str(group.pupils) if group else ""])
        rows += _break(slot, 2)
    lines = [one for one in (_room(station), str(station.person or ""), day.visit.school_name) if one]
    return _sheet(station_name(station), lines, {"head": head, "rows": rows})


def _overview(day: ClassDay) -> dict[str, Any]:
    head = [pgettext("of a turn", "When"), *(group_name(group) for group in day.groups)]
    rows = []
    for slot in day.slots:
        cells = []
        for _of, there in slot.by_group:
            room = f" ({_room(there)})" if _room(there) else ""
            cells.append(f"{station_name(there)}{room}" if there else _wait())
        rows.append([hours(slot), *cells])
        rows += _break(slot, len(day.groups))
    return {"head": head, "rows": rows}


def _break(slot: Slot, cells: int) -> list[list[str]]:
    if not slot.breaks:
        return []
    return [[_("Break"), _("%(n)d minutes") % {"n": slot.breaks}, *[""] * (cells - 1)]]


def _wait() -> str:
    return _("A moment’s rest")


def _room(station: Station | None) -> str:
    return str(station.room) if station and station.room else ""


def _who(day: ClassDay) -> str:
    pupils = ngettext("%(n)d pupil", "%(n)d pupils", day.visit.pupils) % {"n": day.visit.pupils}
    return f"{day.visit.school_name} · {pupils}"


def _day(at: datetime) -> str:
    weekday = date_format(at, "l")
    return f"{weekday[:1].upper()}{weekday[1:]} {a_day(at.date())}"


def _sheet(
    title: str, lines: Sequence[str], turns: dict[str, Any], *, parts: Sequence[Any] = (), note: str = ""
) -> dict[str, Any]:
    return {"title": title, "lines": list(lines), "parts": list(parts), "note": note} | turns


def _pdf(day: ClassDay, sheets: list[dict[str, Any]], *, wide: bool = False, large: bool = False) -> bytes:
    visit = day.visit
    when = a_day(visit.centre.local(visit.begins_at).date()) if visit.begins_at else ""
    said = {
        "title": f"{_('Programme of the day')} · {visit.school_name}",
        "house": visit.centre.name,
        "language": get_language(),
        "rtl": get_language_bidi(),
        "wide": wide,
        "large": large,
        "foot": " · ".join(one for one in (visit.school_name, when) if one),
        "sheets": sheets,
    }
    return pdf(SHEETS, said)
