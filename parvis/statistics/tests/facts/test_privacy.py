"""Nothing in a fact could name anybody, nor lead back to the row that it was made of."""

from __future__ import annotations

import re

import pytest

from parvis.statistics.cube.facts import FACTS, PROFILE_LISTS, Unit
from parvis.statistics.facts.dialect import PostgreSQL, SQLite
from parvis.statistics.facts.sources import SOURCES

pytestmark = pytest.mark.once
# Texts that a fact may hold: each from a closed list, but the start of a postcode, three characters.
# And where a school is, as the list of schools has it.
TEXTS = {"origin", "language", "arrival", "kind", "method", "prefix", "presence", "place"}
NUMBERS = {"centre", "site", "hour", "n", "draw", "themes", "channel", "service", "seconds", "code"}
LISTS = {"event_kind", "sector", "objective", "school_level", "school_net", "stream"}
LISTS |= {"need", "resource", "redirection", "outcome", "unmet_need", *PROFILE_LISTS}


@pytest.mark.parametrize("unit", Unit)
def test_a_fact_holds_what_is_counted_and_nothing_else(unit):
    kinds = {column.name: column.kind for column in FACTS[unit]}
    assert {name for name, kind in kinds.items() if kind == "VARCHAR"} <= TEXTS
    assert set(kinds) - TEXTS - {"date"} <= NUMBERS | LISTS
    assert not any("TIME" in kind or kind in {"BLOB", "UUID", "BIGINT"} for kind in kinds.values())


def test_what_describes_somebody_stands_apart_from_what_was_done():
    for unit in (Unit.EVENTS, Unit.PARTICIPANTS):  # for whom an event is meant says nothing of who came
        assert {column.name for column in FACTS[unit]} & {*PROFILE_LISTS, "prefix"} == {"audience"}
    for unit in set(Unit) - {Unit.PROFILES, Unit.EVENTS, Unit.PARTICIPANTS}:
        assert {column.name for column in FACTS[unit]} & {*PROFILE_LISTS, "prefix"} == set()
    profile = {column.name for column in FACTS[Unit.PROFILES]}
    assert profile & {"themes", "need", "service", "channel", "seconds"} == set()


def test_no_word_anybody_typed_is_read_at_all():
    telling = re.compile(r"\b(note|remark|reason|token|word|key|person|signed_by|made_by|email|name)\b")
    for _alias, source in SOURCES.values():
        for words in (SQLite(), PostgreSQL()):
            assert telling.findall(source.statement(words)) == []
