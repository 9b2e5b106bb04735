"""What is wrong with an answer, said to whoever gave it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from parvis.surveys.answers import Fault, Wrong
from parvis.surveys.models import LONGEST


def sentence(fault: Fault) -> str:
    """One sentence: what happened, and what to do."""
    question = fault.question
    match fault.wrong:
        case Wrong.NEEDED:
            return _("This question needs an answer.")
        case Wrong.TOO_MANY:
            return _("Please choose at most %(most)s answers.") % {"most": question.most}
        case Wrong.NOT_A_NUMBER:
            return _("Please give a whole number, in figures.")
        case Wrong.OUT_OF_RANGE:
            return _out_of_range(fault)
        case Wrong.NOT_A_DAY:
            return _("Please give a day that exists.")
        case Wrong.TOO_LONG:
            return _("Please say it in %(letters)s letters at most.") % {"letters": LONGEST}
        case Wrong.NAMES_SOMEBODY:
            found = ", ".join(f"“{one.text}”" for one in fault.found)
            return _("This looks like a name or a way to reach somebody: %(found)s. Please leave it out.") % {
                "found": found
            }
        case _:
            return _("This answer is not among those offered.")


def _out_of_range(fault: Fault) -> str:
    low, high = fault.question.minimum, fault.question.maximum
    if low is not None and high is not None:
        return _("Please give a number from %(low)s to %(high)s.") % {"low": low, "high": high}
    if low is not None:
        return _("Please give a number that is at least %(low)s.") % {"low": low}
    return _("Please give a number that is at most %(high)s.") % {"high": high}
