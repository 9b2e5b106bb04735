"""The same answers, slowly: row by row in plain Python, straight from what the facts and dimensions are said to mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from math import ceil
from typing import Any

from parvis.shared.school_years import first_month
from parvis.statistics.cube.dimensions import CODED, PARTS, PLAIN, SPANS, start_of
from parvis.statistics.cube.facts import FACTS, Origin, Unit
from parvis.statistics.cube.questions import ALL, Answer, Count, Dimension, Key, Question, Value
from parvis.statistics.cube.store import Row
from parvis.statistics.cube.words import Words

Fact = dict[str, Any]


def reference(rows: Iterable[Row], question: Question, words: Words) -> Answer:
    names = [column.name for column in FACTS[question.unit]]
    facts = [dict(zip(names, row, strict=True)) for row in rows]
    facts = [
        fact
        for fact in facts
        if question.first <= fact["date"] <= question.last and fact["centre"] in question.centres
    ]
    said = (set(question.by) | set(question.where)) - PLAIN
    held: dict[Key, list[Fact]] = defaultdict(list)
    several, unmapped = {one for one in said & set(question.by) if _is_part(one, question)}, 0
    for fact in _standing(facts, said):
        along = _along(fact, question, words, said)
        if along is None:
            continue
        several |= {d for d, values in zip(question.by, along, strict=True) if len(values) > 2}
        if not (question.unit in PARTS and fact["code"] is None and several & set(PARTS[question.unit])):
            unmapped += fact["n"] * any(_loose(d, fact, question, words) for d in question.by)
        for key in product(*along):
            held[key].append(fact)
    cells = {key: _count(question.unit, found) for key, found in held.items()}
    return Answer(question, cells, frozenset(several), _left_out(facts, question, words, said), unmapped)


def _is_part(dimension: Dimension, question: Question) -> bool:
    return dimension in PARTS.get(question.unit, ())


def _along(fact: Fact, question: Question, words: Words, said: set[Dimension]) -> list[list[Any]] | None:
    """Along each dimension where a fact counts; ``None`` where it does not count at all."""
    part = next((one for one in said if _is_part(one, question)), None)
    whole = question.unit in PARTS and fact["code"] is None
    if question.unit in PARTS and not _stands(fact, part, question, words):
        return None
    for dimension in question.where:
        if whole and dimension == part:
            continue
        if not set(values_of(dimension, fact, question, words)) & question.where[dimension]:
            return None
    found: list[list[Any]] = []
    for dimension in question.by:
        values = [] if whole and dimension == part else values_of(dimension, fact, question, words)
        if dimension in question.where:
            values = [value for value in values if value in question.where[dimension]]
        found.append(values if dimension == part and not whole else [*values, ALL])
    return found


def _stands(fact: Fact, part: Dimension | None, question: Question, words: Words) -> bool:
    """A whole group where no code is asked for, or as the margin of its parts; a part under its own list."""
    if fact["code"] is None:
        return part is None or part in question.by
    return part is not None and words.lists.get(fact["code"]) == part


def _standing(facts: list[Fact], said: set[Dimension]) -> Iterator[Fact]:
    fitting = {Origin.RECORD}
    if not said:
        fitting |= {Origin.WHOLE, Origin.CORRECTION}
    if said == {Dimension.THEME}:
        fitting |= {Origin.BY_THEME}
    return (fact for fact in facts if fact["origin"] in fitting)


def _left_out(facts: list[Fact], question: Question, words: Words, said: set[Dimension]) -> int:
    if not said:
        return 0
    by_theme = {(f["centre"], f["date"]) for f in facts if f["origin"] == Origin.BY_THEME}
    found = 0
    for fact in facts:
        if fact["origin"] not in (Origin.WHOLE, Origin.CORRECTION) or fact.get("code") is not None:
            continue
        if (
            said == {Dimension.THEME}
            and fact["origin"] == Origin.WHOLE
            and (fact["centre"], fact["date"]) in by_theme
        ):
            continue
        plain = [d for d in question.where if d in PLAIN]
        if all(set(values_of(d, fact, question, words)) & question.where[d] for d in plain):
            found += fact["n"]
    return found


def values_of(dimension: Dimension, fact: Fact, question: Question, words: Words) -> list[Value]:
    place = words.centres.get(fact["centre"])
    if dimension in SPANS:
        return [start_of(dimension, fact["date"], first_month(place.country if place else ""))]
    match dimension:
        case Dimension.NETWORK:
            return [place.network if place else None]
        case Dimension.COUNTRY:
            return [place.country if place else None]
        case Dimension.WEEKDAY:
            return [fact["date"].weekday()]
    raw = _raw(dimension, fact, question)
    if question.in_network_words and (dimension in CODED or dimension == Dimension.THEME):
        counts_as = words.themes if dimension == Dimension.THEME else words.codes
        raw = [counts_as.get(code) for code in raw]
    return list(dict.fromkeys(raw))


def _raw(dimension: Dimension, fact: Fact, question: Question) -> list[Any]:
    if dimension in PARTS.get(question.unit, ()):
        return [fact["code"]]
    raw = fact["themes" if dimension == Dimension.THEME else dimension.value]
    if isinstance(raw, list):
        return raw or [None]
    return [None if raw == "" and dimension != Dimension.ARRIVAL else raw]


def _loose(dimension: Dimension, fact: Fact, question: Question, words: Words) -> bool:
    if not question.in_network_words or not (dimension in CODED or dimension == Dimension.THEME):
        return False
    counts_as = words.themes if dimension == Dimension.THEME else words.codes
    return any(code is not None and code not in counts_as for code in _raw(dimension, fact, question))


def _count(unit: Unit, facts: list[Fact]) -> Count:
    n, draw = sum(fact["n"] for fact in facts), sum(fact["draw"] for fact in facts)
    if unit != Unit.WAITS:
        return Count(n, draw)
    ranked = sorted(round(fact["seconds"] / 60) for fact in facts for _ in range(fact["n"]))
    half, slow = (60.0 * ranked[ceil(n * tenths / 10) - 1] for tenths in (5, 9))
    return Count(n, draw, half, slow)
