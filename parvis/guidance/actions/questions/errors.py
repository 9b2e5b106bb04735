"""Why something did not happen to a question."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from parvis.guidance.actions.errors import GuidanceError


class NotTakenHere(GuidanceError):
    """The centre takes no questions online, or not under this theme."""

    sentence = _("This centre does not take questions online now.")


class TakenByAnother(GuidanceError):
    """Somebody else was first."""

    sentence = _("A colleague has just taken this question.")


class NotYours(GuidanceError):
    """Only whoever has the question does this."""

    sentence = _("This question is not with you any more. Reload the page to see where it is.")


class QuestionGone(GuidanceError):
    """Closed, or erased by the visitor."""

    sentence = _("This question is closed, or its visitor has erased it. Nothing was sent.")


class AnsweredAlready(GuidanceError):
    """It has its answer: nothing to hand on."""

    sentence = _("This question is answered already.")


class AnswerUnreviewed(GuidanceError):
    """The centre wants a second pair of eyes."""

    sentence = _("A second adviser reads each answer here before it is sent.")


class OwnAnswer(GuidanceError):
    """Nobody approves their own answer."""

    sentence = _("You wrote this answer: somebody else has to read it before it is sent.")


class DraftChanged(GuidanceError):
    """The draft was changed on another page."""

    sentence = _(
        "This draft was changed on another page. Reload to see it; your own words are still here to copy."
    )


class MailNotGone(GuidanceError):
    """The mail about the answer needs the address once more."""

    sentence = _("The mail about this answer has not left yet. Try again in a minute.")
