"""Plurality as lines of a file: the same figures as on the page."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.rota.queries.plurality import Plurality, Views
from parvis.shared.sheets import Cell


def heading() -> list[str]:
    """What each column is."""
    return [
        _("Theme"),
        _("Period"),
        _("Institutions"),
        _("Half-days"),
        _("With two institutions or more"),
        _("Percent"),
        _("Nobody on duty"),
        _("Minutes planned"),
        _("Largest institution’s share, percent"),
        _("Minutes held"),
        _("Largest institution’s share of what was held, percent"),
    ]


def rows(found: Views) -> list[list[Cell]]:
    """Each theme: the period, the one before it, and its months where it has several."""
    lines: list[list[Cell]] = []
    for line in found.lines:
        name = str(line.theme.name)
        lines.append([name, found.period.name, *_cells(line.now)])
        lines.append([name, found.period.before.name, *_cells(line.before)])
        if found.period.months > 1:
            for month, one in zip(found.period.by_month, line.months, strict=True):
                lines.append([name, date_format(month, "F Y"), *_cells(one)])
    return lines


def _cells(one: Plurality) -> list[Cell]:
    counted: list[Cell] = [one.institutions, one.half_days, one.with_two, one.share_with_two, one.empty]
    return [*counted, one.minutes, one.share_largest, one.held, one.share_held]
