"""What teachers read about where their visit is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.agenda.models import ClassVisit, PartOfDay

S = ClassVisit.State


class Stage(models.TextChoices):
    """The states of a visit in a teacher's words."""

    ASKED = S.ASKED, _("We have your request")
    OPTION = S.OPTION, _("A date is kept for you")
    CONFIRMED = S.CONFIRMED, _("Your class comes")
    PREPARED = S.PREPARED, _("Everything is ready for your class")
    HELD = S.HELD, _("Your class was here")
    EVALUATED = S.EVALUATED, _("Thank you for telling us how it was")
    CANCELLED = S.CANCELLED, _("The visit is cancelled")


NEXT = {
    S.ASKED: _("We look for a half-day with a free room, and write to you. You need not do anything now."),
    S.OPTION: _("Say yes below, so that the date is yours. If it does not suit you, write to us."),
    S.CONFIRMED: _(
        "We prepare the visit. You find here what you need for the day; write to us if anything changes."
    ),
    S.PREPARED: _("We look forward to your class. Write to us if anything changes."),
    S.HELD: _("Thank you for coming with your class."),
    S.EVALUATED: _("Thank you for coming with your class."),
    S.CANCELLED: _("Nothing is left to do. You can ask for another visit at any time."),
}


class Part(models.TextChoices):
    """The parts of a day."""

    MORNING = PartOfDay.MORNING, pgettext_lazy("part of a day for a class", "Morning")
    AFTERNOON = PartOfDay.AFTERNOON, pgettext_lazy("part of a day for a class", "Afternoon")
