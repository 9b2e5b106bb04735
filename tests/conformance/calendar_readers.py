"""Three parsers of calendars that have nothing in common: icalendar (which also writes ours), vobject and ical.

vobject takes its clock from the calendar itself, so that a wrong VTIMEZONE would move every session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream

When = date | datetime


@dataclass(frozen=True)
class Read:
    """What a calendar shows of an entry."""

    starts: When
    ends: When
    sequence: int
    status: str
    summary: str
    description: str
    location: str
    categories: tuple[str, ...]
    related: str


def moment(at: When) -> When:
    return at.astimezone(UTC) if isinstance(at, datetime) else at


def by_icalendar(body: bytes) -> dict[str, Read]:
    calendar = icalendar.Calendar.from_ical(body)
    return {str(one["uid"]): _of_icalendar(one) for one in calendar.walk("VEVENT")}


def _of_icalendar(one: Any) -> Read:
    return Read(
        moment(one["dtstart"].dt),
        moment(one["dtend"].dt),
        int(one["sequence"]),
        str(one["status"]),
        str(one["summary"]),
        str(one.get("description", "")),
        str(one.get("location", "")),
        tuple(str(word) for word in one["categories"].cats) if "categories" in one else (),
        str(one.get("related-to", "")),
    )


def by_vobject(body: bytes) -> dict[str, Read]:
    calendar = vobject.readOne(body.decode())
    calendar.validate(raiseException=True)
    return {one.uid.value: _of_vobject(one) for one in getattr(calendar, "vevent_list", [])}


def _of_vobject(one: Any) -> Read:
    return Read(
        moment(one.dtstart.value),
        moment(one.dtend.value),
        int(one.sequence.value),
        one.status.value,
        one.summary.value,
        one.description.value if hasattr(one, "description") else "",
        one.location.value if hasattr(one, "location") else "",
        tuple(one.categories.value) if hasattr(one, "categories") else (),
        one.related_to.value if hasattr(one, "related_to") else "",
    )


def by_ical(body: bytes) -> dict[str, Read]:
    calendar = IcsCalendarStream.calendar_from_ics(body.decode())
    return {str(one.uid): _of_ical(one) for one in calendar.events}


def _of_ical(one: Any) -> Read:
    return Read(
        moment(one.dtstart),
        moment(one.dtend),
        one.sequence,
        str(one.status.value if hasattr(one.status, "value") else one.status),
        one.summary,
        one.description or "",
        one.location or "",
        tuple(one.categories),
        one.related_to[0].uid if one.related_to else "",
    )


PARSERS: list[Callable[[bytes], dict[str, Read]]] = [by_icalendar, by_vobject, by_ical]


def read_by_all(client: Any, address: str) -> dict[str, Read]:
    """What the three agree on; a list of lines that are no longer than the standard allows."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    body = response.content
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    for line in lines:
        line.decode()  # no letter is cut in two
    first, *others = [parse(body) for parse in PARSERS]
    assert others == [first, first]
    return first
