"""A partner's report of a period: figures, those of the period before beside them, and why totals differ. For page, PDF and sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.rota.ledger import Why
from parvis.rota.periods import Period
from parvis.rota.queries.ledger import Figures, Ledger, Names, differences, ledger, names
from parvis.shared.paper import pdf
from parvis.shared.sheets import Cell

SOURCE = Path(__file__).parent / "paper" / "ledger.typ"
EVERYBODY = ""
Row = tuple[str, Figures | None, Figures | None, Any, int | None]  # label, now, before, theme, institution
Value = int | Fraction | str | None
Table = tuple[str, list[str], list[list[Value]]]
WORDS: dict[Why, Promise] = {
    Why.ABSENT: gettext_lazy("absent, told before the day; nobody came instead"),
    Why.ABSENT_LATE: gettext_lazy("absent, told on the day or afterwards; nobody came instead"),
    Why.REPLACED_BY_OWN: gettext_lazy("absent and replaced from the same institution, for longer or shorter"),
    Why.REPLACED_BY_OTHER: gettext_lazy("absent, replaced by another institution"),
    Why.COVERED_OTHER: gettext_lazy("came instead of somebody of another institution"),
    Why.TO_COME: gettext_lazy("still to come, or not over yet"),
    Why.NOT_HELD: gettext_lazy("planned, but no seat was opened and nobody noted it"),
    Why.SHORTER: gettext_lazy("came later or left earlier than planned"),
    Why.LONGER: gettext_lazy("came earlier or stayed longer than planned"),
    Why.UNPLANNED: gettext_lazy("held without a planned slot"),
}
COLUMNS: list[tuple[Promise, Promise]] = [
    (
        gettext_lazy("Pledged"),
        gettext_lazy("What agreements in force promise, each day of a period an equal share of it; none while a partnership rests."),
    ),
    (
        gettext_lazy("Planned"),
        gettext_lazy("Duty slots of the published rota in the institution’s name, also where the person was absent then."),
    ),
    (
        gettext_lazy("Held"),
        gettext_lazy("From opening a seat to closing it, or as it was noted by hand; in whole minutes, for the institution to which the person belonged that day."),
    ),
    (
        gettext_lazy("Given otherwise"),
        gettext_lazy("Events of the agenda outside duty, and trainings and meetings that were noted with the partner."),
    ),
    (
        gettext_lazy("Full-time equivalents"),
        gettext_lazy("Time divided by that of a full-time year, as the centre counts it, for a period of this length; rounded so that the lines add up."),
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row: what it is, its figures, and those of the period before."""

    label: str
    now: Figures
    before: Figures
    fte: Fraction = Fraction(0)  # of everything given now
    pledged_fte: Fraction = Fraction(0)
    theme: Any = None
    key: int | None = None  # of the institution it is about


@dataclass(frozen=True)
class Step:
    """One step of the way from one total to the next; a ``total`` is the sum of all above it since the last one."""

    label: str
    now: int
    before: int | None
    total: bool = False


@dataclass(frozen=True)
class Report:
    """What a partner, or the whole centre, gave in a period."""

    centre: Centre
    name: str
    period: Period
    fte_hours: int
    total: Line
    themes: list[Line]
    months: list[Line]
    cells: list[Line]  # each theme in each month; of the whole centre, by partner
    partners: list[Line]  # of the whole centre only
    steps: list[Step]


def report(centre: Centre, period: Period, at: datetime, institution: int | None | str = EVERYBODY) -> Report:
    """The report of one institution (none: the centre's own staff), or of everybody: eighteen queries."""
    now, then, known = ledger(centre, period, at), ledger(centre, period.before, at), names(centre)
    total, before = now.total(institution), then.total(institution)
    given_fte, pledged_fte = now.fte([total.total])[0], now.fte([total.pledged])[0]
    return Report(
        centre=centre,
        name=centre.name if institution == EVERYBODY else _institution(institution, known),
        period=period,
        fte_hours=now.fte_hours,
        total=Line(_("Together"), total, before, given_fte, pledged_fte),
        themes=_by_theme(now, then, known, institution),
        months=_by_month(now, institution),
        cells=_by_cell(now, known, institution),
        partners=_by_partner(now, then, known) if institution == EVERYBODY else [],
        steps=_steps(now, then, institution),
    )


