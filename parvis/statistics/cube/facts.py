"""What a fact is: the columns of each unit, in the order in which rows are handed over.

A row is one thing that was counted (an act, a contact), or a total that nobody can divide (an imported whole, a group).
Codes are the centre's own; what they count as in the network is looked up when a question is asked, so that mending a
mapping mends every year.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What is counted. Never added to one another."""

    PASSAGES = "passages"
    CONTACTS = "contacts"
    ACTS = "acts"
    PARTICIPANTS = "participants"
    WAITS = "waits"
    GROUP_PEOPLE = "people_in_groups"
    PROFILES = "profiles"  # voluntary questionnaires: the base of every table about the public
    EVENTS = "events"  # held: each session of a series is one
    CLASSES = "classes"  # that came
    PUPILS = "pupils"  # of these classes


class Origin(StrEnum):
    """Where a row comes from, and so with which others it may stand."""

    RECORD = "record"  # one thing that happened
    WHOLE = "whole"  # an imported sheet's total of a day: without any breakdown
    BY_THEME = (
        "by_theme"  # the same day's visitors by theme: instead of the whole, where themes are asked for
    )
    CORRECTION = (
        "correction"  # signed figure less what was recorded: a day's difference, without any breakdown
    )


@dataclass(frozen=True)
class Column:
    """``kind``: DuckDB's type. ``many``: a list of codes; several can be true of one row."""

    name: str
    kind: str
    many: bool = False


# ``n`` is how many of the unit the row stands for (a correction's can be negative). ``draw`` is a number drawn for the row from the
# house's secret: the same after every rebuild; sums of it decide which way a figure is rounded (the "cell key").
COMMON = (
    Column("centre", "INTEGER"),
    Column("site", "INTEGER"),  # null: not known
    Column("date", "DATE"),  # the centre's own day
    Column("hour", "TINYINT"),  # on the centre's own clock; null: known by its day only
    Column("origin", "VARCHAR"),
    Column("n", "INTEGER"),
    Column("draw", "UINTEGER"),
)
THEMES = Column("themes", "INTEGER[]", many=True)
LANGUAGE = Column("language", "VARCHAR")  # "": not known
ARRIVAL = Column("arrival", "VARCHAR")  # reception.models.Arrival, "": came without a ticket
CHANNEL = Column("channel", "INTEGER")  # a code
SERVICE = Column("service", "INTEGER")  # a code; null: not said
KIND = Column("kind", "VARCHAR")  # individual or group
PART = Column("code", "INTEGER")  # of whom a total's part is said; null: the whole of it


def _many(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "INTEGER[]", many=True) for name in names)


# What describes somebody stands apart from what was done for them: nothing links the two.
PROFILE_LISTS = ("audience", "age_band", "status", "education", "gender", "first_visit", "referral")
OF_EVENTS = (
    THEMES,
    Column("event_kind", "INTEGER"),  # a code
    *_many("audience", "sector"),
    Column("language", "VARCHAR[]", many=True),
    Column("presence", "VARCHAR"),  # room, online; of an event both; "": of both together
)
OF_CLASSES = (
    *(Column(name, "INTEGER") for name in ("school_level", "school_net", "stream")),  # codes; null: not said
    Column("place", "VARCHAR"),  # where the school is
    *_many("objective"),  # for which something was done
)
FACTS: dict[Unit, tuple[Column, ...]] = {
    Unit.PASSAGES: COMMON,
    Unit.CONTACTS: (*COMMON, THEMES, LANGUAGE, ARRIVAL, CHANNEL),
    Unit.ACTS: (
        *(*COMMON, THEMES, LANGUAGE, CHANNEL, SERVICE, KIND),
        *_many("need", "resource", "redirection", "outcome", "unmet_need"),
    ),
    # Participants, pupils and groups are totals: for each of their codes, a row of its own with how many of them it is said of.
    Unit.PARTICIPANTS: (*COMMON, *OF_EVENTS, PART),
    Unit.WAITS: (*COMMON, THEMES, LANGUAGE, ARRIVAL, Column("seconds", "INTEGER")),
    Unit.GROUP_PEOPLE: (*COMMON, THEMES, LANGUAGE, CHANNEL, PART),
    Unit.PROFILES: (
        *COMMON,
        Column("method", "VARCHAR"),
        Column("prefix", "VARCHAR"),
        *_many(*PROFILE_LISTS),
    ),
    Unit.EVENTS: (*COMMON, *OF_EVENTS),
    Unit.CLASSES: (*COMMON, *OF_CLASSES),
    Unit.PUPILS: (*COMMON, *OF_CLASSES, PART),
}
