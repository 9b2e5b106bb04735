"""What a block is asked: of which centre, over which days, for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from parvis.centres.models import Centre
from parvis.rota.periods import Period
from parvis.statistics.queries.reports.spans import months_from
from parvis.statistics.shown import Audience, CrossTable, Figure, Line, Text


@dataclass(frozen=True)
class Asked:
    """One block of one report, at one time."""

    centre: Centre
    first: date
    last: date
    at: datetime
    audience: Audience = Audience.TEAM
    settings: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def months(self) -> Period | None:
        """The period in whole months, as the rota and the ledger count it; none for a day."""
        return months_from(self.first, self.last)

    def table(
        self,
        title: Text,
        unit: Text,
        across: Text,
        columns: Sequence[Text],
        lines: Sequence[Line],
        *,
        total: Figure = None,
        method: Text = "",
    ) -> CrossTable:
        """A table about the centre's own work: true figures for everybody."""
        return CrossTable(
            title=title,
            unit=unit,
            across=across,
            along="",
            columns=columns,
            lines=lines,
            column_totals=(),
            total=total,
            first=self.first,
            last=self.last,
            audience=self.audience,
            n=total,
            method=method,
        )
