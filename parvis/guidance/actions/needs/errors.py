"""What can keep a need or a proposal from being written. Each carries the sentence that staff read."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NeedsError(Exception):
    """Nothing was changed; ``str()`` says why and what to do, in the active language."""

    sentence: ClassVar[str | Promise] = _("That is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotOfThisCentre(NeedsError):
    """A theme, an entry or a code of another centre, or one that is not for needs."""

    sentence = _("Something that was chosen is no longer offered here. Please choose again.")


class NotYet(NeedsError):
    """The day has not come."""

    sentence = _("That day has not come yet.")


class RecordedOtherwise(NeedsError):
    """The same page was sent before with something else in it."""

    sentence = _("This page was sent before with other words, and those are kept. Look for them in the list.")


class TakenBack(NeedsError):
    """The entry was taken back."""

    sentence = _("This entry was taken back meanwhile. It can be put back from the list.")


class ChangedMeanwhile(NeedsError):
    """Somebody saved a newer version than the one that was changed."""

    sentence = _("A colleague has changed this meanwhile.")


class NotInTheTeam(NeedsError):
    """Who is to be asked does not work here, or may not propose."""

    sentence = _("This colleague no longer works here. Please choose somebody else.")


class AlreadyTaken(NeedsError):
    """Somebody else has taken the proposal on."""

    sentence = _("A colleague has just taken this on.")


class NotReachable(NeedsError):
    """No way leads from the proposal's state to the one that was wanted."""

    sentence = _("It has moved on meanwhile. The page shows where it is now.")


class NoOutcome(NeedsError):
    """What is over needs an outcome in words."""

    sentence = _("Say in a few words what came of it.")
