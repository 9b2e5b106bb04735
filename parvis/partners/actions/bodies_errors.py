"""What can keep something about a body or its meetings from being written. Each carries the sentence that staff read."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class BodiesError(Exception):
    """Nothing was changed; ``str()`` says why and what to do, in the active language."""

    sentence: ClassVar[str | Promise] = _("That is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class OfAnotherCentre(BodiesError):
    """Something of another centre, or of another body."""

    sentence = _("Something that was chosen is no longer offered here. Please choose again.")


class ChangedMeanwhile(BodiesError):
    """A colleague has written since the page was shown. ``now`` is what stands there."""

    sentence = _(
        "A colleague has changed this point meanwhile. What you wrote is kept below, and not saved yet: saving again puts it in "
        "the place of theirs, which reads:"
    )

    def __init__(self, now: str) -> None:
        self.now = now

    def __str__(self) -> str:
        return f"{self.sentence} {self.now}"


class SeatTaken(BodiesError):
    """Another mandate for that seat begins on the same day or later."""

    sentence = _("Another mandate for this seat begins on that day or later: end this one before it.")


class OutsideTheBody(BodiesError):
    """A seat or a mandate would begin before its body or seat, or after its end."""

    sentence = _("Before or after this there was no such seat: choose a day within its time.")


class UnknownThen(BodiesError):
    """The centre did not work with the institution on that day."""

    sentence = _("The centre does not work with that institution on that day.")


class AlreadyApproved(BodiesError):
    """The minutes were approved: they stay as they are."""

    sentence = _("These minutes were approved and stay as they are. Write a correction beside them.")


class NotApproved(BodiesError):
    """A correction stands beside approved minutes only."""

    sentence = _("These minutes are not approved yet: they can still be changed themselves.")


class NotALaterMeeting(BodiesError):
    """Minutes are approved by a later meeting of the same body."""

    sentence = _("Minutes are approved at a later meeting of the same body.")


class NotHeldYet(BodiesError):
    """The meeting has not taken place."""

    sentence = _("That meeting has not taken place yet.")


class NumbersHaveNoHoles(BodiesError):
    """Only the last decision of a year can be removed."""

    sentence = _("Later decisions have their numbers already: word this one otherwise, or postpone it.")


class NumberedByYear(BodiesError):
    """Decisions carry the year of their meeting."""

    sentence = _("Its decisions are numbered within their year: the meeting stays in that year.")


class StillUsed(BodiesError):
    """A point of the agenda under which something was decided or taken on."""

    sentence = _("Decisions or actions stand under this point: move or remove them first.")


class NobodyTakesIt(BodiesError):
    """An action needs an institution or a colleague who takes it on."""

    sentence = _("Say which institution or which colleague takes it on.")
