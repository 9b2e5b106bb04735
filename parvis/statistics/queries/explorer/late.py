"""What changed about days after their figures were first told: which unit, when it was noticed, how much; nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.statistics.cube.facts import Unit
from parvis.statistics.models import LateChange
from parvis.statistics.queries.explorer.notes import unit_of

MOST = 6  # lines; of more, only how many


@dataclass(frozen=True)
class Changed:
    """One unit of one day, or of a whole month, that is another figure than first told, or the same said otherwise."""

    first: date
    by_day: bool
    unit: Unit
    difference: int
    noticed: date  # the last time, on the centre's own clock

    @property
    def when(self) -> str:
        return date_format(self.first, "j F Y" if self.by_day else "F Y")


def changed(
    centres: Sequence[Centre],
    first: date,
    last: date,
    *,
    units: Iterable[Unit] = Unit,
    since: datetime | None = None,
    by_day: bool = False,
) -> list[Changed]:
    """What changed late about the days from ``first`` to ``last``, the latest first: one query. ``since``: only what was noticed after."""
    rows = LateChange.objects.filter(
        centre__in=centres, date__range=(first, last), unit__in=[unit.value for unit in units]
    )
    if since is not None:
        rows = rows.filter(noticed_at__gt=since)
    own = {centre.pk: centre for centre in centres}
    found: dict[tuple[date, Unit], tuple[int, date]] = {}
    for centre, day, unit, before, after, at in rows.values_list(
        "centre", "date", "unit", "before", "after", "noticed_at"
    ):
        key = (day if by_day else day.replace(day=1), Unit(unit))
        difference, noticed = found.get(key, (0, date.min))
        found[key] = (difference + after - before, max(noticed, own[centre].local_day(at)))
    order = list(Unit)
    return [
        Changed(day, by_day, unit, *found[day, unit])
        for day, unit in sorted(found, key=lambda key: (-key[0].toordinal(), order.index(key[1])))
    ]


def said(found: Sequence[Changed], *, exact: bool) -> list[str]:
    """A sentence each. How much only where ``exact``: for the centre's own team."""
    lines = [_said(one, exact=exact) for one in found[:MOST]]
    if len(found) > MOST:
        lines.append(_("%(n)s more figures changed after they were first told.") % {"n": len(found) - MOST})
    return lines


def _said(one: Changed, *, exact: bool) -> str:
    words = {
        "unit": unit_of(one.unit).label,
        "when": one.when,
        "day": date_format(one.noticed, "j F Y"),
        "change": _difference(one.difference),
    }
    if not exact:
        return _("%(unit)s, %(when)s: changed after it was first told (noticed on %(day)s).") % words
    if not one.difference:
        return (
            _("%(unit)s, %(when)s: as many as first told, but said otherwise (noticed on %(day)s).") % words
        )
    return _("%(unit)s, %(when)s: %(change)s since it was first told (noticed on %(day)s).") % words


def _difference(n: int) -> str:
    return ("+" if n > 0 else "−") + str(number_format(abs(n), force_grouping=True))
