"""What a report shows to its audience, and whether an audit lets it go.

All its tables about visitors are protected together, after everything that the centre published before: a cell that two tables
share is one cell, and a quarter is the sum of its months. Open data are protected in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.statistics.cube.facts import Unit
from parvis.statistics.models import Part, PublishedTable, Report
from parvis.statistics.protection import (
    Audience,
    Axis,
    CannotProtect,
    Cell,
    DoesNotAddUp,
    Figure,
    Figures,
    Finding,
    Hidden,
    Need,
    Publication,
    Relation,
    Sum,
    audit_after,
    by_size,
    cell,
    linked,
    may_stand,
    small,
    suppress_after,
    table,
    threshold,
)
from parvis.statistics.protection.publications import read_by
from parvis.statistics.queries.reports.content import Content, Sentence, Table, for_audience, from_json
from parvis.statistics.queries.reports.spans import months_from
from parvis.statistics.queries.reports.sums import PERIOD, by_period, of_period, sums_of
from parvis.statistics.shown import CrossTable, Line

SECONDS = 10.0  # for the search of what to hide besides; the audit takes the time it takes
BASE = 100  # as many times its size costs it to hide how many answered a survey
At = tuple[Hashable | None, ...]


@dataclass(frozen=True)
class Leaving:
    """What is about to leave: whose, over which days, for whom. ``report``: which one, where it is one."""

    centre: Centre
    first: date
    last: date
    audience: Audience
    report: int | None = None


@dataclass(frozen=True)
class Logged:
    """A table for the log of publications. ``part``: the place of its block in the report."""

    part: int
    name: str
    question: dict[str, Any]
    cells: list[Any]


@dataclass(frozen=True)
class Verdict:
    """Each part as its audience would read it; ``failures`` say in words why it may not leave."""

    contents: list[Content]
    failures: list[str] = field(default_factory=list)
    tables: list[Logged] = field(default_factory=list)


@dataclass(frozen=True)
class _Asked:
    """One table about people: where it stands, and the cell of each of its figures."""

    part: int
    place: int
    table: Table
    about: Cell
    axes: tuple[Axis, ...]

    @property
    def counts(self) -> dict[At, int]:
        """Its figures and margins by the codes of their axes."""
        shown = self.table.table
        found: dict[At, int] = {(None,) * len(self.axes): _count(shown.total)}
        for row, line in zip(self.axes[0].codes, shown.lines, strict=True):
            if len(self.axes) == 1:
                found[(_code(row),)] = _count(line.figures[0])
                continue
            found[_code(row), None] = _count(line.total)
            for column, figure in zip(self.axes[1].codes, line.figures, strict=True):
                found[_code(row), _code(column)] = _count(figure)
        for column, figure in zip(self.axes[-1].codes, shown.column_totals, strict=False):
            if len(self.axes) == 2:
                found[None, _code(column)] = _count(figure)
        return found

    def figures(self) -> Figures:
        """The same as the protection reads it."""
        return by_period(table(self.counts, self.axes, about=self.about))

    def named(self, at: At) -> Cell:
        """The cell at these codes."""
        return of_period(cell(self.axes, at, self.about))

    def label(self, at: At) -> str:
        """“Profile by age: 15–29, women”."""
        shown = self.table.table
        words = [str(shown.title)]
        labels: list[Sequence[Any]] = [[line.label for line in shown.lines], list(shown.columns)]
        for axis, code, names in zip(self.axes, at, labels, strict=False):
            if code is not None:
                words.append(str(names[axis.codes.index(code)]))
        return ", ".join(words)


def verdict_on(report: Report, parts: Sequence[Part]) -> Verdict:
    """How a draft would be shown, and whether it may be: true figures for the team."""
    leaving = Leaving(report.centre, report.first, report.last, Audience(report.audience), report.pk)
    return verdict(leaving, [from_json(part.figures) for part in parts])


def verdict(leaving: Leaving, told: Iterable[Content]) -> Verdict:
    """How these blocks would be shown, and whether they may be, after everything that the centre published before."""
    contents = [for_audience(content, leaving.audience) for content in told]
    asked = [] if leaving.audience is Audience.TEAM else _asked(leaving, contents)
    if not asked:
        return Verdict(contents)
    return _protected(leaving, contents, asked)


def _protected(leaving: Leaving, contents: list[Content], asked: list[_Asked]) -> Verdict:
    audience = leaving.audience
    said = _said(leaving, contents)
    earlier = [*_earlier(leaving), said]
    try:
        figures = linked(*(one.figures() for one in asked))
        own = frozenset(figures.values)
        sums = sums_of(own, earlier)
        figures = _with_rests(figures, read_by(audience, earlier), sums)
        rests = frozenset(one for one in figures.values if any(isinstance(code, tuple) for _n, code in one))
        private = (own | rests) - frozenset(said.figures.values)
        needs, from_partners = (
            _but(_small(figures, asked, readers), private) for readers in (audience, Audience.PARTNERS)
        )
        new = Publication(figures, frozenset(), needs, audience, from_partners)
        found = suppress_after(new, earlier, sums=sums, cost=_cost(asked), seconds=SECONDS)
    except DoesNotAddUp as error:
        return Verdict(
            contents, [_("Two tables tell different numbers of the same: %(what)s") % {"what": error}]
        )
    except CannotProtect:
        reason = _(
            "With what was published before, nothing protects the small figures of these tables: %(tables)s"
        )
        return Verdict(
            contents, [reason % {"tables": ", ".join(str(one.table.table.title) for one in asked)}]
        )
    new = replace(new, hidden=found.hidden)
    audited = audit_after(new, earlier, sums)
    shown = [_shown(content, number, asked, new) for number, content in enumerate(contents)]
    failures = [_in_words(one, asked) for one in audited.findings]
    return Verdict(shown, failures, [_logged(one, found.hidden, found.second) for one in asked])


def _said(leaving: Leaving, contents: Sequence[Content]) -> Publication:
    """Totals of the centre's work that stand in sentences, exact for everybody (docs/decisions/0025): nothing hides them again."""
    values = {
        _about(leaving, {"about": [["unit", number.unit]]}): int(number.value)
        for content in contents
        for sentence in content.sentences
        for number in sentence.numbers
        if number.unit in set(Unit) and isinstance(number.value, int)
    }
    return Publication(Figures(values, ()), frozenset(), {}, leaving.audience)


