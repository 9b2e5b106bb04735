"""The periods that a network's figures are asked for: months, quarters and years that are over in each of its centres."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.rota.periods import Period, read
from parvis.statistics.queries.reports.spans import EARLIEST, Span, last_over, latest

MANY = {Span.MONTH: 13, Span.QUARTER: 8, Span.YEAR: 6}


def network_today(centres: Sequence[Centre]) -> date:
    """A network's day begins when it has begun in each of its centres. ``centres``: one at least."""
    return min(centre.local_day(centre.now()) for centre in centres)


def over(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading -> keys and names of the periods that one may choose, the last first."""
    heads = {Span.MONTH: _("Months"), Span.QUARTER: _("Quarters"), Span.YEAR: _("Years")}
    return [(heads[span], latest(span, today, many + 1)[1:]) for span, many in MANY.items()]


def chosen(written: str, today: date, usual: Span = Span.MONTH) -> Period:
    """What an address says; the last that is over where it says nothing, or nothing that is over."""
    found = read(written)
    if found and found.last < today and found.first.year >= EARLIEST:
        return found
    first, _last = last_over(usual, today)
    return Period(first, {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}[usual])
