"""Tables as JSON: every figure a number, or an object that says why it is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from parvis.statistics.shown import CrossTable, Figure, Hidden, Line
from parvis.statistics.ways_out.words import has_bounds, signs


def as_json(tables: Sequence[CrossTable], made: str) -> bytes:
    """All tables under ``tables``. ``null``: nothing to tell; ``{"hidden": "small"}``: why a figure is not there."""
    found = {"made": made, "tables": [_table(table) for table in tables]}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _table(table: CrossTable) -> dict[str, Any]:
    texts = (
        "title",
        "holder",
        "unit",
        "meaning",
        "method",
        "protection",
        "across",
        "along",
        "shares_of",
        "compared",
    )
    return {
        **{name: str(getattr(table, name)) for name in texts},
        "first": table.first.isoformat(),
        "last": table.last.isoformat(),
        "audience": table.audience.value,
        "n": _figure(table.n),
        "columns": [str(column) for column in table.columns],
        "lines": [_line(table, line) for line in table.lines],
        **(_totals(table) if table.has_totals else {}),
        "filters": [str(one) for one in table.filters],
        "notes": [str(one) for one in table.notes] + signs(table),
    }


def _line(table: CrossTable, line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {"label": str(line.label), "figures": [_figure(one) for one in line.figures]}
    if table.has_totals:
        found["total"] = _figure(line.total)
    if table.shares_of:
        found["share"] = _figure(line.share)
    if has_bounds(table):
        found |= {"low": _figure(line.low), "high": _figure(line.high)}
    if table.compared:
        found |= {"before": _figure(line.before), "change": _figure(line.change)}
    return found


def _totals(table: CrossTable) -> dict[str, Any]:
    found: dict[str, Any] = {
        "column_totals": [_figure(one) for one in table.column_totals],
        "total": _figure(table.total),
    }
    if table.compared:
        found |= {"before": _figure(table.before), "change": _figure(table.change)}
    return found


def _figure(figure: Figure) -> Any:
    return {"hidden": figure.value} if isinstance(figure, Hidden) else figure
