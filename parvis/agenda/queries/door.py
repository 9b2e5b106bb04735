"""What the door of a session shows: who is expected, who is here, how many were counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from parvis.agenda.models import Coming, Session, Where

State = Coming.State
EXPECTED = (State.HELD, State.OFFERED, State.WAITING, State.CAME, State.RELEASED)


@dataclass(frozen=True)
class Door:
    """Registrations in the order of their numbers, and the totals: people, never persons."""

    comings: list[Coming]
    here: dict[str, int]
    clicked: int

    @property
    def expected(self) -> int:
        """People who have a place and are not here yet."""
        return sum(one.seats for one in self.comings if one.state == State.HELD)

    @property
    def came(self) -> int:
        """People who were checked in."""
        return sum(self.here.values())


def door_of(session: Session) -> Door:
    """Three queries."""
    comings = list(session.comings.filter(state__in=EXPECTED).order_by("number"))
    return Door(comings, came_in(session), clicked(session))


def proposed(session: Session) -> tuple[int, int]:
    """What the count of the room and of those online may be: check-ins, or the clicker where it says more. Two queries."""
    here = came_in(session)
    return max(here[Where.ROOM], clicked(session)), here[Where.ONLINE]


def registrations(session: Session) -> list[Coming]:
    """All of them, in the order of their numbers. One query."""
    return list(session.comings.order_by("number"))


def clicked(session: Session) -> int:
    """How many the clicker says are in the room."""
    return max(0, session.door_counts.aggregate(all=Sum("count"))["all"] or 0)


def came_in(session: Session) -> dict[str, int]:
    """How many people were checked in, by the way they take part."""
    rows = session.comings.filter(state=State.CAME).order_by().values_list("where").annotate(Sum("came"))
    told = dict(rows)
    return {where: told.get(where, 0) for where in Where.values}
