"""The exports that a centre can fetch."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from parvis.centres.models import Centre
from parvis.reception.models import Export
from parvis.reception.models.export import KEPT_FOR


def exports_of(centre: Centre, at: datetime) -> QuerySet[Export]:
    """Those whose day is not over, latest first: one query."""
    kept = Export.objects.filter(centre=centre, created_at__gt=at - KEPT_FOR)
    return kept.select_related("centre", "started_by")
