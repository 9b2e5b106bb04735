"""Questions of a period: how many, in time or not, how fast, about what; and what visitors thought. Never by adviser."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from parvis.centres.models import Centre, Theme
from parvis.guidance.models import OpinionCount, Question, Talk
from parvis.guidance.queries.needs.periods import Stretch
from parvis.guidance.visitor_faces import Face
from parvis.reception.queries.lines import language_name
from parvis.shared.disclosure import THRESHOLD

Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class Hours:
    """Opening hours to the first answer, begun ones, of ``n`` questions."""

    n: int
    median: int
    ninth: int  # nine in ten were answered within so many


@dataclass(frozen=True)
class Opinions:
    """What ``n`` people said, of ``asked`` who had an answer in the period; the faces only where enough of them did."""

    n: int
    asked: int
    helped: Counts
    clear: Counts

    @property
    def rate(self) -> int | None:
        """Percent who said something."""
        return round(100 * self.n / self.asked) if self.asked and self.n <= self.asked else None


@dataclass(frozen=True)
class Talks:
    """Talks in live hours: ``n`` in all, of which ``answered`` had an adviser's words, half of them within ``median`` minutes."""

    n: int
    answered: int
    median: int | None


@dataclass(frozen=True)
class QuestionFigures:
    """One period of a centre."""

    stretch: Stretch
    asked: int
    answered: int
    in_time: int
    due: int  # answered, or to be answered by now
    unanswered: int  # closed without an answer, by the centre or because the visitor erased it
    before: int  # asked in the period before
    hours: Hours | None
    by_theme: list[tuple[Theme | None, int]]
    languages: Counts
    opinions: Opinions
    talks: Talks
    any_ever: bool


def question_figures(centre: Centre, stretch: Stretch, today: date) -> QuestionFigures:
    """The period ``stretch``: five queries."""
    every = Question.objects.filter(centre=centre)
    inside = (stretch.first, stretch.last)
    rows = list(every.filter(asked_on__range=inside).select_related("theme"))
    answered = [row for row in rows if row.first_answered_on]
    waiting_late = sum(row.is_overdue(today) for row in rows if not row.first_answered_on)
    themes = Counter(row.theme for row in rows)
    earlier = (stretch.before.first, stretch.before.last)
    return QuestionFigures(
        stretch=stretch,
        asked=len(rows),
        answered=len(answered),
        in_time=sum(row.in_time is True for row in answered),
        due=len(answered) + waiting_late,
        unanswered=sum(row.state == Question.State.CLOSED and not row.first_answered_on for row in rows),
        before=every.filter(asked_on__range=earlier).count(),
        hours=_hours([row.first_hours for row in answered if row.first_hours is not None]),
        by_theme=sorted(themes.items(), key=lambda pair: (-pair[1], pair[0].position if pair[0] else 999)),
        languages=Counter(language_name(row.language) for row in rows).most_common(),
        opinions=_opinions(centre, stretch),
        talks=_talks(centre, stretch),
        any_ever=bool(rows) or every.exists(),
    )


def _talks(centre: Centre, stretch: Stretch) -> Talks:
    inside = Talk.objects.filter(question__centre=centre, day__range=(stretch.first, stretch.last))
    waits = list(inside.values_list("waited", flat=True))
    ranked = sorted(wait for wait in waits if wait is not None)
    return Talks(len(waits), len(ranked), ranked[(len(ranked) - 1) // 2] if ranked else None)


def _hours(hours: list[int]) -> Hours | None:
    """The smallest number within which at least half, and nine in ten, were answered."""
    if not hours:
        return None
    ranked = sorted(hours)
    return Hours(len(ranked), ranked[(len(ranked) - 1) // 2], ranked[-(-9 * len(ranked) // 10) - 1])


def _opinions(centre: Centre, stretch: Stretch) -> Opinions:
    inside = (stretch.first.replace(day=1), stretch.last)
    found = OpinionCount.objects.filter(centre=centre, month__range=inside)
    rows = list(found.values_list("helped", "clear").annotate(n=Sum("times")))
    n = sum(times for _helped, _clear, times in rows)
    helped: Counter[int] = Counter()
    clear: Counter[int] = Counter()
    for one, other, times in rows:
        helped[one] += times
        clear[other] += times
    asked = Question.objects.filter(
        centre=centre, first_answered_on__range=(stretch.first, stretch.last)
    ).count()
    return Opinions(n, asked, *([_faces(one) if n >= THRESHOLD else [] for one in (helped, clear)]))


def _faces(counts: Counter[int]) -> Counts:
    return [(str(face.label), counts[face]) for face in reversed(Face)]