def _small(figures: Figures, asked: Sequence[_Asked], audience: Audience) -> dict[Cell, Need]:
    """What is too small for these readers."""
    pupils = [one.about for one in asked if (one.table.question or {}).get("minors")]
    return small(figures, threshold(audience)) | _of_pupils(pupils, figures, audience)


def _of_pupils(about: Sequence[Cell], figures: Figures, audience: Audience) -> dict[Cell, Need]:
    """Below ten where a table is of pupils, whoever reads it."""
    strict = small(figures, threshold(audience, minors=True)) if about else {}
    return {found: need for found, need in strict.items() if any(one <= found for one in about)}


def _cost(asked: Sequence[_Asked]) -> Callable[[Cell, int], float]:
    """By size; the base of a survey last of all, because without it none of its percentages says anything."""
    bases = {one.about for one in asked if any(name == "survey" for name, _code in one.about)}
    return lambda found, value: by_size(found, value) * (BASE if found in bases else 1)


def _but(needs: dict[Cell, Need], of: frozenset[Cell]) -> dict[Cell, Need]:
    return {found: need for found, need in needs.items() if found in of}


def _with_rests(figures: Figures, earlier: Sequence[Publication], sums: Iterable[Sum]) -> Figures:
    """The same with what is left of a period when its published parts are taken away: a quarter less two months is the third."""
    known = {found: each.figures.values[found] for each in earlier for found in each.told()}
    known |= figures.values  # as they are now: a figure that was corrected since is another one than was told
    values, relations, unprinted = dict(figures.values), list(figures.relations), set(figures.unprinted)
    for every in sums:
        for found in figures.values:
            about = found - {(every.name, every.whole)}
            parts = [part for code in every.parts if (part := about | {(every.name, code)}) in known]
            left = figures.values[found] - sum(known[part] for part in parts)
            if len(about) == len(found) or not parts or len(parts) == len(every.parts) or left < 0:
                continue
            rest = about | {(every.name, ("rest of", every.whole))}
            values |= {rest: left} | {part: known[part] for part in parts}
            unprinted |= {rest, *(part for part in parts if part not in figures.values)}
            relations.append(Relation(found, (*parts, rest)))
    return Figures(values, tuple(relations), frozenset(unprinted))


