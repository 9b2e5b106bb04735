"""Reads the text format of the public shift-scheduling set of Curtois and Qu (schedulingbenchmarks.org).

    SECTION_HORIZON             days; the first is a Monday
    SECTION_SHIFTS              ShiftID, minutes, shifts which cannot follow this one on the next day, between |
    SECTION_STAFF               ID, MaxShifts (ShiftID=n|…), MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts,
                                MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends
    SECTION_DAYS_OFF            ID, days on which they are off (from 0)
    SECTION_SHIFT_ON_REQUESTS   ID, day, ShiftID, weight if it is not given
    SECTION_SHIFT_OFF_REQUESTS  ID, day, ShiftID, weight if it is given
    SECTION_COVER               day, ShiftID, wanted, weight of each one missing, weight of each one too many

Lines that begin with # are comments. Whatever else is not as written here is refused, with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

SECTIONS = (
    "HORIZON",
    "SHIFTS",
    "STAFF",
    "DAYS_OFF",
    "SHIFT_ON_REQUESTS",
    "SHIFT_OFF_REQUESTS",
    "COVER",
)
MAX_DAYS, MAX_ROWS, MAX_NUMBER = (
    800,
    200_000,
    10_000_000,
)  # the largest public one: 364 days, some 20,000 rows


class NotAnInstance(ValueError):
    """The text does not follow the format; ``line`` counts from 1, 0 where the text as a whole is meant."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}" if line else why)
        self.line, self.why = line, why


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift."""

    name: str
    minutes: int
    never_next: frozenset[str]  # kinds that cannot follow it on the next day


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff, with what they must and must not do over the horizon."""

    name: str
    most_of: Mapping[str, int]  # kind of shift -> at most so many
    minutes_most: int
    minutes_least: int
    in_a_row_most: int
    in_a_row_least: int
    free_in_a_row_least: int
    weekends_most: int
    days_off: frozenset[int]


@dataclass(frozen=True, order=True, slots=True)
class Request:
    """Somebody asks for a shift, or not to have it."""

    member: str
    day: int
    shift: str
    weight: int
    wanted: bool


