"""What a report shows to its audience, and whether an audit lets it go.

All its tables about visitors are protected together, after everything that the centre published before: a cell that two tables
share is one cell, and a quarter is the sum of its months. Open data are protected in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from parvis.statistics.cube.facts import Unit
from parvis.statistics.models import Part, PublishedTable, Report
from parvis.statistics.protection import (
    Audience,
    CannotProtect,
    Cell,
    DoesNotAddUp,
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
    small,
    suppress_after,
    table,
    threshold,
)
from parvis.statistics.protection.publications import read_by
from parvis.statistics.queries.reports.asked import Asked, Leaving, about_of, asked_of, axes_of
from parvis.statistics.queries.reports.content import Content, for_audience, from_json
from parvis.statistics.queries.reports.masked import shown_to
from parvis.statistics.queries.reports.sums import by_period, of_period, sums_of

SECONDS = 10.0  # for the search of what to hide besides; the audit takes the time it takes
BASE = 100  # as many times its size costs it to hide how many answered a survey


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


def verdict_on(report: Report, parts: Sequence[Part]) -> Verdict:
    """How a draft would be shown, and whether it may be: true figures for the team."""
    leaving = Leaving(report.centre, report.first, report.last, Audience(report.audience), report.pk)
    return verdict(leaving, [from_json(part.figures) for part in parts])


def verdict(leaving: Leaving, told: Iterable[Content]) -> Verdict:
    """How these blocks would be shown, and whether they may be, after everything that the centre published before."""
    contents = [for_audience(content, leaving.audience) for content in told]
    asked = [] if leaving.audience is Audience.TEAM else asked_of(leaving, contents)
    if not asked:
        return Verdict(contents)
    return _protected(leaving, contents, asked)


def _protected(leaving: Leaving, contents: list[Content], asked: list[Asked]) -> Verdict:
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
    shown = [shown_to(content, number, asked, new) for number, content in enumerate(contents)]
    failures = [_in_words(one, asked) for one in audited.findings]
    return Verdict(shown, failures, [_logged(one, found.hidden, found.second) for one in asked])


def _said(leaving: Leaving, contents: Sequence[Content]) -> Publication:
    """Totals of the centre's work that stand in sentences, exact for everybody (docs/decisions/0025): nothing hides them again."""
    values = {
        about_of(leaving, {"about": [["unit", number.unit]]}): int(number.value)
        for content in contents
        for sentence in content.sentences
        for number in sentence.numbers
        if number.unit in set(Unit) and isinstance(number.value, int)
    }
    return Publication(Figures(values, ()), frozenset(), {}, leaving.audience)


def _small(figures: Figures, asked: Sequence[Asked], audience: Audience) -> dict[Cell, Need]:
    """What is too small for these readers."""
    pupils = [one.about for one in asked if (one.table.question or {}).get("minors")]
    return small(figures, threshold(audience)) | _of_pupils(pupils, figures, audience)


def _of_pupils(about: Sequence[Cell], figures: Figures, audience: Audience) -> dict[Cell, Need]:
    """Below ten where a table is of pupils, whoever reads it."""
    strict = small(figures, threshold(audience, minors=True)) if about else {}
    return {found: need for found, need in strict.items() if any(one <= found for one in about)}


def _cost(asked: Sequence[Asked]) -> Callable[[Cell, int], float]:
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
        axes = axes_of(row.question)
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


def _why(found: Cell, hidden: frozenset[Cell], second: frozenset[Cell]) -> Hidden | None:
    if found not in hidden:
        return None
    return Hidden.SECOND if found in second else Hidden.SMALL


def _logged(one: Asked, hidden: frozenset[Cell], second: frozenset[Cell]) -> Logged:
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


def _in_words(finding: Finding, asked: Sequence[Asked]) -> str:
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