def _asked(leaving: Leaving, contents: Sequence[Content]) -> list[_Asked]:
    return [
        _Asked(part, place, one, _about(leaving, one.question), _axes(one.question))
        for part, content in enumerate(contents)
        for place, one in enumerate(content.tables)
        if one.about_people and one.question and one.table.lines
    ]


def _about(leaving: Leaving, question: dict[str, Any]) -> Cell:
    period = months_from(leaving.first, leaving.last)
    name = period.key if period else f"{leaving.first}/{leaving.last}"
    own = {PERIOD: name} | {k: v for k, v in question["about"]}  # a sample has a period of its own
    return frozenset({("centre", leaving.centre.pk), *own.items()})


def _axes(question: dict[str, Any]) -> tuple[Axis, ...]:
    return tuple(Axis(one["name"], tuple(one["codes"]), several=one["several"]) for one in question["axes"])


def _earlier(leaving: Leaving) -> list[Publication]:
    """What the centre published before, oldest first: one query."""
    rows = PublishedTable.objects.filter(centre=leaving.centre)
    if leaving.report:
        rows = rows.exclude(report=leaving.report)
    found: dict[tuple[int | None, int | None], list[PublishedTable]] = {}
    for row in rows.order_by("published_at", "report", "edition", "pk"):
        found.setdefault((row.report_id, row.edition_id), []).append(row)
    return [_publication(tables) for tables in found.values()]


def _publication(rows: list[PublishedTable]) -> Publication:
    audience, hidden = Audience(rows[0].audience), set()
    tables = []
    for row in rows:
        axes = _axes(row.question)
        about = frozenset((k, v) for k, v in row.question["about"])
        counts = {tuple(at): n for at, n, _why in row.cells}
        hidden |= {of_period(cell(axes, tuple(at), about)) for at, _n, why in row.cells if why}
        tables.append(by_period(table(counts, axes, about=about)))
    figures = linked(*tables)
    pupils = [
        frozenset((k, v) for k, v in row.question["about"]) for row in rows if row.question.get("minors")
    ]
    needs, from_partners = (
        small(figures, threshold(readers)) | _of_pupils(pupils, figures, readers)
        for readers in (audience, Audience.PARTNERS)
    )
    return Publication(figures, frozenset(hidden), needs, audience, from_partners)


def _shown(content: Content, part: int, asked: Sequence[_Asked], new: Publication) -> Content:
    """The block with what is hidden taken out, and percentages with it."""
    tables, sentences = list(content.tables), list(content.sentences)
    for one in asked:
        if one.part == part:
            tables[one.place] = replace(one.table, table=_masked(one, new.hidden))
            base_is_hidden = one.named((None,) * len(one.axes)) in new.hidden
            mean_tells = not base_is_hidden and not _mean_may_stand(one, new)
            # What a sentence says of this table is its base, or the mean of its lines.
            own = [said for said in sentences if said.of in ("", one.table.name)]
            silent = {id(said) for said in own if said.is_mean and (base_is_hidden or mean_tells)}
            sentences = [
                _silenced(said) if base_is_hidden and said in own else said
                for said in sentences
                if id(said) not in silent
            ]
    return replace(content, tables=tables, sentences=sentences)


def _silenced(said: Sentence) -> Sentence:
    return replace(said, numbers=[replace(n, value=Hidden.SMALL) for n in said.numbers])


