"""A report begins as a draft, and takes its figures again as often as somebody wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.statistics.actions.reports.errors import NoDraft
from parvis.statistics.facts.fresh import one_reading
from parvis.statistics.models import Part, PartKind, Refresh, Report
from parvis.statistics.queries.reports.blocks import BLOCKS, TYPED_BY_HAND, Asked
from parvis.statistics.queries.reports.content import Change, as_json, changes, from_json
from parvis.statistics.queries.reports.ready import Model
from parvis.statistics.queries.reports.spans import name_of
from parvis.statistics.shown import Audience


@dataclass(frozen=True)
class Wanted:
    """What a person asks for: a model over a period, in a language, for an audience."""

    model: Model
    first: date
    last: date
    language: str
    audience: str


def draft_report(*, key: UUID, centre: Centre, wanted: Wanted, by: User | None, at: datetime) -> Report:
    """A draft with the model’s blocks and the figures of now. Sent twice, it is the same report."""
    if found := Report.objects.filter(key=key, centre=centre).first():
        return found
    with translation.override(wanted.language):
        title = f"{wanted.model.name} · {name_of(wanted.first, wanted.last)}"
        blocks = [
            (one.kind, str(one.title), dict(one.settings), dict(one.said)) for one in wanted.model.blocks
        ]
    with transaction.atomic():
        report, new = Report.objects.get_or_create(
            key=key,
            defaults={
                "centre": centre,
                "model": wanted.model.choice,
                "title": title[:120],
                "first": wanted.first,
                "last": wanted.last,
                "language": wanted.language,
                "audience": wanted.audience,
                "drafted_at": at,
                "drafted_by": by,
                "refreshed_at": at,
            },
        )
        if new:
            parts = [
                Part(report=report, position=place, kind=kind, title=name[:120], settings=settings, said=said)
                for place, (kind, name, settings, said) in enumerate(blocks, 1)
            ]
            take_figures(report, parts, at)
            Part.objects.bulk_create(parts)
    return report


def take_figures(report: Report, parts: list[Part], at: datetime) -> list[Change]:
    """Gives each part the figures of now, in the report’s language; nothing is saved. Returns what is another one than before."""
    found: list[Change] = []
    with translation.override(report.language), one_reading():
        for part in parts:
            content = BLOCKS[PartKind(part.kind)](
                Asked(
                    report.centre,
                    report.first,
                    report.last,
                    at,
                    Audience(report.audience),
                    part.settings,
                    part.said,
                )
            )
            if part.figures and part.kind not in TYPED_BY_HAND:
                found += changes(part.title, from_json(part.figures), content)
            part.figures = as_json(content)
    return found


def locked(report: Report) -> Report:
    """The report’s row, held until the end of the transaction; raises :class:`NoDraft` where it was published."""
    row = Report.objects.select_for_update(no_key=True).select_related("centre").get(pk=report.pk)
    if not row.is_draft:
        raise NoDraft
    return row


def refresh_report(*, report: Report, at: datetime) -> list[Change]:
    """Takes a draft’s figures again; words stay. Returns each figure that is another one now, before and after."""
    with transaction.atomic():
        row = locked(report)
        parts = list(row.parts.all())
        found = take_figures(row, parts, at)
        Part.objects.bulk_update(parts, ["figures"])
        Report.objects.filter(pk=row.pk).update(refreshed_at=at)
        Refresh.objects.create(report=row, at=at, changes=[one.kept for one in found])
    return found


def discard_report(*, report: Report) -> None:
    """Throws a draft away, with all that was typed into it. Thrown away already, there is nothing to do."""
    with transaction.atomic():
        if Report.objects.filter(pk=report.pk).exists():
            locked(report).delete()
