"""Surveys of which something can be told about a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from parvis.centres.models import Centre
from parvis.surveys.models import Collection, Purpose, Response, Sample


def surveys_of_period(
    centre: Centre, first: date, last: date, purposes: Iterable[Purpose], *, sampled_only: bool = False
) -> list[Collection]:
    """Anonymous surveys of a centre with these purposes, those that ended first in front: one query.

    A sample speaks for the whole time from which its hours were drawn: it is told in the period in which it ended. Others are
    told in each period on whose days somebody answered.
    """
    answered = Response.objects.filter(collection=OuterRef("pk"), day__gte=first, day__lte=last)
    is_sample = Exists(Sample.objects.filter(collection=OuterRef("pk")))
    ended = Q(drawn=True, closes_on__gte=first, closes_on__lte=last)
    found = Collection.objects.annotate(drawn=is_sample).filter(
        ended if sampled_only else ended | (Q(drawn=False) & Exists(answered)),
        centre=centre,
        institution=None,
        version__questionnaire__anonymous=True,
        version__questionnaire__purpose__in=list(purposes),
    )
    rows = found.select_related("version__questionnaire", "centre__network", "network", "sample")
    return list(rows.order_by("closes_on", "opens_on", "pk"))


def is_sample(collection: Collection) -> bool:
    """Whether its hours were drawn."""
    return hasattr(collection, "sample")
