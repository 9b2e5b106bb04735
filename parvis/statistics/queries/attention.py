"""What needs a decision first: shown above every figure, each with the page where it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from parvis.centres.models import Centre, Theme
from parvis.guidance.queries.questions import due_questions
from parvis.guidance.queries.redirections import overdue
from parvis.reception.models import Seat, State, Ticket
from parvis.reception.models.ticket import OPEN_STATES
from parvis.reception.queries.figures import DayFigures

LONG = 45  # minutes after which a wait is worth a decision: twice what a visitor is usually told


@dataclass(frozen=True)
class DayLeft:
    """A day that is over, and what is still to be said about it."""

    date: date
    open_tickets: int
    uncoded: int
    unsigned: bool
    changed: bool  # something was entered after the signature
    more_at_the_door: int  # passages that neither tickets nor acts account for, while nobody explained them


@dataclass(frozen=True)
class Attention:
    """Days to finish, and, while today is shown, what goes wrong at this moment."""

    days: list[DayLeft] = field(default_factory=list)
    uncoded: int = 0
    nobody_for: list[tuple[Theme, int]] = field(default_factory=list)  # theme, tickets that wait for it
    waiting_long: int = 0
    questions: tuple[int, int] = (0, 0)  # asked online: overdue, and due today
    to_ask: int = 0  # visitors who were sent on, of whom somebody should have asked before today

    def __bool__(self) -> bool:
        of_now = self.nobody_for or self.waiting_long or any(self.questions) or self.to_ask
        return bool(self.days or self.uncoded or of_now)


def attention(
    centre: Centre, days: Iterable[DayFigures], uncoded: Counter[date], at: datetime, *, now: bool
) -> Attention:
    """Of ``days``, those before today that are not finished.

    With ``now``, also the queue, the questions, and who was to be asked about: five queries at most.
    """
    days, today = list(days), centre.local_day(at)
    open_tickets = Counter(
        Ticket.objects.filter(
            centre=centre, date__range=(days[0].date, days[-1].date), date__lt=today, state__in=OPEN_STATES
        ).values_list("date", flat=True)
    )
    left = [_day_left(day, open_tickets[day.date], uncoded[day.date]) for day in days if day.date < today]
    nobody, long = _queue_now(centre, today, at) if now else ([], 0)
    return Attention(
        days=[day for day in left if day.open_tickets or day.unsigned or day.changed],
        uncoded=uncoded[today],
        nobody_for=nobody,
        waiting_long=long,
        questions=due_questions(centre, today) if now else (0, 0),
        to_ask=overdue(centre, today) if now else 0,
    )


def _day_left(day: DayFigures, open_tickets: int, uncoded: int) -> DayLeft:
    happened = any(day.live.as_dict().values())
    return DayLeft(
        date=day.date,
        open_tickets=open_tickets,
        uncoded=uncoded,
        unsigned=day.signed is None and happened,
        changed=bool(day.changed),
        more_at_the_door=max(0, day.gap) if day.signed is None and day.by_door else 0,
    )


def _queue_now(centre: Centre, today: date, at: datetime) -> tuple[list[tuple[Theme, int]], int]:
    """Themes for which somebody waits and nobody is on duty, and how many wait long."""
    waiting = list(
        Ticket.objects.filter(
            centre=centre, date=today, state=State.WAITING, for_seat=None, for_desk=None
        ).select_related("theme")
    )
    on_duty = set(Seat.objects.open().filter(centre=centre, paused_at=None).values_list("themes", flat=True))
    long = sum((at - ticket.taken_at).total_seconds() > 60 * LONG for ticket in waiting)
    nobody = Counter(ticket.theme for ticket in waiting if ticket.theme_id not in on_duty)
    return sorted(nobody.items(), key=lambda pair: pair[0].position), long