def _institution(key: int | None | str, known: Names) -> str:
    return known.institutions[key].name if isinstance(key, int) else _("The centre’s own staff")


def _by_partner(now: Ledger, then: Ledger, known: Names) -> list[Line]:
    rows, before = now.rows(0), then.rows(0)
    keys: list[int | None] = [key for key in known.institutions if key in rows or key in before]
    keys += [None] if None in rows or None in before else []
    return _lines(
        now, [(_institution(key, known), rows.get(key), before.get(key), None, key) for key in keys]
    )


def _by_theme(now: Ledger, then: Ledger, known: Names, institution: int | None | str) -> list[Line]:
    rows, before = now.rows(1, institution), then.rows(1, institution)
    found: list[Row] = [
        (str(theme.name), rows.get(key), before.get(key), theme, key)
        for key, theme in known.themes.items()
        if key in rows or key in before
    ]
    if None in rows or None in before:
        found.append((_("Any theme, or several"), rows.get(None), before.get(None), None, None))
    return _lines(now, found)


def _by_month(now: Ledger, institution: int | None | str) -> list[Line]:
    rows = now.rows(2, institution)
    named = [(month, capfirst(date_format(month, "F Y"))) for month in now.period.by_month]
    return _lines(now, [(name, rows.get(month), None, None, None) for month, name in named])


def _by_cell(now: Ledger, known: Names, institution: int | None | str) -> list[Line]:
    """Each theme in each month, what is nothing left out."""
    found = now.cells(institution)
    themes: dict[int | None, str] = {key: str(theme.name) for key, theme in known.themes.items()}
    themes[None] = _("Any theme, or several")
    one = institution if isinstance(institution, int) else None
    owners: list[int | None] = [*known.institutions, None] if institution == EVERYBODY else [one]
    rows: list[Row] = []
    for owner in owners:
        for theme, name in themes.items():
            for month in now.period.by_month:
                if figures := found.get((owner, theme, month)):
                    names = [name, capfirst(date_format(month, "F Y"))]
                    names = [_institution(owner, known), *names] if institution == EVERYBODY else names
                    rows.append((" · ".join(names), figures, None, None, None))
    return _lines(now, rows)


def _lines(
    now: Ledger, rows: list[tuple[str, Figures | None, Figures | None, Any, int | None]]
) -> list[Line]:
    nothing = Figures()
    given = now.fte([(row[1] or nothing).total for row in rows])
    pledged = now.fte([(row[1] or nothing).pledged for row in rows])
    return [
        Line(label, figures or nothing, before or nothing, fte, promised, theme, key)
        for (label, figures, before, theme, key), fte, promised in zip(rows, given, pledged, strict=True)
    ]


def _steps(now: Ledger, then: Ledger, institution: int | None | str) -> list[Step]:
    """From what was pledged a period before to what was given in this one; every step is exact."""
    total, before = now.total(institution), then.total(institution)
    here, there = dict(differences(now, institution)), dict(differences(then, institution))
    steps = [
        Step(_("Pledged in the period before"), before.pledged, None, total=True),
        Step(
            _("pledges that began, changed, rested or ended, and the number of days"),
            total.pledged - before.pledged,
            None,
        ),
        Step(_("Pledged"), total.pledged, before.pledged, total=True),
        Step(
            _("planned beyond what was pledged (+), or not planned (−)"),
            total.planned - total.pledged,
            before.planned - before.pledged,
        ),
        Step(_("Planned"), total.planned, before.planned, total=True),
    ]
    steps += [
        Step(str(WORDS[why]), here.get(why, 0), there.get(why, 0))
        for why in Why
        if why in here or why in there
    ]
    return [
        *steps,
        Step(_("Held"), total.held, before.held, total=True),
        Step(_("given otherwise: events, trainings, meetings"), total.given, before.given),
        Step(_("Given together"), total.total, before.total, total=True),
    ]


