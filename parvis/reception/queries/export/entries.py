"""Entries of lists as an export writes them, and days in lots.

Rows are read a lot at a time and never streamed: a statement that is still being read holds SQLite's view of the database
as it was, and the sign of life between two rows is refused (“database is locked”) as soon as anybody else has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from parvis.centres.models import Centre
from parvis.reception.past.notation import written

LOT = 2_000  # rows that are in memory at a time


@dataclass(frozen=True)
class EntryNames:
    """Themes and codes by their row's number: “Find training [train]”; and which list a code belongs to."""

    themes: dict[int, str]
    codes: dict[int, str]
    lists: dict[int, str]

    @classmethod
    def of(cls, centre: Centre) -> EntryNames:
        """Two queries, in the active language."""
        themes = {theme.pk: written(str(theme.name), theme.key) for theme in centre.themes.all()}
        codes = list(centre.codes.all())
        return cls(
            themes, {code.pk: written(str(code), code.key) for code in codes}, {c.pk: c.list for c in codes}
        )

    def joined(self, texts: Iterable[str]) -> str:
        """Several entries in one cell."""
        return "; ".join(texts)


@dataclass(frozen=True)
class Lot:
    """A stretch of days with about :data:`LOT` rows."""

    first: date
    last: date
    rows: int


def lots(rows: QuerySet[Any], day: str = "date") -> list[Lot]:
    """The days of ``rows`` in lots, in order: one query."""
    found: list[Lot] = []
    counted = rows.order_by(day).values_list(day).annotate(n=Count("pk"))
    for on, n in counted:
        if found and found[-1].rows + n <= LOT:
            found[-1] = Lot(found[-1].first, on, found[-1].rows + n)
        else:
            found.append(Lot(on, on, n))
    return found


def by_row(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    """Values by the row they belong to."""
    grouped: dict[int, list[Any]] = {}
    for row, value in pairs:
        grouped.setdefault(row, []).append(value)
    return grouped


def rows_in(rows: QuerySet[Any], found: list[Lot], day: str = "date") -> Iterator[QuerySet[Any]]:
    """The rows of each lot."""
    for lot in found:
        yield rows.filter(**{f"{day}__range": (lot.first, lot.last)})


__all__ = ["EntryNames", "Lot", "by_row", "lots", "rows_in"]
