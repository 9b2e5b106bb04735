"""Why something about an event or a session is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from parvis.accounts.models import User
from parvis.agenda.models import ClassVisit, Session


class AgendaError(Exception):
    """What was asked for cannot be done."""


class ChangedMeanwhile(AgendaError):
    """Somebody else changed it since the page was opened."""


class SaidOtherwise(AgendaError):
    """The page was sent before, and said something else."""


class NotOfThisCentre(AgendaError):
    """A theme, a word of a list, a room, an institution or a person of another centre."""


class WrongState(AgendaError):
    """It is not in a state in which this can be done."""


class OwnWork(AgendaError):
    """Somebody else than the writer looks before it is published."""


class StillExpected(AgendaError):
    """People have places: the sessions are cancelled first, so that they are told."""

    def __init__(self, seats: int) -> None:
        super().__init__(seats)
        self.seats = seats


class TooFewSeats(AgendaError):
    """Fewer places than are taken already; ``online`` says which."""

    def __init__(self, taken: int, online: bool) -> None:
        super().__init__(taken)
        self.taken, self.online = taken, online


class TooManySeats(AgendaError):
    """More places than the rooms hold."""

    def __init__(self, places: int) -> None:
        super().__init__(places)
        self.places = places


class LeadsElsewhere(AgendaError):
    """Somebody leads something else at that time; ``owner``: what, none where it is another centre's."""

    def __init__(self, person: User, owner: Session | ClassVisit | None) -> None:
        super().__init__(str(person))
        self.person, self.owner = person, owner


@dataclass
class OnDay(Exception):
    """One of several sessions was refused: on which day, and why."""

    day: date
    begins: datetime
    why: Exception
