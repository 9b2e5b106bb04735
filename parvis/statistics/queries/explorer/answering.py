"""Asks the engine: months out of their files, and those that no file holds whole read afresh, so that today counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from parvis.centres.models import Centre, Code, Network, Theme
from parvis.reception.queries.figures import figures_by_day
from parvis.statistics.cube.engine import answer
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Answer, Dimension, Question
from parvis.statistics.cube.store import Partition
from parvis.statistics.cube.words import Place, Words
from parvis.statistics.facts import fresh
from parvis.statistics.facts.clocks import settled_before
from parvis.statistics.facts.shelf import folder
from parvis.statistics.facts.snapshots import months_between, next_month
from parvis.statistics.models import Snapshot
from parvis.statistics.protection import Audience, protect
from parvis.statistics.queries.asked import response
from parvis.statistics.queries.explorer import late
from parvis.statistics.queries.explorer.asked import Asked
from parvis.statistics.queries.explorer.notes import METHODS
from parvis.statistics.queries.explorer.periods import DAY
from parvis.statistics.queries.explorer.tables import Read, tables
from parvis.statistics.queries.explorer.words import CODES, Vocabulary
from parvis.statistics.shown import CrossTable

ENOUGH, STEP = 100, 5


def tables_for(
    asked: Asked,
    audience: Audience,
    holder: Centre | Network,
    centres: Sequence[Centre],
    words: Vocabulary,
    at: datetime,
) -> list[CrossTable]:
    """The tables that answer a question which this audience may ask."""
    said = engine_words(centres)
    numbers = frozenset(one.pk for one in centres)
    begins = (asked.period.begins, 1)
    own = holder if isinstance(holder, Centre) else None
    then = None
    with fresh.one_reading():
        found = answered(asked.question(numbers), said, centres, at, of=own)
        if asked.other:
            earlier = answered(asked.question(numbers, asked.other), said, centres, at, of=own)
            then = protect(earlier, audience, school_year=begins)
    told = protect(found, audience, school_year=begins)
    told_late = _changed_late(asked, audience, centres)
    read = Read(asked, found, told, words, str(holder.name), _method(asked, holder, audience), then)
    return [replace(table, notes=[*table.notes, *told_late]) for table in tables(read)]


def _changed_late(asked: Asked, audience: Audience, centres: Sequence[Centre]) -> list[str]:
    """What of the period, and of the one compared with, is another figure than was first told: a query each."""
    found = []
    for over in (asked.period, asked.other):
        if over:
            by_day = over.span in (Dimension.DAY, Dimension.WEEK)
            found += late.changed(centres, over.first, over.last, units=[asked.unit], by_day=by_day)
    return late.said(found, exact=audience is Audience.TEAM)


def engine_words(centres: Sequence[Centre]) -> Words:
    """What centres' own numbers count as outside: two queries."""
    codes = Code.objects.filter(centre__in=centres).values_list("pk", "list", "network_code")
    themes = Theme.objects.filter(centre__in=centres).values_list("pk", "network_code")
    lists, mapped = {}, {}
    for pk, listed, network_code in codes:
        if listed in set(CODES):
            lists[pk] = Dimension(listed)
        if network_code is not None:
            mapped[pk] = network_code
    return Words(
        {one.pk: Place(one.network_id, one.country) for one in centres},
        {pk: network_code for pk, network_code in themes if network_code is not None},
        mapped,
        lists,
    )


def answered(
    question: Question, words: Words, centres: Sequence[Centre], at: datetime, *, of: Centre | None = None
) -> Answer:
    """Every month from its file; where the last day asked for was not settled when it was read, from the tables themselves.

    ``of`` one centre also the few months in which something changed since the night, so that its pages agree with one another.
    Raises :class:`~parvis.statistics.facts.fresh.BeingPrepared`.
    """
    files, missing = [], []
    known = {
        one.month: one
        for one in Snapshot.objects.in_force().filter(
            unit=question.unit.value, month__range=(question.first.replace(day=1), question.last)
        )
    }
    touched = fresh.touched_months(of, question.first, question.last) if of else set()
    own = folder()
    for month in months_between(question.first, question.last):
        one = known.get(month)
        needed = min(question.last, next_month(month) - DAY)
        if (
            one is None
            or month in touched
            or min(settled_before(centre, one.as_of) for centre in centres) <= needed
        ):
            missing.append(month)
        elif one.file:
            files.append(Partition(question.unit, month, own / one.file, one.rows))
    if any(month not in known for month in missing):
        missing = sorted(set(missing) - (fresh.without_any(missing) - set(known)))
    with fresh.readings(question.unit, centres, missing, at) as read:
        return answer(files, question, words, read)


def _method(asked: Asked, holder: Centre | Network, audience: Audience) -> str:
    """How the figures are known; of the public, also how many of those who could be asked said something.

    Outside the team that share is told of a hundred contacts or more, to the nearest five: it is protected like what it is a share of.
    """
    said = str(METHODS[asked.unit])
    if asked.unit is not Unit.PROFILES or not isinstance(holder, Centre):
        return said
    return method_of_answers(said, rate_told(holder, asked.period.first, asked.period.last, audience))


def rate_told(centre: Centre, first: date, last: date, audience: Audience) -> int | None:
    """Percent of the contacts of days with questions that answered, as far as this audience is told."""
    found = response(centre, list(figures_by_day(centre, first, last).values()))
    if audience is Audience.TEAM or found.percent is None:
        return found.percent
    return STEP * round(found.percent / STEP) if found.could >= ENOUGH else None


def method_of_answers(said: str, percent: int | None) -> str:
    """How answers of the public are known, with how many of those who could be asked gave any."""
    if percent is None:
        return said
    return _("%(how)s; %(n)s %% of the contacts of days with questions answered") % {
        "how": said,
        "n": percent,
    }
