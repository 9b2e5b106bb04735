"""Why something did not happen in a talk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from parvis.guidance.actions.errors import GuidanceError


class NobodyThere(GuidanceError):
    """Not in live hours, or nobody is on duty for that theme and language."""

    sentence = _("Nobody can talk with you at once now.")


class TalkOver(GuidanceError):
    """The talk has ended; the question goes on in writing."""

    sentence = _("This talk is over. The question and every word of it are among the questions online.")


class OutOfOrder(GuidanceError):
    """What was said before has not arrived yet."""

    sentence = _("Something that was written before this has not arrived yet. It is sent again.")
