"""What every way out says around its figures, and how a figure is said where it is not a plain number."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.shared import charts
from parvis.statistics.shown import CrossTable, Figure, Hidden

Plain = int | float | str


def said(figure: Figure) -> str:
    """A figure in the page's language: a dash where it is hidden or unknown, a cross where it is never given, a point where nothing was counted."""
    if figure is None:
        return "·"
    if isinstance(figure, Hidden):
        return "×" if figure is Hidden.CHOSEN else "–"
    return charts.said(figure)


def plain(figure: Figure) -> Plain:
    """A figure for a machine: a number, or the same signs."""
    return said(figure) if figure is None or isinstance(figure, Hidden) else figure


def percent(figure: Figure) -> str:
    """A share: "31 %"."""
    if figure is None or isinstance(figure, Hidden):
        return said(figure)
    return _("%(n)s %%") % {"n": said(figure)}


def change(figure: Figure) -> str:
    """More or fewer than before: "+12 %"; a true minus sign, and nothing said where there is no change to tell."""
    if figure is None or isinstance(figure, Hidden):
        return said(figure)
    sign = "+" if figure > 0 else "−" if figure < 0 else "±"
    return _("%(sign)s%(n)s %%") % {"sign": sign, "n": charts.said(abs(figure))}


def change_said(table: CrossTable) -> str:
    """The change of the whole in one sentence, or why there is none to tell."""
    if not table.compared:
        return ""
    if isinstance(table.change, Hidden) or table.change is None:
        nothing = table.before == 0 and not isinstance(table.before, Hidden)
        said_of = (
            _("Compared with %(period)s: nothing was counted then.")
            if nothing
            else _("Compared with %(period)s: there is no change to tell.")
        )
        return said_of % {"period": table.compared}
    words = {
        "n": charts.said(abs(table.change)),
        "period": table.compared,
        "now": said(table.total),
        "before": said(table.before),
    }
    if table.change == 0:
        return _("As many as in %(period)s: %(now)s, then %(before)s.") % words
    if table.change > 0:
        return _("%(n)s %% more than in %(period)s: %(now)s, then %(before)s.") % words
    return _("%(n)s %% less than in %(period)s: %(now)s, then %(before)s.") % words


def number(figure: Figure) -> float | int | None:
    """What a picture draws: nothing where a figure is hidden."""
    return None if isinstance(figure, Hidden) else figure


def has_line_totals(table: CrossTable) -> bool:
    """Whether a column at the end says each line's total: not where every one of them is a sum that is never given."""
    given = any(line.total is not Hidden.CHOSEN for line in table.lines)
    return bool(table.along) and table.has_totals and given


def has_bounds(table: CrossTable) -> bool:
    """Whether a sample says between which bounds its percentages lie."""
    return any(line.low is not None for line in table.lines)


def heading(table: CrossTable) -> list[str]:
    """The heads of all columns, in the order of :func:`cells`."""
    found = [str(table.across), *(str(column) for column in table.columns)]
    if has_line_totals(table):
        found.append(_("Total"))
    if table.shares_of:
        found.append(_("Percent"))
    if has_bounds(table):
        found += [_("percent at least"), _("percent at most")]
    if table.compared:
        found += [str(table.compared), _("Change, percent")]
    return found


def rows(table: CrossTable) -> Iterator[tuple[str, list[Figure]]]:
    """Every line with its figures, and the totals last."""
    for line in table.lines:
        more = [line.total] if has_line_totals(table) else []
        more += [line.share] if table.shares_of else []
        more += [line.low, line.high] if has_bounds(table) else []
        more += [line.before, line.change] if table.compared else []
        yield str(line.label), [*line.figures, *more]
    if table.has_totals:
        more = [table.total] if has_line_totals(table) else []
        more += [100 if number(table.total) else None] if table.shares_of else []
        more += [None, None] if has_bounds(table) else []
        more += [table.before, table.change] if table.compared else []
        yield _("Total"), [*table.column_totals, *more]


def spoken(table: CrossTable) -> list[list[str]]:
    """Every row as it is read on the page and on paper, totals last."""
    last = -2 if table.compared else 0
    bounds = 2 if has_bounds(table) else 0
    found = []
    for label, figures in rows(table):
        told = [said(one) for one in figures]
        if table.compared:
            told[-1] = change(figures[-1])
        if table.shares_of:
            for place in range(last - 1 - bounds, last):
                told[place] = percent(figures[place])
        found.append([label, *told])
    return found


def signs(table: CrossTable) -> list[str]:
    """What the signs in this table mean, where it has any."""
    figures = [figure for _label, found in rows(table) for figure in found]
    found = []
    if Hidden.SMALL in figures or Hidden.SECOND in figures:
        found.append(_("–: few, or hidden with them, so that nobody can be made out"))
    if Hidden.UNKNOWN in figures:
        found.append(_("–: nobody counted it"))
    if Hidden.CHOSEN in figures:
        found.append(_("×: a sum over what somebody picked is not given outside the centre"))
    if None in figures:
        found.append(_("·: nothing to tell"))
    return found


def period(table: CrossTable) -> str:
    """“1 September 2025 – 31 August 2026”."""
    first, last = (date_format(day, "j F Y") for day in (table.first, table.last))
    return first if table.first == table.last else f"{first} – {last}"


def explained(table: CrossTable) -> list[tuple[str, str]]:
    """Everything a reader must know beside the figures: subject, words."""
    pairs = [
        (_("Figures of"), str(table.holder)),
        (_("Counted"), str(table.unit)),
        (_("What one is"), str(table.meaning)),
        (_("Period"), period(table)),
        (_("Compared with"), str(table.compared)),
        *((_("Only"), str(one)) for one in table.filters),
        (_("n"), "" if table.n is Hidden.CHOSEN else said(table.n)),
        (_("How it is known"), str(table.method)),
        (_("Percent"), str(table.shares_of)),
        (_("Protection"), str(table.protection)),
        *((_("Note"), str(one)) for one in table.notes),
        *((_("Sign"), one) for one in signs(table)),
    ]
    return [(subject, words) for subject, words in pairs if words]
