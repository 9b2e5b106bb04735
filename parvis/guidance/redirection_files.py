"""Redirections of a period as tables for a file. Where somebody was sent says something about them: small numbers are protected."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from parvis.guidance.models import FollowUp
from parvis.guidance.needs_files import Table
from parvis.guidance.queries.redirected import Counts, Redirected
from parvis.shared.disclosure import protected_list
from parvis.shared.sheets import Cell


def tables_of(found: Redirected) -> list[Table]:
    """Everything on the page; tables without a line are left out."""
    tables = [_by_theme(found), _to(found)]
    return [table for table in tables if table.rows]


def _cells(counts: Counts) -> list[Cell]:
    settled = [counts[one] for one in (FollowUp.MET, FollowUp.NOT_MET, FollowUp.UNKNOWN, FollowUp.OPEN)]
    return [counts["n"], counts["warm"], counts["cold"], *settled]


def _by_theme(found: Redirected) -> Table:
    heading = [
        _("Theme"),
        _("Redirections"),
        pgettext("redirection", "Warm"),
        pgettext("redirection", "Cold"),
        _("They met"),
        _("It did not happen"),
    ]
    heading += [_("Nobody knows"), _("To ask")]
    heading += [_("Own institution known of"), _("To one’s own institution, percent, rounded to five")]
    rows: list[list[Cell]] = [
        [str(line.theme.name), *_cells(line.counts), line.known, "–" if line.share is None else line.share]
        for line in found.by_theme
    ]
    if rows:
        share: Cell = "–" if found.share is None else found.share
        rows.append([_("All"), *_cells(found.total), found.known, share])
    return Table(_("Redirections by theme"), heading, rows)


def _to(found: Redirected) -> Table:
    rows: list[list[Cell]] = [[name, "–" if n is None else n] for name, n in protected_list(found.to)]
    return Table(_("To whom"), [_("Institution"), _("Redirections, rounded to five")], rows)
