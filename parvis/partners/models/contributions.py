"""What partners gave outside duty slots: noted by hand, or counted from the agenda."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.centres.models import Theme
from parvis.partners.models.institutions import Relation


class Contribution(models.Model):
    """An event, a training, a meeting, or something in kind that an institution gave on one day.

    ``counted_from`` is the calendar key of the session or visit whose hours it is: it is corrected there, never by hand.
    """

    class Kind(models.TextChoices):
        EVENT = "event", pgettext_lazy("contribution", "Event")
        TRAINING = "training", _("Training given to others")
        MEETING = "meeting", pgettext_lazy("contribution", "Meeting")
        IN_KIND = "in_kind", _("In kind")

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="contributions")
    day = models.DateField(_("day"))
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(pgettext_lazy("kind of contribution", "kind"), max_length=8, choices=Kind.choices)
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MaxValueValidator(100_000)])
    words = models.CharField(_("what it was"), max_length=280, blank=True)
    counted_from = models.UUIDField(null=True, editable=False, db_index=True)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contribution_of_something", condition=Q(minutes__gt=0) | ~Q(words="")
            )
        ]
        indexes = [models.Index(fields=["relation", "day"], name="contributions_of_a_partner")]

    def __str__(self) -> str:
        return f"{self.relation} {self.day}: {self.get_kind_display()}"
