"""The published rota on a sheet that one hangs up: A3 or A4, a week or a month. Never an institution, and no gap: visitors read it."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.rota.queries.published import Day, Lane, Row, Stretch
from parvis.shared.paper import pdf
from parvis.shared.shapes import drawing
from parvis.shared.speaking import some_days

SOURCE = Path(__file__).parent / "paper" / "rota.typ"
SIZES = ("a3", "a4")
LETTERS = {
    "a3": (26, 11),
    "a4": (18, 8),
}  # points: the largest, and the smallest that one still reads from where it hangs


def as_pdf(
    found: Stretch, centre: Centre, *, kind: str, paper: str, names: bool, month: date, at: datetime
) -> bytes:
    """The sheet. ``kind``: week or month; ``month``: a day of it; ``names``: also those of the people, where the reader knows them.

    A month whose letters would be too small for its wall has a sheet for each of its weeks instead.
    """
    shown = [day for day in found.days if day.rows]
    said: dict[str, Any] = {
        "kind": kind,
        "paper": paper,
        "language": get_language() or "en",
        "centre": centre.name,
        "title": _title(found, kind, month),
        "foot": _foot(found, centre, at),
        "words": {
            "what": _("Who is on duty"),
            "day": _("Day"),
            "hours": _("Hours"),
            "nothing": _("No rota for these days yet"),
        },
        "lanes": [_lane(lane) for lane in found.lanes],
        "sheets": [],
        "weekdays": [],
        "weeks": [],
    }
    if kind == "month" and shown and (made := _fitting(said | _month(found, names, month), paper, 1)):
        return made
    weeks = _weeks(found)
    said["sheets"] = [
        {
            "title": some_days(week[0].date, week[-1].date),
            "days": [_day(day, found, names) for day in week if day.rows],
        }
        for week in weeks
    ]
    said["kind"] = "week"
    return _fitting(said, paper, max(1, len(weeks))) or pdf(SOURCE, said | {"size": min(LETTERS[paper])})


def _weeks(found: Stretch) -> list[list[Day]]:
    """Its weeks in which there is anything."""
    weeks = [found.days[n : n + 7] for n in range(0, len(found.days), 7)]
    return [week for week in weeks if any(day.rows for day in week)]


def _fitting(said: dict[str, Any], paper: str, sheets: int) -> bytes:
    """With the largest letters with which it is so many pages; empty where none is small enough."""
    small, large = sorted(LETTERS[paper])
    made, sizes = b"", [0, *range(small, large + 1)]
    low, high = 1, len(sizes) - 1  # a search by halves: a sheet takes some tens of milliseconds
    while low <= high:
        middle = (low + high) // 2
        tried = pdf(SOURCE, said | {"size": sizes[middle]})
        if pages(tried) <= sheets:
            made, low = tried, middle + 1
        else:
            high = middle - 1
    return made


def pages(document: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(document)) as read:
        return len(read.pages)


def _title(found: Stretch, kind: str, month: date) -> str:
    if kind == "month":
        return capfirst(date_format(month, "F Y"))
    return some_days(found.first, found.last)


def _foot(found: Stretch, centre: Centre, at: datetime) -> str:
    local = centre.local(at)
    said = {
        "version": found.version,
        "day": date_format(local, "j F Y"),
        "time": date_format(local, "H:i"),
    }
    return _("Version %(version)s · printed on %(day)s at %(time)s") % said


def _lane(lane: Lane) -> dict[str, Any]:
    svg = drawing(lane.theme.shape, lane.theme.tint) if lane.theme else None
    return {"name": lane.name, "svg": svg}


def _day(day: Day, found: Stretch, names: bool, *, outside: bool = False) -> dict[str, Any]:
    return {
        "weekday": capfirst(date_format(day.date, "l")),
        "name": date_format(day.date, "j F"),
        "outside": outside,
        "rows": [_row(row, found, names) for row in day.rows],
    }


def _row(row: Row, found: Stretch, names: bool) -> dict[str, Any]:
    half_day = row.half_day
    return {
        "hours": f"{half_day.starts:%H:%M}–{half_day.ends:%H:%M}",
        "site": str(half_day.site) if found.several_sites else "",
        "cells": [
            {"lane": n, "on": bool(cell.on), "names": [one.name for one in cell.on if names and one.known]}
            for n, cell in enumerate(row.cells)
        ],
    }


def _month(found: Stretch, names: bool, month: date) -> dict[str, Any]:
    """The weeks; days of the week on which nothing ever is are left out."""
    weeks = [found.days[n : n + 7] for n in range(0, len(found.days), 7)]
    shown = [n for n in range(7) if n < 5 or any(week[n].rows for week in weeks)]
    return {
        "weekdays": [capfirst(date_format(weeks[0][n].date, "l")) for n in shown],
        "weeks": [
            [_day(week[n], found, names, outside=week[n].date.month != month.month) for n in shown]
            for week in _weeks(found)
        ],
    }
