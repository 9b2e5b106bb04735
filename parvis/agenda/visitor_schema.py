"""An event as schema.org says it: search engines and other people's calendars read it from the page."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from parvis.agenda.models import Session
from parvis.agenda.queries.public.event import Page
from parvis.agenda.queries.public.programme import Line

BASE = "https://schema.org/"
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})
Thing = dict[str, Any]


def things_of(page: Page, here: str) -> Thing:
    """An Event for each session; of a series, under the EventSeries they belong to. ``here``: the page's address."""
    lines = page.ahead or page.over
    series: Thing = {
        "@type": "EventSeries",
        "@id": f"{here}#series",
        "name": str(page.event.title),
        "url": here,
    }
    events = [_event(page, line, here) for line in lines]
    if len(page.lines) < 2:
        return {"@context": BASE, "@graph": events}
    for event in events:
        event["superEvent"] = {"@id": series["@id"]}
    return {"@context": BASE, "@graph": [series, *events]}


def data_block(said: Thing) -> SafeString:
    """A block of data that no browser runs, and that no word in it can end."""
    text = json.dumps(said, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _event(page: Page, line: Line, here: str) -> Thing:
    event, session, centre = page.event, line.session, page.event.centre
    said: Thing = {
        "@type": "Event",
        "@id": f"urn:uuid:{session.uid}",
        "name": str(event.title),
        "description": str(event.summary) or str(event.description),
        "url": here,
        "startDate": _moment(line, ends=False),
        "endDate": _moment(line, ends=True),
        "eventStatus": BASE + ("EventCancelled" if line.cancelled else "EventScheduled"),
        "eventAttendanceMode": BASE + _mode(line),
        "isAccessibleForFree": True,
        "inLanguage": list(event.languages),
        "organizer": [
            {"@type": "Organization", "name": name}
            for name in [centre.name, *(one.name for one in page.organisers)]
        ],
        "location": _places(line, here),
    }
    if page.speakers:
        said["performer"] = [{"@type": "Person", "name": one.name} for one in page.speakers]
    if (seats := _seats(session)) is not None:
        said["maximumAttendeeCapacity"] = seats
        said["remainingAttendeeCapacity"] = max(line.left or 0, 0)
    return {name: value for name, value in said.items() if value not in ("", [])}


def _moment(line: Line, *, ends: bool) -> str:
    if line.session.all_day:
        return (line.last_day if ends else line.begins.date()).isoformat()
    return (line.ends if ends else line.begins).isoformat()


def _mode(line: Line) -> str:
    if line.on_site and line.session.is_online:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if line.session.is_online else "OfflineEventAttendanceMode"


def _places(line: Line, here: str) -> list[Thing]:
    """Where it is. The link of an online one stays with those who take part: the page says how one gets it."""
    session, found = line.session, []
    if session.site:
        place: Thing = {"@type": "Place", "name": session.site.name}
        found.append(place | ({"address": session.site.address} if session.site.address else {}))
    elif session.elsewhere:
        found.append({"@type": "Place", "name": session.elsewhere, "address": session.elsewhere})
    if session.is_online:
        found.append({"@type": "VirtualLocation", "url": here})
    return found


def _seats(session: Session) -> int | None:
    counted = [session.room_seats] if session.site_id or session.elsewhere else []
    counted += [session.online_seats] if session.is_online else []
    known = [one for one in counted if one is not None]
    return sum(known) if known and len(known) == len(counted) else None