@dataclass(frozen=True, order=True, slots=True)
class Cover:
    """So many are wanted in one shift; each one missing or too many costs."""

    day: int
    shift: str
    wanted: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """One public problem."""

    days: int
    shifts: Mapping[str, Shift]
    staff: Mapping[str, Member]
    requests: tuple[Request, ...]
    cover: tuple[Cover, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a section: its number in the file, and its fields."""

    number: int
    fields: tuple[str, ...]

    def name(self, at: int) -> str:
        """The field as a name."""
        if not self.fields[at]:
            raise NotAnInstance(self.number, f"field {at + 1} is empty")
        return self.fields[at]

    def whole(self, at: int, most: int = MAX_NUMBER) -> int:
        """The field as a whole number from 0 to ``most``."""
        text = self.fields[at]
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
            raise NotAnInstance(
                self.number, f"field {at + 1} is “{text}”, not a whole number from 0 to {most}"
            )
        return int(text)


@dataclass
class _Reading:
    """What has been read so far."""

    days: int = 0
    shifts: dict[str, Shift] = field(default_factory=dict)
    staff: dict[str, Member] = field(default_factory=dict)
    days_off: dict[str, frozenset[int]] = field(default_factory=dict)
    requests: dict[tuple[str, int, str, bool], Request] = field(default_factory=dict)
    cover: dict[tuple[int, str], Cover] = field(default_factory=dict)

    def known_shift(self, line: Line, name: str) -> str:
        """The name, if it is a shift’s."""
        if name not in self.shifts:
            raise NotAnInstance(line.number, f"there is no shift “{name}”")
        return name

    def known_member(self, line: Line) -> str:
        """The first field, if it is somebody’s."""
        if line.name(0) not in self.staff:
            raise NotAnInstance(line.number, f"there is nobody called “{line.name(0)}”")
        return line.name(0)


def read(text: str) -> Instance:
    """The instance that the text describes. Raises NotAnInstance."""
    sections = _sections(text)
    reading = _Reading()
    for name, (number, rows) in sections.items():
        if not rows and name in ("HORIZON", "SHIFTS", "STAFF", "COVER"):
            raise NotAnInstance(number, f"SECTION_{name} is empty")
        for line in rows:
            READERS[name](reading, line)
        if name == "SHIFTS":  # all are known only now
            for line in rows:
                for after in sorted(reading.shifts[line.name(0)].never_next):
                    reading.known_shift(line, after)
    staff = {
        name: _with_days_off(member, reading.days_off.get(name, frozenset()))
        for name, member in reading.staff.items()
    }
    requests = tuple(sorted(reading.requests.values()))
    return Instance(reading.days, reading.shifts, staff, requests, tuple(sorted(reading.cover.values())))


def _sections(text: str) -> dict[str, tuple[int, list[Line]]]:
    """Section -> (the line it begins on, its rows), in the format’s order."""
    found: dict[str, tuple[int, list[Line]]] = {}
    rows: list[Line] | None = None
    for number, line in _lines(text):
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
            if name not in SECTIONS:
                raise NotAnInstance(number, f"there is no section “{line}” in this format")
            if name in found:
                raise NotAnInstance(number, f"{line} stands here a second time")
            rows = []
            found[name] = (number, rows)
        elif rows is None:
            raise NotAnInstance(number, "there is text before the first section")
        else:
            rows.append(Line(number, tuple(part.strip() for part in line.split(","))))
    for name in SECTIONS:
        if name not in found:
            raise NotAnInstance(0, f"SECTION_{name} is missing")
    return {name: found[name] for name in SECTIONS}


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    rows = 0
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        line = raw.strip()
        if line and not line.startswith("#"):
            rows += 1
            if rows > MAX_ROWS:
                raise NotAnInstance(number, f"there are more than {MAX_ROWS} rows")
            yield number, line


def _fields(line: Line, least: int, most: int | None = None) -> None:
    """Refuses a row that has too few or too many fields; ``most`` None: as many as ``least``."""
    if not least <= len(line.fields) <= (most or least):
        raise NotAnInstance(line.number, f"{len(line.fields)} fields where {least} belong")


def _horizon(reading: _Reading, line: Line) -> None:
    _fields(line, 1)
    if reading.days:
        raise NotAnInstance(line.number, "the horizon is given twice")
    reading.days = line.whole(0, MAX_DAYS)
    if not reading.days:
        raise NotAnInstance(line.number, "the horizon has no day")


def _shift(reading: _Reading, line: Line) -> None:
    _fields(line, 3)
    name = line.name(0)
    if name in reading.shifts:
        raise NotAnInstance(line.number, f"the shift “{name}” stands here a second time")
    after = frozenset(part.strip() for part in line.fields[2].split("|") if part.strip())
    reading.shifts[name] = Shift(name, line.whole(1, 24 * 60), after)


def _member(reading: _Reading, line: Line) -> None:
    _fields(line, 8)
    name = line.name(0)
    if name in reading.staff:
        raise NotAnInstance(line.number, f"“{name}” stands here a second time")
    most, least, row, row_least, free_least, weekends = (line.whole(at) for at in range(2, 8))
    if least > most:
        raise NotAnInstance(line.number, f"at least {least} minutes and at most {most}")
    reading.staff[name] = Member(
        name, _most_of(reading, line), most, least, row, row_least, free_least, weekends, frozenset()
    )


def _most_of(reading: _Reading, line: Line) -> dict[str, int]:
    """The second field of a member: “E=28|L=0”. A shift that it does not name has no limit of its own."""
    most: dict[str, int] = {}
    for part in filter(None, line.fields[1].split("|")):
        name, sign, number = part.partition("=")
        shift = reading.known_shift(line, name.strip())
        if not sign or shift in most:
            raise NotAnInstance(line.number, f"“{line.fields[1]}” is not a list like E=28|L=0")
        most[shift] = Line(line.number, (name, number.strip())).whole(1)
    return most


def _off(reading: _Reading, line: Line) -> None:
    _fields(line, 2, MAX_DAYS + 1)
    name = reading.known_member(line)
    if name in reading.days_off:
        raise NotAnInstance(line.number, f"the days off of “{name}” stand here a second time")
    reading.days_off[name] = frozenset(line.whole(at, reading.days - 1) for at in range(1, len(line.fields)))


def _request(*, wanted: bool) -> Callable[[_Reading, Line], None]:
    def one(reading: _Reading, line: Line) -> None:
        _fields(line, 4)
        member, shift = reading.known_member(line), reading.known_shift(line, line.name(2))
        day = line.whole(1, reading.days - 1)
        if (member, day, shift, wanted) in reading.requests:
            raise NotAnInstance(line.number, "the same request stands here a second time")
        reading.requests[member, day, shift, wanted] = Request(member, day, shift, line.whole(3), wanted)

    return one


def _cover(reading: _Reading, line: Line) -> None:
    _fields(line, 5)
    day, shift = line.whole(0, reading.days - 1), reading.known_shift(line, line.name(1))
    if (day, shift) in reading.cover:
        raise NotAnInstance(line.number, "the cover of this day and shift stands here a second time")
    reading.cover[day, shift] = Cover(day, shift, line.whole(2), line.whole(3), line.whole(4))


READERS: dict[str, Callable[[_Reading, Line], None]] = {
    "HORIZON": _horizon,
    "SHIFTS": _shift,
    "STAFF": _member,
    "DAYS_OFF": _off,
    "SHIFT_ON_REQUESTS": _request(wanted=True),
    "SHIFT_OFF_REQUESTS": _request(wanted=False),
    "COVER": _cover,
}


def _with_days_off(member: Member, days: frozenset[int]) -> Member:
    return Member(
        member.name,
        member.most_of,
        member.minutes_most,
        member.minutes_least,
        member.in_a_row_most,
        member.in_a_row_least,
        member.free_in_a_row_least,
        member.weekends_most,
        days,
    )