def _mean_may_stand(one: _Asked, new: Publication) -> bool:
    """Whether the mean of a scale's points may be told beside its lines; what was hidden is counted as it is, not as it is weighed."""
    points = (one.table.question or {}).get("points", [])
    if not points:
        return True
    cells = {point: one.named((str(point),)) for point in points}
    counts = {point: new.figures.values.get(found, 0) for point, found in cells.items()}
    usual = {found: Need(value, value) for found, value in new.figures.values.items()}
    needs = {
        point: new.needs.get(found, usual[found]) for point, found in cells.items() if found in new.hidden
    }
    return may_stand(points, counts, needs)


def _masked(one: _Asked, hidden: frozenset[Cell]) -> CrossTable:
    shown = one.table.table

    def told(figure: Figure, at: At) -> Figure:
        # Small ones and those hidden for their sake look the same: who could tell them apart would know more.
        return figure if figure is None or one.named(at) not in hidden else Hidden.SMALL

    whole: At = (None,) * len(one.axes)
    base = told(shown.total, whole)
    lines = [
        _line(one, line, row, told, base) for row, line in zip(one.axes[0].codes, shown.lines, strict=True)
    ]
    rows: tuple[None, ...] = (None,)
    totals = [
        told(figure, (*rows, _code(column)))
        for column, figure in zip(one.axes[-1].codes, shown.column_totals, strict=False)
    ]
    return replace(shown, lines=lines, column_totals=totals, total=base, n=told(shown.n, whole))


def _share(line: Line, figure: Figure, base: Figure) -> Figure:
    """A share of a hidden base would give the base away."""
    hidden = [one for one in (figure, base) if isinstance(one, Hidden)]
    return hidden[0] if hidden and line.share is not None else line.share


def _line(one: _Asked, line: Line, row: Any, told: Any, base: Figure) -> Line:
    if len(one.axes) == 1:
        figure = told(line.figures[0], (_code(row),))
        share = _share(line, figure, base)
        if isinstance(share, Hidden) and line.low is not None:
            line = replace(line, low=share, high=share)
        return replace(line, figures=[figure], share=share)
    total = told(line.total, (_code(row), None))
    figures = [
        told(figure, (_code(row), _code(column)))
        for column, figure in zip(one.axes[1].codes, line.figures, strict=True)
    ]
    return replace(line, figures=figures, total=total, share=_share(line, total, base))


def _why(found: Cell, hidden: frozenset[Cell], second: frozenset[Cell]) -> Hidden | None:
    if found not in hidden:
        return None
    return Hidden.SECOND if found in second else Hidden.SMALL


def _logged(one: _Asked, hidden: frozenset[Cell], second: frozenset[Cell]) -> Logged:
    cells = []
    for at, n in one.counts.items():
        why = _why(one.named(at), hidden, second)
        cells.append([list(at), n, why.value if why else ""])
    question = {
        "about": sorted([name, code] for name, code in one.about),
        "axes": [
            {"name": axis.name, "codes": list(axis.codes), "several": axis.several} for axis in one.axes
        ],
        **({"minors": True} if (one.table.question or {}).get("minors") else {}),
    }
    return Logged(one.part, f"{one.part}-{one.table.name}", question, cells)


def _in_words(finding: Finding, asked: Sequence[_Asked]) -> str:
    """Which cell, and between what an outsider knows it to be; a cell of an earlier report where no table of this one has it."""
    for one in asked:
        for at in one.counts:
            if one.named(at) == finding.cell:
                return _interval(finding, one.label(at))
    return _interval(finding, _("a figure hidden in an earlier report, or between two figures of this one"))


def _interval(finding: Finding, what: str) -> str:
    high = finding.interval.high
    if high is not None and high == finding.interval.low:
        return _("%(what)s: exactly computable.") % {"what": what}
    said = {"what": what, "low": finding.interval.low, "high": "∞" if high is None else high}
    return _("%(what)s: known to be between %(low)s and %(high)s.") % said


def _count(figure: Figure) -> int:
    return int(figure) if isinstance(figure, int | float) else 0


def _code(code: Any) -> str | None:
    return None if code is None else str(code)
