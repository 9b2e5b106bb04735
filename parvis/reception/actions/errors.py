"""What can keep an action from happening. Each carries the sentence that staff read."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReceptionError(Exception):
    """Nothing was changed; ``str()`` says why and what to do, in the active language."""

    sentence: ClassVar[str | Promise] = _("That is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class QueueEmpty(ReceptionError):
    """Nobody is waiting for this seat's themes and languages."""

    sentence = _("Nobody is waiting for you right now.")


class AlreadyTaken(ReceptionError):
    """Another desk called this visitor first."""

    sentence = _("A colleague has just called this visitor. The list is up to date again.")


class StateChanged(ReceptionError):
    """The ticket is no longer where the page showed it."""

    sentence = _("This ticket has changed meanwhile. The list is up to date again.")


class SeatClosed(ReceptionError):
    """The seat was closed."""

    sentence = _("Your seat is closed. Open it again to call visitors.")


class SeatTaken(ReceptionError):
    """Somebody else is on duty on that seat, or the person already sits elsewhere."""

    sentence = _("This seat is taken, or you still have a seat open at another desk.")


class VisitorAtSeat(ReceptionError):
    """A seat cannot be closed while a visitor is called to it or in interview."""

    sentence = _("A visitor is still at your desk. Finish the interview or hand over first.")


class NotOfThisCentre(ReceptionError):
    """A theme, code, desk or space belongs to another centre, or is closed."""

    sentence = _("This choice does not belong to the centre, or is closed.")


class UnknownLease(ReceptionError):
    """The number was not set aside for this device on that day."""

    sentence = _("This number was not set aside for this device.")


class UndoImpossible(ReceptionError):
    """What happened since keeps the last step from being taken back."""

    sentence = _("This can no longer be undone: the desk has another visitor, or the day is over.")


class Forbidden(ReceptionError):
    """The ticket is at another seat."""

    sentence = _("This visitor is with a colleague.")


class TooEarly(ReceptionError):
    """Absent only after a recall and some minutes: somebody may be on their way."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(until)
        self.until = until

    def __str__(self) -> str:
        if self.until is None:
            return str(_("Call once more first: the visitor may be on their way."))
        return str(_("Please wait a little longer: the visitor may be on their way."))
