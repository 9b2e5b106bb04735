"""By what each unit can be broken down or filtered, and how the divisions of time follow from a day.

A day is the centre's own (the facts say it), so no division of time asks for a clock. Weeks are those of ISO 8601: a week has
its Monday's date, also at the turn of a year.
"""

from __future__ import annotations

from datetime import date, timedelta

from parvis.shared.school_years import SEPTEMBER, school_year
from parvis.statistics.cube.facts import FACTS, PROFILE_LISTS, Unit
from parvis.statistics.cube.questions import Dimension

PLACES = (Dimension.NETWORK, Dimension.COUNTRY, Dimension.CENTRE, Dimension.SITE)
SPANS = (
    *(Dimension.DAY, Dimension.WEEK, Dimension.MONTH),
    *(Dimension.QUARTER, Dimension.YEAR, Dimension.SCHOOL_YEAR),
)
TIMES = (Dimension.HOUR, Dimension.WEEKDAY, *SPANS)
PLAIN = frozenset((*PLACES, *TIMES))  # what is known also of a total that cannot be divided
PROFILE = tuple(map(Dimension, PROFILE_LISTS))
ACT_CODES = (
    *(Dimension.NEED, Dimension.RESOURCE, Dimension.REDIRECTION),
    *(Dimension.OUTCOME, Dimension.UNMET_NEED),
)
OF_GROUPS = (*PROFILE, *ACT_CODES)  # lists whose codes are said of a part of a group
OF_EVENTS = (Dimension.EVENT_KIND, Dimension.SECTOR)
OF_CLASSES = (Dimension.OBJECTIVE, Dimension.SCHOOL_LEVEL, Dimension.SCHOOL_NETWORK, Dimension.STREAM)
#: Local codes that count as a network's.
CODED = frozenset((*OF_GROUPS, Dimension.SERVICE, Dimension.CHANNEL, *OF_EVENTS, *OF_CLASSES))
#: Units whose rows are totals: by these, they are known only as parts of a total that say nothing about one another.
PARTS: dict[Unit, tuple[Dimension, ...]] = {
    Unit.GROUP_PEOPLE: OF_GROUPS,
    Unit.PARTICIPANTS: (Dimension.AGE_BAND, Dimension.GENDER, Dimension.STATUS),
    Unit.PUPILS: (Dimension.AGE_BAND, Dimension.GENDER),
}

COLUMN = {Dimension.THEME: "themes"}  # others are called as their dimension


def _of(unit: Unit) -> tuple[Dimension, ...]:
    names = {column.name for column in FACTS[unit]}
    said = tuple(one for one in Dimension if one not in PLAIN and COLUMN.get(one, one.value) in names)
    said += PARTS.get(unit, ())
    times = tuple(one for one in TIMES if unit != Unit.PROFILES or one != Dimension.HOUR)
    return (*PLACES, *said, *times)


#: Which unit has which dimensions, in the order in which a person may be offered them.
OF: dict[Unit, tuple[Dimension, ...]] = {unit: _of(unit) for unit in Unit}


def column_of(unit: Unit, dimension: Dimension) -> str:
    """The facts' column that a dimension is read from, where it is one that facts say."""
    if dimension in PARTS.get(unit, ()):
        return "code"
    return COLUMN.get(dimension, dimension.value)


def is_many(unit: Unit, dimension: Dimension) -> bool:
    """Whether several values can be true of what is counted once."""
    name = column_of(unit, dimension)
    return name == "code" or any(column.many for column in FACTS[unit] if column.name == name)


def start_of(span: Dimension, day: date, begins: int = SEPTEMBER) -> date:
    """The first day of the span that holds the day. ``begins``: the school year's first month."""
    match span:
        case Dimension.DAY:
            return day
        case Dimension.WEEK:
            return day - timedelta(days=day.weekday())
        case Dimension.MONTH:
            return day.replace(day=1)
        case Dimension.QUARTER:
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case Dimension.YEAR:
            return date(day.year, 1, 1)
        case Dimension.SCHOOL_YEAR:
            return school_year(day, begins)
    raise ValueError(f"{span} is not a span of time")
