"""Questions and conditions in words, as staff read them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.surveys.conditions import Fault
from parvis.surveys.models import Condition, Question, QuestionKind
from parvis.surveys.queries.choices import NO, YES, Choices

FAULTS: Mapping[Fault, str | Promise] = {
    Fault.LATER: gettext_lazy("It depends on an answer that is given only later."),
    Fault.NO_SUCH_ANSWER: gettext_lazy("It depends on an answer that cannot be chosen any more."),
    Fault.NEVER: gettext_lazy("No answers lead to it: what it depends on cannot hold together."),
}
ABOUT: Mapping[QuestionKind, str | Promise] = {
    QuestionKind.CHOICE: gettext_lazy(
        "Exactly one of the answers that you write, or of one of the centre’s lists."
    ),
    QuestionKind.SEVERAL: gettext_lazy("Any number of the answers, or at most as many as you say."),
    QuestionKind.SCALE: gettext_lazy("Points from one end to the other; you say what the ends mean."),
    QuestionKind.YES_NO: gettext_lazy("The shortest question there is."),
    QuestionKind.NUMBER: gettext_lazy("A whole number, between two ends if you wish."),
    QuestionKind.DATE: gettext_lazy(
        "A day in the calendar. Never ask for a birthday: it says who somebody is."
    ),
    QuestionKind.GRID: gettext_lazy("Several lines, each with one of the same answers."),
    QuestionKind.PAIR: gettext_lazy("How it was before, and how it is now: what changed, in one question."),
    QuestionKind.TEXT: gettext_lazy(
        "At most 280 letters. Names, numbers and addresses are refused; the words are forgotten after 400 days."
    ),
}


def condition_in_words(condition: Condition, choices: Choices) -> str:
    """“Would you come again?”: No, Perhaps."""
    labels = {YES: _("Yes"), NO: _("No")} | {
        one.key: str(one.label) for one in choices.get(condition.on_id, [])
    }
    said = ", ".join(labels.get(key, key) for key in condition.answers)
    return _("“%(question)s”: %(answers)s") % {"question": condition.on.text, "answers": said}


def answers_in_words(question: Question, choices: Choices) -> str:
    """What can be answered, in one line."""
    if question.points:
        return _("from %(low)s to %(high)s") % {"low": question.points[0], "high": question.points[-1]}
    labels = [str(one.label) for one in choices.get(question.pk, [])]
    return " · ".join(labels)
