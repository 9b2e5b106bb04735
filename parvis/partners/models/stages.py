"""The way of a partnership: prospect, negotiating, active, suspended, ended; each step a dated row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.partners.models.institutions import Relation, Stage

# Where a partnership may go from where it is. One that never was (none) begins as a prospect or at once.
ALLOWED: dict[str, tuple[Stage, ...]] = {
    Stage.NONE: (Stage.PROSPECT, Stage.NEGOTIATING, Stage.ACTIVE),
    Stage.PROSPECT: (Stage.NEGOTIATING, Stage.ACTIVE, Stage.ENDED),
    Stage.NEGOTIATING: (Stage.ACTIVE, Stage.PROSPECT, Stage.ENDED),
    Stage.ACTIVE: (Stage.SUSPENDED, Stage.ENDED),
    Stage.SUSPENDED: (Stage.ACTIVE, Stage.ENDED),
    Stage.ENDED: (Stage.PROSPECT, Stage.NEGOTIATING, Stage.ACTIVE),
}


class Step(models.Model):
    """One step of a partnership, from a day on: who took it and why. Never changed, never deleted."""

    relation = models.ForeignKey(Relation, models.CASCADE, related_name="steps")
    stage = models.CharField(pgettext_lazy("of a partnership", "stage"), max_length=12, choices=Stage.choices)
    since = models.DateField(_("from this day on"))
    reason = models.CharField(_("why"), max_length=280, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True)  # none for those that were there before steps were noted

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.relation}: {self.get_stage_display()} {self.since}"
