"""Why something did not happen, in words for whoever asked."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class GuidanceError(Exception):
    """Refused; ``str(error)`` says why, in the language of the page."""

    sentence: ClassVar[str | Promise] = _("That is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class NoSuchThread(GuidanceError):
    """No thread opens with this receipt: never made, expired or erased. Nobody learns which."""

    sentence = _("No thread opens with this code.")


class ChangedMeanwhile(GuidanceError):
    """Somebody else changed the same entry first."""

    sentence = _("Somebody changed this a moment ago. Both versions are below: keep what is right.")


class ConversationEnded(GuidanceError):
    """The conversation for which the thread was open has ended."""

    sentence = _("This conversation has ended. The thread opens again with its code.")


class SaidOtherwise(GuidanceError):
    """The same entry came again with something else in it."""

    sentence = _("This was already written, with other words. Reload the page to see them.")
