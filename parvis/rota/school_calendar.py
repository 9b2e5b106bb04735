"""School holidays as one finds them: lines copied from a page, or the calendar file (ICS) of a school authority."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar

MOST = 200  # entries
LARGEST = 1_000_000  # bytes
LONGEST = 120  # days
NAME = 80
_DATE = re.compile(r"\b(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))\b")


class Unreadable(Exception):
    """The file is no calendar, or too large."""


@dataclass(frozen=True, order=True)
class Found:
    """Days without school, both included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Read:
    """What was found in a text or a file, in order, and what was passed over: the text, as it stood."""

    found: list[Found]
    passed: list[str]


def read_lines(text: str) -> Read:
    """One line each: a name and two dates, 2026-02-14, 14.02.2026 or 14/02/2026, in any order; one date is one day."""
    found, passed = [], []
    for line in [line.strip() for line in text[:LARGEST].splitlines() if line.strip()][:MOST]:
        days = [_day(match) for match in _DATE.finditer(line)]
        name = re.sub(r"[\s;,\t–—-]+$|^[\s;,\t–—-]+", "", re.sub(r"[\t;]+", " ", _DATE.sub("\t", line)))
        name = re.sub(r"\s+", " ", name).strip(" ,–—-")
        if len(days) in (1, 2) and None not in days and name:
            dated = sorted(day for day in days if day)
            found.append(Found(dated[0], dated[-1], name[:NAME]))
        else:
            passed.append(line[:NAME])
    return _checked(found, passed)


def read_ics(content: bytes) -> Read:
    """The events of a calendar file; an event’s end is the first day after it. Raises ``Unreadable``."""
    if len(content) > LARGEST:
        raise Unreadable
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise Unreadable from error
    found, passed = [], []
    for event in calendar.walk("VEVENT")[:MOST]:
        name = " ".join(str(event.get("SUMMARY", "")).split())[:NAME]
        try:
            starts, ends = event.get("DTSTART"), event.get("DTEND")
            first = _local(starts.dt)
            last = _last(first, ends.dt) if ends is not None else first
        except (AttributeError, ValueError, TypeError):
            passed.append(name)
            continue
        if name and last >= first:
            found.append(Found(first, last, name))
        else:
            passed.append(name)
    return _checked(found, passed)


def _checked(found: list[Found], passed: list[str]) -> Read:
    """Each once, in order; what is too long to be holidays is passed over."""
    long = [one for one in found if (one.last - one.first).days >= LONGEST]
    return Read(sorted(set(found) - set(long)), [*passed, *(one.name for one in long)])


def _local(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _last(first: date, ends: date | datetime) -> date:
    """The last day of an event: a date as its end is the day after, as is midnight."""
    if isinstance(ends, datetime):
        return (ends - timedelta(seconds=1)).date()
    return max(first, ends - timedelta(days=1))


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
