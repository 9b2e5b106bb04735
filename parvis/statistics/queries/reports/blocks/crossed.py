"""Cross-tables of the cube as blocks: any unit by one or two dimensions; the profile of the public, with n and method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.reception.queries.figures import figures_by_day
from parvis.statistics.cube.engine import CannotBeAsked
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import ALL, All, Answer, Dimension, Question, Value
from parvis.statistics.facts.fresh import BeingPrepared, one_reading
from parvis.statistics.protection import percent
from parvis.statistics.queries.asked import response
from parvis.statistics.queries.explorer.answering import answered, engine_words
from parvis.statistics.queries.explorer.notes import METHODS, unit_of
from parvis.statistics.queries.explorer.words import NAMES, TIMES, Vocabulary, vocabulary
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import CrossTable, Figure, Line

D = Dimension
PROFILE = (D.AGE_BAND, D.GENDER, D.EDUCATION, D.STATUS, D.AUDIENCE, D.FIRST_VISIT, D.REFERRAL)
MOST_COLUMNS = 12


class Chart(models.TextChoices):
    """What is drawn of a table with one column."""

    NONE = "", gettext_lazy("The table only")
    BARS = "bars", gettext_lazy("Bars and table")


@dataclass(frozen=True)
class _Read:
    """An answer in words: true counts, which the report protects with all its other tables."""

    asked: Asked
    answer: Answer
    words: Vocabulary

    @property
    def question(self) -> Question:
        return self.answer.question

    def at(self, *key: Value | All) -> int:
        """How many; none counted is nought."""
        found = self.answer.cells.get(tuple(key))
        return found.n if found else 0

    def values(self, place: int) -> list[Value]:
        """The values of a dimension that anything was counted in, in their order."""
        dimension = self.question.by[place]
        found = {key[place] for key in self.answer.cells if key[place] is not ALL}
        return sorted(
            (one for one in found if one is not ALL), key=lambda one: self.words.word(dimension, one).order
        )


def cross(asked: Asked) -> Content:
    """The table that the block’s settings ask for."""
    said = asked.settings
    unit = Unit(said.get("unit", Unit.ACTS.value))
    by = tuple(D(one) for one in (said.get("rows"), said.get("columns")) if one)
    if not by:
        return Content(missing=_("Choose what the lines are."))
    try:
        read = _read(asked, unit, by)
    except CannotBeAsked:
        return Content(missing=_("These figures cannot be broken down like this."))
    except BeingPrepared:
        return Content(missing=preparing_said())
    if not read.answer.total:
        return Content(missing=_("Nothing was counted in this period."))
    table = _table(read, _title(unit, by), str(METHODS[unit]))
    return Content([], [_kept(read, table, said.get("chart", ""))])


def profile(asked: Asked) -> Content:
    """Who came, as far as people said it: each list with n, method and how many answered."""
    try:
        with one_reading():
            return _profile(asked)
    except BeingPrepared:
        return Content(missing=preparing_said())


def _profile(asked: Asked) -> Content:
    words = vocabulary(asked.centre, [asked.centre], in_network_words=False)
    days = list(figures_by_day(asked.centre, asked.first, asked.last).values())
    said = response(asked.centre, days)
    tables = []
    for dimension in PROFILE:
        read = _read(asked, Unit.PROFILES, (dimension,), words)
        told = [one for one in read.values(0) if one is not None]
        if told:
            tables.append(_kept(read, _table(read, str(NAMES[dimension]), _method(said.percent)), "bars"))
    if not tables:
        return Content(missing=_("Nobody answered the voluntary questions in this period."))
    text = _("Questionnaires begun: %(n)s.") % {"n": figure_place(0)}
    base = Number(
        _("Questionnaires"), _read(asked, Unit.PROFILES, (), words).answer.total, Unit.PROFILES.value
    )
    note = _("They describe those who answered, not everybody who came.")
    return Content([Sentence(text, [base])], tables, note=note)


def preparing_said() -> str:
    """Instead of figures that have no files yet."""
    return _("These figures are being prepared. Take the figures again in some minutes.")


def _method(rate: int | None) -> str:
    if rate is None:
        return _("voluntary questions; how many could have been asked is not known")
    return _("voluntary questions; %(n)s %% of the contacts of days with questions answered") % {"n": rate}


def _read(asked: Asked, unit: Unit, by: tuple[Dimension, ...], words: Vocabulary | None = None) -> _Read:
    centre = asked.centre
    last = min(asked.last, centre.local_day(asked.at))
    question = Question(unit, by, asked.first, max(asked.first, last), frozenset({centre.pk}))
    answer = answered(question, engine_words([centre]), [centre], asked.at, of=centre)
    return _Read(asked, answer, words or vocabulary(centre, [centre], in_network_words=False))


def _title(unit: Unit, by: Sequence[Dimension]) -> str:
    names = {"unit": str(unit_of(unit).label), "rows": str(NAMES[by[0]]).lower()}
    if len(by) == 1:
        return _("%(unit)s by %(rows)s") % names
    return _("%(unit)s by %(rows)s and %(columns)s") % (names | {"columns": str(NAMES[by[1]]).lower()})


def _table(read: _Read, title: str, method: str) -> CrossTable:
    """Lines with true counts. Percentages are of the base, also where several answers were possible."""
    by, rows = read.question.by, read.values(0)
    columns = read.values(1)[:MOST_COLUMNS] if len(by) == 2 else []
    whole = read.answer.total
    lines = [_line(read, row, columns, whole) for row in rows]
    made = read.asked.table(
        title,
        str(unit_of(read.question.unit).label),
        NAMES[by[0]],
        [read.words.word(by[1], one).label for one in columns] or [str(unit_of(read.question.unit).label)],
        lines,
        total=whole,
        method=method,
    )
    totals: list[Figure] = [read.at(ALL, one) for one in columns]
    return replace(made, along=NAMES[by[1]] if columns else "", column_totals=totals, notes=_notes(read))


def _line(read: _Read, row: Value, columns: Sequence[Value], whole: int) -> Line:
    word = read.words.word(read.question.by[0], row)
    if columns:
        figures: list[Figure] = [read.at(row, one) for one in columns]
        return Line(word.label, figures, read.at(row, ALL), word.tint, word.shape)
    n = read.at(row)
    share = None if read.question.by[0] in TIMES else percent(n, whole)
    return Line(word.label, [n], None, word.tint, word.shape, share)


def _notes(read: _Read) -> list[str]:
    answer = read.answer
    found = [
        _("%(what)s: several answers possible, so its lines are not to be added up.") % {"what": NAMES[one]}
        for one in read.question.by
        if one in answer.several
    ]
    if answer.left_out:
        found.append(
            _("%(n)s more are known only as totals that cannot be divided like this.")
            % {"n": answer.left_out}
        )
    return found


def _kept(read: _Read, table: CrossTable, chart: str) -> Table:
    """With what the protection must know: which cells these are, in any table of any report."""
    question = read.question
    codes = [read.values(place)[: MOST_COLUMNS if place else None] for place in range(len(question.by))]
    axes: list[dict[str, Any]] = [
        {
            "name": dimension.value,
            "codes": [_code(one) for one in values],
            "several": dimension in _several(read),
        }
        for dimension, values in zip(question.by, codes, strict=True)
    ]
    name = "-".join(one.value for one in question.by)
    # Totals that nobody can divide are in one table and not in another: their bases are two cells.
    divided = [["only", "what can be divided"]] if read.answer.left_out else []
    minors = {"minors": True} if question.unit is Unit.PUPILS else {}
    about = {"about": [["unit", question.unit.value], *divided], "axes": axes} | minors
    return Table(f"{question.unit.value}-{name}", table, chart, about_people=True, question=about)


def _several(read: _Read) -> frozenset[Dimension]:
    """Dimensions whose lines do not add up: several answers, or columns that were too many."""
    cut = {
        dimension
        for place, dimension in enumerate(read.question.by)
        if place == 1 and len(read.values(1)) > MOST_COLUMNS
    }
    return read.answer.several | cut


def _code(value: Value) -> str:
    return "?" if value is None or value == "" else str(value)
