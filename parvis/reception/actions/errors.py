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


class NotCoded(ReceptionError):
    """The visitor of this ticket was not received: there is no act to record."""

    sentence = _("This visitor was not received at a desk, so there is nothing to record.")


class AlreadyCoded(ReceptionError):
    """This interview has its act."""

    sentence = _("This interview is recorded already. You can correct it among the acts of today.")


class TakenBack(ReceptionError):
    """The same page recorded this before, and somebody took it back."""

    sentence = _("This was recorded before, and taken back. Save once more to record it anew.")


class RecordedOtherwise(ReceptionError):
    """The same page recorded this before, with something else in it."""

    sentence = _(
        "This was recorded before, and stands as it was then. You can correct it among the acts of today."
    )


class DoesNotAddUp(ReceptionError):
    """The totals of a group do not add up to its size. ``list`` says where."""

    def __init__(self, code_list: str, counted: int, size: int) -> None:
        super().__init__(code_list, counted, size)
        self.list, self.counted, self.size = code_list, counted, size

    def __str__(self) -> str:
        sentence = str(_("These totals make %(counted)d, the group is %(size)d."))
        return sentence % {"counted": self.counted, "size": self.size}


class WrongCoding(ReceptionError):
    """A coding that no form lets through: no theme, a group of one, a visitor with totals."""

    sentence = _("This cannot be recorded like that. Please look at the choices again.")


class TooLate(ReceptionError):
    """Taking back and correcting end with the local day."""

    sentence = _("This can only be changed on the day itself. A director can correct the day’s figures.")


class TicketsOpen(ReceptionError):
    """A day is signed when nobody is left in its queue."""

    sentence = _("Some tickets are still open. Say first how each of them ended.")


class GapUnexplained(ReceptionError):
    """The door count and what was recorded differ, and nobody said why."""

    sentence = _("The door count and what was recorded differ. Choose a reason or add a remark.")


class NotYet(ReceptionError):
    """The day has not come, or is not signed yet."""

    sentence = _("That is not possible yet.")


class TooManyNow(ReceptionError):
    """As many tickets as can be were drawn through the door's address a moment ago."""

    sentence = _("Many tickets were drawn at the door just now. Try again in a few minutes.")
