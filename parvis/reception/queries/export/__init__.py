"""Everything of a centre over a period, as tables: what an export writes.

Left out on purpose (docs/decisions/0023-export.md): who sat where, who signed, who corrected; keys and tokens; what was
undone. Profile answers stand apart, without a time and in no order that could lead back to a ticket or an act.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from parvis.centres.models import Centre
from parvis.reception.queries.export.days import days_tables
from parvis.reception.queries.export.entries import EntryNames
from parvis.reception.queries.export.lists import lists_tables
from parvis.reception.queries.export.past import tally_tables
from parvis.reception.queries.export.tickets import tickets_tables
from parvis.reception.queries.export.visits import visits_tables
from parvis.shared.books import Table


def export_tables(centre: Centre, first: date, last: date) -> Iterator[Table]:
    """Each table in turn, its rows read while they are written: some queries for each lot of days, in constant memory.

    Words are in the active language, times on the centre's own clock.
    """
    names = EntryNames.of(centre)
    yield from visits_tables(centre, first, last, names)
    yield from tickets_tables(centre, first, last, names)
    yield from days_tables(centre, first, last)
    yield from tally_tables(centre, first, last, names)
    yield from lists_tables(centre)
