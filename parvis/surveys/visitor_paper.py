"""The words around the questions on a sheet that visitors fill in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class PaperWords:
    """In the active language."""

    promise: str
    yes: str
    no: str
    before: str
    now: str
    several: str
    at_most: str
    only_if: str


def paper_words() -> PaperWords:
    """What every sheet says."""
    return PaperWords(
        promise=_("Please do not write your name. You need not answer every question."),
        yes=_("Yes"),
        no=_("No"),
        before=pgettext("survey", "Before"),
        now=pgettext("survey", "Now"),
        several=_("Several answers are possible."),
        at_most=_("Several answers are possible, at most %(most)s."),
        only_if=_("Only if you answered question %(number)s with: %(answers)s."),
    )
