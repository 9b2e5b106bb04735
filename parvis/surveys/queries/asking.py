"""Surveys of a centre, and what may be put to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from parvis.centres.models import Centre
from parvis.surveys.models import Audience, Collection, Sample, Version, Way


@dataclass(frozen=True)
class SurveyLine:
    """One survey in the list."""

    survey: Collection
    answers: int
    is_sample: bool
    is_open: bool
    is_coming: bool


def surveys_of(centre: Centre, today: date) -> list[SurveyLine]:
    """Every survey of a centre, those that go on or come first: one query."""
    rows: QuerySet[Any] = (
        Collection.objects.filter(centre=centre)
        .select_related("version__questionnaire")
        .annotate(answers=Count("responses"), drawn=Exists(Sample.objects.filter(collection=OuterRef("pk"))))
        .order_by("-opens_on", "-pk")
    )
    lines = [
        SurveyLine(
            one,
            one.answers,
            one.drawn,
            one.takes_answers_on(today),
            one.opens_on > today and one.version.is_open,
        )
        for one in rows
    ]
    return sorted(lines, key=lambda line: not (line.is_open or line.is_coming))


ON_A_PHONE = (Way.QR, Way.LINK)


def asked_at_desks(centre: Centre, today: date) -> list[Collection]:
    """What visitors may be asked at a desk today: on the adviser's screen, or by their own phone. One query.

    Not where hours were drawn: who sits at a desk was not drawn.
    """
    found = Collection.objects.open_on(today).filter(centre=centre, way__in=[Way.ADVISER, *ON_A_PHONE])
    found = found.filter(version__questionnaire__audience=Audience.VISITOR, sample=None, institution=None)
    return list(found.select_related("version__questionnaire").order_by("way", "-opens_on", "-pk"))


def offered_in_threads(centre: Centre, agreed_on: date, today: date) -> QuerySet[Collection]:
    """What a centre offers today in a thread that was begun on ``agreed_on``, the oldest first."""
    age = (today - agreed_on).days
    found = Collection.objects.open_on(today).filter(centre=centre, way=Way.THREAD, after_days__lte=age)
    return found.select_related("version__questionnaire").order_by("opens_on", "pk")


def versions_to_ask(centre: Centre) -> QuerySet[Version]:
    """Open versions of the centre's own questionnaires and of its network's."""
    own = Q(questionnaire__centre=centre)
    of_network = Q(questionnaire__network=centre.network_id, questionnaire__centre=None)
    found = Version.objects.filter(own | of_network, state=Version.State.OPENED)
    return found.select_related("questionnaire").order_by("-opened_on", "-pk")