def clock(minutes: int | None) -> str:
    """Hours and minutes: 12:05; a real minus before what is less than nothing."""
    if minutes is None:
        return "–"
    return f"{'−' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def two(value: Fraction) -> str:
    """Two decimals in the reader's language; the value has no more."""
    return number_format(float(value), decimal_pos=2)


def as_pdf(found: Report, made_on: date) -> bytes:
    """The report on paper, in the active language."""
    said = {
        "title": _("What %(name)s gave: %(period)s") % {"name": found.name, "period": found.period.name},
        "language": (get_language() or "en").split("-")[0],
        "rtl": get_language_bidi(),
        "centre": found.centre.name,
        "lead": _("Made on %(day)s. Hours and minutes.") % {"day": date_format(made_on, "j F Y")},
        "foot": _("Figures are per institution, never per person."),
        "tables": [
            {"title": title, "heading": heading, "rows": [[_printed(cell) for cell in row] for row in rows]}
            for title, heading, rows in tables(found, on_paper=True)
        ],
        "explained_title": _("What each column counts"),
        "explained": [{"column": str(column), "words": str(words)} for column, words in COLUMNS],
        "fte": _("A full-time year has %(hours)s hours here.") % {"hours": found.fte_hours},
    }
    return pdf(SOURCE, said)


def tables(found: Report, *, on_paper: bool = False) -> list[Table]:
    """Every table of a report: its title, its heading, and rows of texts, minutes, and full-time equivalents (fractions).

    On paper, the whole centre's months of each partner and theme are left out: hundreds of lines, which the sheets have.
    """
    heading = [
        _("Pledged"), _("Planned"), _("Held"), _("Given otherwise"), _("Given together"),
        _("Pledged, full-time equivalents"), _("Given, full-time equivalents"), _("Given the period before"),
    ]  # fmt: skip
    cells = _("By partner, theme and month") if found.partners else _("By theme and month")
    named = [
        (_("By partner"), _("Partner"), found.partners, True),
        (_("By theme"), _("Theme"), found.themes, True),
        (_("By month"), _("Month"), found.months, False),
        (cells, cells, [] if on_paper and found.partners else found.cells, False),
    ]
    together = [_row(found.total)]
    made: list[Table] = [(_("All together"), [_("Period"), *heading], together)]
    made += [
        (title, [first, *heading[: None if before else -1]], [_row(line, before) for line in lines])
        for title, first, lines, before in named
        if lines
    ]
    steps: list[list[Value]] = [[step.label, step.now, step.before] for step in found.steps]
    why = [_("Step"), found.period.name, found.period.before.name]
    return [*made, (_("Why the totals differ"), why, steps)]


def _row(line: Line, before: bool = True) -> list[Value]:
    now = line.now
    figures: list[Value] = [
        line.label, now.pledged, now.planned, now.held, now.given, now.total, line.pledged_fte, line.fte,
    ]  # fmt: skip
    return [*figures, line.before.total] if before else figures


def _printed(cell: Value) -> str:
    if isinstance(cell, str):
        return cell
    return two(cell) if isinstance(cell, Fraction) else clock(cell)


def for_sheets(found: Report) -> dict[str, tuple[list[str], list[list[Cell]]]]:
    """The same as sheets: minutes as whole numbers, so that one can go on calculating; and what the columns count."""
    sheets: dict[str, tuple[list[str], list[list[Cell]]]] = {
        title: (
            heading,
            [[float(cell) if isinstance(cell, Fraction) else cell for cell in row] for row in rows],
        )
        for title, heading, rows in tables(found)
    }
    words: list[list[Cell]] = [[str(column), str(said)] for column, said in COLUMNS]
    sheets[_("What each column counts")] = ([_("Column"), _("Meaning")], words)
    return sheets


def for_csv(found: Report) -> list[list[Cell]]:
    """The same, a figure a line: table, line, column, value."""
    return [
        [title, str(row[0]), column, float(cell) if isinstance(cell, Fraction) else cell]
        for title, heading, rows in tables(found)
        for row in rows
        for column, cell in zip(heading[1:], row[1:], strict=True)
    ]
