"""A report is published once: protected for its audience, audited, and kept as it was shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.statistics.actions.reports.drafting import take_figures
from parvis.statistics.actions.reports.errors import (
    AuditFailed,
    CorrectedAlready,
    NotPublished,
    StillRunning,
)
from parvis.statistics.models import Part, PublishedTable, Report
from parvis.statistics.queries.reports.content import as_json
from parvis.statistics.queries.reports.protecting import Verdict, verdict_on


def publish_report(*, report: Report, by: User | None, at: datetime) -> Report:
    """Protects a draft’s figures as they stand, and publishes it where the audit passes; published already, nothing happens.

    Raises :class:`StillRunning` before the period is over, :class:`AuditFailed` with the reasons where it would give somebody away.
    """
    with transaction.atomic():
        row = Report.objects.select_for_update(no_key=True).select_related("centre").get(pk=report.pk)
        if not row.is_draft:
            return row
        if not row.is_over(row.centre.local_day(at)):
            raise StillRunning
        # One after the other: each is audited with what was published before.
        Centre.objects.select_for_update(no_key=True).get(pk=row.centre_id)
        parts = list(row.parts.all())
        found = verdict_on(row, parts)
        if found.failures:
            raise AuditFailed(found.failures)
        _freeze(row, parts, found, at)
        row.state, row.published_at, row.published_by = Report.State.PUBLISHED, at, by
        row.save()
        if row.corrects_id:
            Report.objects.filter(pk=row.corrects_id).update(state=Report.State.REPLACED)
    return row


def _freeze(report: Report, parts: list[Part], found: Verdict, at: datetime) -> None:
    for part, content in zip(parts, found.contents, strict=True):
        part.shown = as_json(content)
    Part.objects.bulk_update(parts, ["shown"])
    PublishedTable.objects.bulk_create(
        PublishedTable(
            report=report,
            part=parts[one.part],
            centre=report.centre,
            name=one.name,
            audience=report.audience,
            first=report.first,
            last=report.last,
            question=one.question,
            cells=one.cells,
            published_at=at,
        )
        for one in found.tables
    )


def correct_report(*, key: UUID, report: Report, reason: str, by: User, at: datetime) -> Report:
    """Begins a corrected report: the same blocks and words, with the figures of now. The old one stays until it is published.

    Raises :class:`NotPublished`, or :class:`CorrectedAlready` where somebody began another correction.
    """
    with transaction.atomic():
        row = Report.objects.select_for_update(no_key=True).select_related("centre").get(pk=report.pk)
        if row.state != Report.State.PUBLISHED:
            raise CorrectedAlready if row.state == Report.State.REPLACED else NotPublished
        if begun := Report.objects.filter(corrects=row).first():
            if begun.key == key:
                return begun
            raise CorrectedAlready
        draft = Report.objects.create(
            key=key,
            centre=row.centre,
            model=row.model,
            title=row.title,
            first=row.first,
            last=row.last,
            language=row.language,
            audience=row.audience,
            drafted_at=at,
            drafted_by=by,
            refreshed_at=at,
            corrects=row,
            reason=reason,
        )
        parts = [
            Part(
                report=draft,
                position=part.position,
                kind=part.kind,
                title=part.title,
                settings=part.settings,
                said=part.said,
            )
            for part in row.parts.all()
        ]
        take_figures(draft, parts, at)
        Part.objects.bulk_create(parts)
    return draft
