"""Surveys on paper, and the piles of sheets that are being typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet, Sum

from parvis.centres.models import Centre
from parvis.surveys.models import Collection, DrawnSlot, PaperBatch, Refusals, Sample, Way


@dataclass(frozen=True)
class PaperLine:
    """One survey on paper, with the piles that are not through."""

    survey: Collection
    answers: int
    piles: list[PaperBatch]


def paper_surveys(centre: Centre) -> QuerySet[Collection]:
    """Those of a centre whose sheets may still be typed in."""
    found = Collection.objects.filter(centre=centre, way=Way.PAPER)
    return found.select_related("version__questionnaire", "centre__network", "network")


def paper_lines(centre: Centre, today: date) -> list[PaperLine]:
    """Surveys on paper that began, the newest first: two statements."""
    open_piles = PaperBatch.objects.filter(is_over=False).order_by("-begun_on", "-pk")
    found = (
        paper_surveys(centre)
        .filter(opens_on__lte=today)
        .annotate(answers=Count("responses"))
        .order_by("-opens_on", "-pk")
        .prefetch_related(Prefetch("paper_batches", open_piles, to_attr="piles"))
    )
    return [PaperLine(one, one.answers, one.piles) for one in found]


def days_of(survey: Collection, today: date) -> list[date] | None:
    """The drawn days of a sample that have come, the newest first; None where every day may be meant: two statements."""
    if not Sample.objects.filter(collection=survey).exists():
        return None
    drawn = DrawnSlot.objects.filter(sample__collection=survey, day__lte=today)
    return list(drawn.order_by("-day").values_list("day", flat=True))


def batches_of(centre: Centre) -> QuerySet[PaperBatch]:
    """A centre's piles."""
    found = PaperBatch.objects.filter(collection__centre=centre)
    return found.select_related("collection__version__questionnaire", "collection__centre__network")


def unreadable_sheets(survey: Collection) -> int:
    """Sheets that nobody could read; none, and no statement, where the survey is not on paper."""
    if survey.way != Way.PAPER:
        return 0
    rows = Refusals.objects.filter(collection=survey, kind=Refusals.Kind.UNREADABLE)
    return int(rows.aggregate(n=Sum("number"))["n"] or 0)
