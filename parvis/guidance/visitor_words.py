"""Words that visitors read on more than one page of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.roles import Role

WORDING = (
    "2026-11"  # of templates/guidance/visitor/_what_it_is.html: another one after each change of what it says
)


class Keeps(models.IntegerChoices):
    """How many months a thread is kept after it was last opened, as the visitor wishes."""

    THREE = 3, _("3 months")
    SIX = 6, _("6 months")
    TWELVE = 12, _("1 year")
    TWENTY_FOUR = 24, _("2 years")


class Kind(models.TextChoices):
    """What an entry of a thread is."""

    ASKED = "asked", _("What you asked")
    UNDERSTOOD = "understood", _("What we understood")
    OPTION = "option", _("Possibilities")
    STEP = "step", _("Your plan")
    PLACE = "place", _("Where to go, what to read")
    HAND_OVER = "hand_over", _("Who goes on with you")
    QUESTION = "question", _("Your question")
    ANSWER = "answer", _("Our answer")


class Who(models.TextChoices):
    """Who does a step."""

    YOU = "you", _("You")
    CENTRE = "centre", _("The centre")
    TOGETHER = "together", _("Together")


ROLES = {
    Role.ADVISER: pgettext_lazy("who read it", "an adviser"),
    Role.FACILITATOR: pgettext_lazy("who read it", "a facilitator"),
    Role.DOCUMENTALIST: pgettext_lazy("who read it", "a documentalist"),
    Role.DIRECTOR: pgettext_lazy("who read it", "the director"),
}

NONE_FOUND = _(
    "No thread opens with this code. It may have been mistyped, it may have expired, or it was erased. You can start again at any time."
)
NOT_A_CODE = _(
    "This is not a whole code: it has nine words, or twenty letters and digits. Please look at your card again."
)
WRONG_AT = _("Word or letter number %(place)s is not one of ours. Please look at your card again.")
DOES_NOT_FIT = _("One word or letter is wrong, or two have changed places. Please look at your card again.")
TOO_MANY = _(
    "Many codes were tried from here. Please wait ten minutes, or come to a centre: there it always works."
)
