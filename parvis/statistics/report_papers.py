"""A report as PDF and as a workbook. Both are made of what its page is made of, and compute nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.shared.kept_papers import kept_pdf
from parvis.shared.paper import pdf
from parvis.shared.sheets import Cell, xlsx
from parvis.statistics.models import Report
from parvis.statistics.queries.reports.pages import ReportPage, ShownPart, ShownTable
from parvis.statistics.shown import Audience, Figure, Hidden

SOURCE = Path(__file__).parent / "paper" / "report.typ"


def report_pdf(page: ReportPage) -> bytes:
    """The report as an accessible PDF, in its own language."""
    with translation.override(page.report.language):
        return pdf(SOURCE, _said(page))


def published_pdf(page: ReportPage) -> bytes:
    """The same of a published report, kept: everybody may ask for it, and setting it takes a processor a while."""
    with translation.override(page.report.language):
        return kept_pdf(SOURCE, _said(page))


def _said(page: ReportPage) -> dict[str, Any]:
    """What the paper is set from."""
    report = page.report
    return {
        "title": report.title,
        "language": report.language,
        "rtl": report.language in settings.LANGUAGES_BIDI,
        "centre": str(report.centre.name),
        "state": state_of(page),
        "draft": _("Draft") if report.is_draft else "",
        "parts": [_part(one) for one in page.parts],
        "notes": notes_of(page),
        "notes_title": _("How to read this report"),
        "foot": f"{report.centre.name} · {page.period}",
    }


def state_of(page: ReportPage) -> str:
    """In one line: published when, or a draft of which time; and what it replaces or was replaced by."""
    report = page.report
    if report.is_draft:
        when = date_format(report.centre.local(report.refreshed_at), "j F Y, H:i")
        return _("Draft, with the figures of %(when)s. True figures, for the team only.") % {"when": when}
    said = _("Published on %(day)s.") % {"day": _day(report)}
    if page.replaced_by and page.replaced_by.published_at:
        why = {"day": _day(page.replaced_by), "why": page.replaced_by.reason}
        said += " " + _("Replaced by a corrected report on %(day)s: %(why)s") % why
    if report.corrects:
        said += " " + _("It corrects the report published on %(day)s: %(why)s") % {
            "day": _day(report.corrects),
            "why": report.reason,
        }
    return said


def _day(report: Report) -> str:
    """On which day of its centre it was published."""
    at = report.published_at
    return date_format(report.centre.local(at), "j F Y") if at else ""


def notes_of(page: ReportPage) -> list[str]:
    """What a reader must know: units, protection, signs."""
    said = [
        _(
            "Passages, contacts, acts and participants are counted each in its own unit and are never added together."
        )
    ]
    threshold = {Audience.PARTNERS: 5, Audience.PUBLIC: 10}.get(Audience(page.report.audience))
    if threshold and not page.report.is_draft:
        said.append(
            _(
                "Figures about visitors below %(n)d are hidden, and others with them, so that nobody can compute them;"
                " an audit made sure of it before this report was published."
            )
            % {"n": threshold}
        )
    if page.hides:
        said.append(_("–: hidden, because it is small or would give a small one away."))
    return said


def _part(one: ShownPart) -> dict[str, Any]:
    return {
        "title": one.part.title,
        "sentences": [
            [[text, is_figure] for text, is_figure in said.pieces] for said in one.content.sentences
        ],
        "lines": list(one.content.lines),
        "tables": [_table(table) for table in one.tables],
        "note": one.content.note,
        "missing": one.content.missing,
        "plain": not one.content.sentences and not one.content.tables,
    }


def _table(shown: ShownTable) -> dict[str, Any]:
    table = shown.table.table
    heads = _heads(shown)
    rows = [
        [
            line.label,
            *(text for text, _is_hidden in line.cells),
            *([line.total] if shown.has_totals else []),
            *([line.share] if shown.has_shares else []),
            *(line.bounds if shown.has_bounds else []),
        ]
        for line in shown.lines
    ]
    widths = [line.width if shown.table.chart else 0 for line in shown.lines]
    if shown.totals:
        rows.append([_("Total"), *shown.totals_said, *[""] * (shown.has_shares + 2 * shown.has_bounds)])
        widths.append(0)
    return {
        "title": str(table.title),
        "heads": heads,
        "rows": rows,
        "widths": widths,
        "foot": method_of(shown),
        "notes": [str(note) for note in table.notes],
    }


def _heads(shown: ShownTable) -> list[str]:
    table = shown.table.table
    heads = [str(table.across), *(str(one) for one in table.columns)]
    heads += [_("Total")] if shown.has_totals else []
    heads += [_("Percent")] if shown.has_shares else []
    return heads + ([_("percent at least"), _("percent at most")] if shown.has_bounds else [])


def method_of(shown: ShownTable) -> str:
    """“acts · n = 1,205 · counted at each visit”."""
    table = shown.table.table
    parts = [str(table.unit), f"n = {shown.n}" if table.n is not None else "", str(table.method)]
    return " · ".join(part for part in parts if part)


def report_xlsx(page: ReportPage) -> bytes:
    """A sheet of sentences’ figures, one for each table with real numbers, and one that explains."""
    report = page.report
    with translation.override(report.language):
        sheets: dict[str, tuple[list[str], list[list[Cell]]]] = {_("Figures"): _figures(page)}
        for one in page.parts:
            for shown in one.tables:
                sheets[_free(str(shown.table.table.title), sheets)] = _sheet(shown)
        words = [[one.part.title, line] for one in page.parts for line in one.content.lines]
        if words:
            sheets[_free(_("Texts"), sheets)] = ([_("Block"), _("Text")], [list(row) for row in words])
        sheets[_free(_("How to read it"), sheets)] = ([_("About"), ""], _explained(page))
        return xlsx(dict(sheets))


def _figures(page: ReportPage) -> tuple[list[str], list[list[Cell]]]:
    rows: list[list[Cell]] = [
        [one.part.title, number.label, _cell(number.value), number.unit]
        for one in page.parts
        for said in one.content.sentences
        for number in said.numbers
    ]
    return [_("Block"), _("Figure"), _("Value"), _("Unit")], rows


def _sheet(shown: ShownTable) -> tuple[list[str], list[list[Cell]]]:
    table = shown.table.table
    rows: list[list[Cell]] = []
    for line in table.lines:
        row: list[Cell] = [str(line.label), *(_cell(one) for one in line.figures)]
        row += [_cell(line.total)] if shown.has_totals else []
        row += [_cell(line.share)] if shown.has_shares else []
        row += [_cell(line.low), _cell(line.high)] if shown.has_bounds else []
        rows.append(row)
    if shown.totals:
        rows.append([_("Total"), *(_cell(one) for one in shown.totals)])
    return _heads(shown), rows


def _cell(value: Figure) -> Cell:
    """A real number; a sign where it is hidden."""
    if isinstance(value, Hidden):
        return "–"
    return value


def _explained(page: ReportPage) -> list[list[Cell]]:
    report: Report = page.report
    rows: list[list[Cell]] = [
        [_("Report"), report.title],
        [_("Centre"), str(report.centre.name)],
        [_("Period"), f"{report.first.isoformat()} – {report.last.isoformat()}"],
        [_("State"), state_of(page)],
        [_("For whom"), report.get_audience_display()],
    ]
    for one in page.parts:
        for shown in one.tables:
            rows.append([str(shown.table.table.title), method_of(shown)])
            rows += [["", str(note)] for note in shown.table.table.notes]
        rows += [[one.part.title, said] for said in (one.content.note, one.content.missing) if said]
    rows += [[_("Note"), note] for note in notes_of(page)]
    return rows


def _free(name: str, taken: dict[str, Any]) -> str:
    """The name, or with a number where another sheet has it."""
    short = name[:28]
    names = [short, *(f"{short[:26]} {n}" for n in range(2, len(taken) + 3))]
    folded = {other.casefold() for other in taken}
    return next(one for one in names if one.casefold() not in folded)
