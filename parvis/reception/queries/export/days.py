"""Passages by hour, days with their figures as they were signed and corrected, and the corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.reception.models import Act, Correction, Passage, Profile, Tally, Ticket
from parvis.reception.queries.figures import SIGNED_UNITS, figures_by_day
from parvis.reception.queries.passages import passages_by_hour
from parvis.reception.units import UNITS
from parvis.shared.books import Table
from parvis.shared.sheets import Cell

A_STRETCH = timedelta(days=92)


def first_known_day(centre: Centre) -> date | None:
    """The first day of which a centre has anything to export: five queries."""
    rows: list[QuerySet[Any]] = [Act.objects.counted(), Profile.objects.counted(), Tally.objects.counted()]
    rows += [Ticket.objects.all(), Passage.objects.all()]
    asked = [found.filter(centre=centre).order_by() for found in rows]
    days = [found.aggregate(first=Min("date"))["first"] for found in asked]
    return min((day for day in days if day), default=None)


def days_tables(centre: Centre, first: date, last: date) -> Iterator[Table]:
    """What was counted at the door, what the evenings say, and what was changed later."""
    heading = [_("Date"), _("Hour"), _("Site"), _("Passages"), _("How they were counted")]
    yield Table("passages", _("Passages by hour"), heading, _passages(centre, first, last))
    heading = [_("Date"), *(str(UNITS[unit].label) for unit in SIGNED_UNITS)]
    heading += [_("Door count"), _("Why the counts differ"), _("Remark"), _("Signed at")]
    yield Table("days", _("Days"), heading, _days(centre, first, last), (last - first).days + 1)
    corrections = Correction.objects.filter(day__centre=centre, day__date__range=(first, last))
    heading = [_("Date"), _("Figure"), _("Before"), _("After"), _("Reason"), _("Corrected at")]
    yield Table(
        "corrections", _("Corrections"), heading, _corrections(centre, first, last), corrections.count()
    )


def _stretches(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        end = min(first + A_STRETCH, last)
        yield first, end
        first = end + timedelta(days=1)


def _passages(centre: Centre, first: date, last: date) -> Iterator[Sequence[Cell]]:
    """An hour at a site, as figures count it: what was typed in stands instead of clicks and sensors."""
    sites = {site.pk: site.name for site in centre.sites.all()}
    sources = {source.value: str(source.label) for source in Passage.Source}
    for start, end in _stretches(first, last):
        for hour in passages_by_hour(centre, start, end):
            counted = [Passage.Source.HOURLY.value] if hour.typed is not None else sorted(hour.by_source)
            how = ", ".join(sources[source] for source in counted)
            yield [hour.date, f"{hour.hour:02}:00", sites[hour.site_id], hour.count, how]


def _days(centre: Centre, first: date, last: date) -> Iterator[Sequence[Cell]]:
    """Every day on which something was counted or signed."""
    for start, end in _stretches(first, last):
        reasons: dict[date, list[str]] = {}
        for day in centre.days.filter(date__range=(start, end)).prefetch_related("gap_reasons"):
            reasons[day.date] = [str(reason) for reason in day.gap_reasons.all()]
        for figures in figures_by_day(centre, start, end).values():
            signed = figures.day if figures.day is not None and figures.day.is_signed else None
            counts = figures.shown.as_dict()
            if not any(counts.values()) and signed is None:
                continue
            at = signed.signed_at if signed else None
            yield [
                figures.date,
                *counts.values(),
                figures.day.door_count if figures.day else None,
                "; ".join(reasons.get(figures.date, ())),
                figures.day.remark if figures.day else None,
                centre.local(at).replace(tzinfo=None, microsecond=0) if at else None,
            ]


def _corrections(centre: Centre, first: date, last: date) -> Iterator[Sequence[Cell]]:
    rows = Correction.objects.filter(day__centre=centre, day__date__range=(first, last)).select_related("day")
    for one in rows.order_by("day__date", "made_at", "pk"):
        figure = str(UNITS[one.subject].label) if one.subject in UNITS else one.subject
        made = centre.local(one.made_at).replace(tzinfo=None, microsecond=0)
        yield [one.day.date, figure, one.before, one.after, one.reason, made]
