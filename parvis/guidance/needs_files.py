"""Unmet needs as tables for a file. Files leave the centre: small numbers are protected, and nobody is named.

Counts about visitors below ten are hidden and the others rounded to five, in each list (docs/decisions/0025-small-numbers.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from parvis.guidance.queries.needs.page import NeedsPage
from parvis.guidance.queries.needs.proposals import ProposalLine
from parvis.shared.disclosure import STEP, THRESHOLD, protected_list
from parvis.shared.sheets import Cell


@dataclass(frozen=True)
class Table:
    """One sheet of the workbook."""

    title: str
    heading: list[str]
    rows: list[list[Cell]]


def tables_of(page: NeedsPage, proposals: list[ProposalLine]) -> list[Table]:
    """Everything on the page; tables without a line are left out."""
    tables = [_recorded(page), _by_theme(page), _noted(page), _proposals(proposals)]
    return [table for table in tables if table.rows]


def tidy(tables: list[Table]) -> Iterator[list[Cell]]:
    """The same as one list, a cell a line: table, line, column, value."""
    for table in tables:
        for first, *cells in table.rows:
            for heading, cell in zip(table.heading[1:], cells, strict=True):
                yield [table.title, first, heading, cell]


def _times_heading() -> str:
    return _("times, rounded to five")


def _shown(n: int | None) -> Cell:
    return "–" if n is None else n


def _titles(proposals: list[object]) -> str:
    return "; ".join(str(proposal) for proposal in proposals)


def _recorded(page: NeedsPage) -> Table:
    covered = {line.label: _titles([*line.proposals]) for line in page.codes}
    counts = protected_list([(line.label, line.times) for line in page.codes])
    rows: list[list[Cell]] = [[label, _shown(n), covered[label]] for label, n in counts]
    return Table(_("Recorded with acts"), [_("Need"), _times_heading(), _("Proposals")], rows)


def _by_theme(page: NeedsPage) -> Table:
    """Each theme's list is protected on its own; what touched two themes stands under both."""
    labels = {line.code.pk: line.label for line in page.codes}
    rows: list[list[Cell]] = []
    for theme in page.themes:
        if page.theme and theme != page.theme:
            continue
        counts = [(labels[pk], n) for pk, n in page.crossed.get(theme.pk, {}).items() if pk in labels]
        rows += [[f"{theme} · {label}", _shown(n)] for label, n in protected_list(counts)]
    return Table(_("By theme"), [_("Theme and need"), _times_heading()], rows)


def _noted(page: NeedsPage) -> Table:
    rows: list[list[Cell]] = []
    for line in page.entries:
        voiced = STEP * round(line.need.voiced / STEP) if line.need.voiced >= THRESHOLD else None
        day = line.need.date.isoformat()
        rows.append([line.need.text, day, str(line.need.theme), _shown(voiced), _titles([*line.proposals])])
    heading = [_("Need"), _("Day"), _("Theme"), _("voiced by, rounded to five"), _("Proposals")]
    return Table(_("Noted by the team"), heading, rows)


def _proposals(lines: list[ProposalLine]) -> Table:
    """Without who is to be asked: a file names nobody."""
    rows: list[list[Cell]] = [
        [
            line.proposal.title,
            str(line.proposal.get_kind_display()),
            ", ".join(map(str, line.themes)),
            str(line.proposal.get_state_display()),
            line.proposal.due.isoformat() if line.proposal.due else "",
            line.proposal.plan,
            line.proposal.outcome,
        ]
        for line in lines
    ]
    heading = [_("Proposal"), _("Kind"), _("Themes"), _("State"), _("Due"), _("What would be done")]
    return Table(_("Proposals"), [*heading, _("What came of it")], rows)
