"""The forty cross-tables of ``bench.statistics``: one to three dimensions, by and without filters, over ten years or one."""

from __future__ import annotations

from datetime import date

from bench.statistics_network import CENTRES, LANGUAGES, NETWORK_CODES, NETWORK_THEMES, OFFSETS, local
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension as D
from parvis.statistics.cube.questions import Question, Value

ALL = frozenset(range(1, CENTRES + 1))


def forty(first: date, last: date) -> list[Question]:
    """Of the whole network in its words unless a centre is named."""
    year = date(last.year, 1, 1)

    def ask(
        unit: Unit,
        *by: D,
        where: dict[D, set[Value]] | None = None,
        centre: int | None = None,
        since: date = first,
    ) -> Question:
        held = {one: frozenset(values) for one, values in (where or {}).items()}
        seen = ALL if centre is None else frozenset({centre})
        return Question(unit, by, since, last, seen, held, in_network_words=centre is None)

    contacts, acts, waits = Unit.CONTACTS, Unit.ACTS, Unit.WAITS
    need, theme = NETWORK_CODES + OFFSETS["need"] + 1, NETWORK_THEMES + 2
    redirection = NETWORK_CODES + OFFSETS["redirection"]
    return [
        ask(contacts, D.YEAR),
        ask(contacts, D.MONTH),
        ask(contacts, D.CENTRE),
        ask(contacts, D.HOUR, D.WEEKDAY),
        ask(contacts, D.THEME, D.YEAR),
        ask(contacts, D.THEME, D.LANGUAGE),
        ask(contacts, D.ARRIVAL, D.YEAR),
        ask(contacts, D.COUNTRY, D.SCHOOL_YEAR),
        ask(contacts, D.CENTRE, D.YEAR, D.ARRIVAL),
        ask(contacts, D.LANGUAGE, D.QUARTER, where={D.COUNTRY: {"FR"}}),
        ask(contacts, D.HOUR, D.WEEKDAY, D.THEME, since=year),
        ask(contacts, D.WEEK, centre=7),
        ask(contacts, D.THEME, D.MONTH, centre=7),
        ask(contacts, D.MONTH, where={D.LANGUAGE: set(LANGUAGES[2:5]), D.HOUR: {10, 11}}),
        ask(contacts, D.SITE, D.YEAR, where={D.COUNTRY: {"IT", "PT"}}),
        ask(acts, D.NEED),
        ask(acts, D.NEED, D.YEAR),
        ask(acts, D.NEED, D.THEME),
        ask(acts, D.NEED, D.CENTRE),
        ask(acts, D.NEED, D.REDIRECTION),
        ask(acts, D.NEED, D.SERVICE, D.REDIRECTION, since=year),
        ask(acts, D.SERVICE, D.CHANNEL),
        ask(acts, D.OUTCOME, D.SERVICE, D.YEAR),
        ask(acts, D.UNMET_NEED, D.SCHOOL_YEAR),
        ask(acts, D.RESOURCE, D.MONTH),
        ask(acts, D.REDIRECTION, D.CENTRE, where={D.THEME: {theme}}),
        ask(acts, D.THEME, D.MONTH, where={D.NEED: {need}}),
        ask(acts, D.LANGUAGE, D.HOUR, where={D.REDIRECTION: {redirection}}),
        ask(acts, D.WEEKDAY, D.CHANNEL, D.YEAR),
        ask(acts, D.KIND, D.QUARTER, where={D.WEEKDAY: {5}}),
        ask(acts, D.NEED, D.MONTH, centre=12),
        ask(
            acts,
            D.NEED,
            D.OUTCOME,
            D.THEME,
            centre=12,
            where={D.NEED: {local(12, "need", 0), local(12, "need", 3)}},
        ),
        ask(acts, D.COUNTRY, D.YEAR, D.CHANNEL),
        ask(waits, D.THEME, D.YEAR),
        ask(waits, D.HOUR, D.WEEKDAY),
        ask(waits, D.CENTRE, since=year),
        ask(Unit.PASSAGES, D.CENTRE, D.MONTH),
        ask(Unit.PROFILES, D.AGE_BAND, D.GENDER, D.YEAR),
        ask(
            Unit.PROFILES,
            D.EDUCATION,
            D.STATUS,
            where={D.FIRST_VISIT: {NETWORK_CODES + OFFSETS["first_visit"]}},
        ),
        ask(Unit.PROFILES, D.PREFIX, D.METHOD),
    ]
