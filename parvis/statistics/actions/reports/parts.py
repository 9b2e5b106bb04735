"""A draft’s blocks: written, added, taken out, put in another order; and kept as a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.statistics.actions.reports.drafting import locked, take_figures
from parvis.statistics.actions.reports.errors import ChangedMeanwhile, NameTaken
from parvis.statistics.models import Part, PartKind, Report, ReportModel


def write_part(
    *,
    part: Part,
    title: str,
    said: Mapping[str, Any],
    settings: Mapping[str, Any],
    version: int,
    at: datetime,
) -> Part:
    """Keeps what somebody typed into a block, and takes its figures again.

    Raises :class:`ChangedMeanwhile` where it is no longer the ``version`` that was written on; sent twice, it is kept once.
    """
    with transaction.atomic():
        report = locked(part.report)
        row = Part.objects.get(pk=part.pk, report=report)
        wanted = (title, dict(said), dict(settings))
        if row.version != version:
            if (row.title, row.said, row.settings) == wanted:
                return row
            raise ChangedMeanwhile
        row.title, row.said, row.settings = wanted
        row.version = version + 1
        take_figures(report, [row], at)
        row.save()
    return row


def rename_report(*, report: Report, title: str) -> None:
    """Gives a draft another title."""
    with transaction.atomic():
        Report.objects.filter(pk=locked(report).pk).update(title=title)


def add_part(
    *, report: Report, kind: PartKind, title: str, settings: Mapping[str, Any], after: int, at: datetime
) -> Part:
    """One more block at the end. ``after``: how many blocks the page had; sent twice, it is added once."""
    with transaction.atomic():
        row = locked(report)
        parts = list(row.parts.all())
        if len(parts) > after and parts[-1].kind == kind:
            return parts[-1]
        position = (row.parts.aggregate(most=Max("position"))["most"] or 0) + 1
        part = Part(report=row, kind=kind, title=title, settings=dict(settings), position=position)
        take_figures(row, [part], at)
        part.save()
    return part


def remove_part(*, part: Part) -> None:
    """Takes a block out of a draft, with what was typed into it."""
    with transaction.atomic():
        Part.objects.filter(pk=part.pk, report=locked(part.report)).delete()


def order_parts(*, report: Report, order: Sequence[int]) -> None:
    """Puts the blocks in this order; those that it does not name follow as they were."""
    with transaction.atomic():
        parts = list(locked(report).parts.all())
        places = {key: place for place, key in enumerate(order)}
        parts.sort(key=lambda part: (places.get(part.pk, len(places)), part.position, part.pk))
        for position, part in enumerate(parts, 1):
            part.position = position
        Part.objects.bulk_update(parts, ["position"])


def keep_as_model(*, report: Report, name: str, span: str, by: User, at: datetime) -> ReportModel:
    """Keeps a report’s blocks under a name: titles and settings, and which figures are typed in; none of the words.

    Raises :class:`NameTaken` where another model of the centre has it.
    """
    blocks = [
        {"kind": part.kind, "title": part.title, "settings": part.settings, "said": _asked_again(part.said)}
        for part in report.parts.all()
    ]
    try:
        with transaction.atomic():
            return ReportModel.objects.create(
                centre=report.centre,
                name=name,
                span=span,
                audience=report.audience,
                blocks=blocks,
                made_at=at,
                made_by=by,
            )
    except IntegrityError as error:
        raise NameTaken from error


def _asked_again(said: Mapping[str, Any]) -> dict[str, Any]:
    """Which figures are typed in, without the figures."""
    rows = [
        {"what": row["what"], "unit": row.get("unit", ""), "value": "", "source": "", "on": ""}
        for row in said.get("rows", [])
    ]
    return {"rows": rows} if rows else {}


def put_model_aside(*, centre: Centre, model: int, at: datetime) -> None:
    """Takes a centre’s own model from the list; reports made of it stay."""
    ReportModel.objects.filter(centre=centre, pk=model, put_aside_at=None).update(put_aside_at=at)
