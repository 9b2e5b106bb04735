"""The published rota as lines of a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from parvis.rota.queries.published import Cell, Row, Stretch
from parvis.rota.queries.sight import Sight
from parvis.shared.sheets import Cell as Value


def title() -> str:
    """The name of the sheet."""
    return _("Rota")


def lines(found: Stretch, sight: Sight) -> tuple[list[str], Iterator[list[Value]]]:
    """A heading, and a line for each person on duty and for each seat that is free; institutions for who plans alone."""
    heading = [
        _("Day"),
        _("Begins"),
        _("Ends"),
        _("Site"),
        _("Duty"),
        _("Theme"),
        _("Room"),
        _("Who"),
        _("State"),
    ]
    if sight.plans:
        heading.append(_("Institution"))
    return heading, (line for row in found.rows for cell in row.cells for line in _cell(row, cell, sight))


def _cell(row: Row, cell: Cell, sight: Sight) -> Iterator[list[Value]]:
    half_day, lane = row.half_day, cell.lane
    place: list[Value] = [half_day.date, half_day.starts, half_day.ends, str(half_day.site)]
    what: list[Value] = [str(lane.duty.label), str(lane.theme or "")]
    for one in cell.people:
        room = str(one.slot.space or "")
        more: list[Value] = [one.institution] if sight.plans else []
        yield [*place, *what, room, one.name, str(one.slot.get_state_display()), *more]
    for _n in range(cell.missing):
        yield [*place, *what, "", "", _("missing"), *([""] if sight.plans else [])]
