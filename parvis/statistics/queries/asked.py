"""The voluntary questions: how many could have been asked, how many were, how many said something."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from parvis.centres.models import Centre
from parvis.reception.models import Profile
from parvis.reception.queries.figures import DayFigures


@dataclass(frozen=True)
class Response:
    """Answers on the days on which the questions were put, beside everybody to whom they could have been put.

    ``could``: contacts of those days. ``asked``: questionnaires begun, answered or declined, by how they were put.
    ``answered``: those in which at least one question has an answer. The past that was imported is left out: nobody
    knows to whom it put its questions.
    """

    could: int = 0
    asked: int = 0
    answered: int = 0
    own_screen: int = 0
    aloud: int = 0

    @property
    def percent(self) -> int | None:
        """The response rate; none where a contact brought several people, so that answers pass the contacts."""
        if not self.could or self.answered > self.could:
            return None
        return round(100 * self.answered / self.could)


def response(centre: Centre, days: list[DayFigures]) -> Response:
    """Of these days, those on which the centre asks or somebody was asked: one query."""
    said = Q(answers__isnull=False) | ~Q(commune_prefix="")
    rows = (
        Profile.objects.counted()
        .filter(centre=centre, date__range=(days[0].date, days[-1].date), past_import=None)
        .order_by()
        .values_list("date", "method")
        .annotate(asked=Count("pk", distinct=True), answered=Count("pk", distinct=True, filter=said))
    )
    asked: dict[str, int] = {}
    answered, asking = 0, {day.date for day in days if centre.asks_profile_on(day.date)}
    for day, method, n, said_something in rows:
        asked[method] = asked.get(method, 0) + n
        answered += said_something
        asking.add(day)
    return Response(
        could=sum(day.live.contacts for day in days if day.date in asking),
        asked=sum(asked.values()),
        answered=answered,
        own_screen=asked.get(Profile.Method.OWN_SCREEN, 0),
        aloud=asked.get(Profile.Method.ASKED, 0),
    )
