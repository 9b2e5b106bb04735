"""Drafts of a rota: computed, changed by hand, compared, published or dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Space, Theme
from parvis.rota.models.needs import DutyKind, HalfDay

KILLED = {
    "failed": "killed",
    "broken": [],
}  # the finding of a draft whose worker was killed, until it has a plan
SILENT_AFTER = timedelta(seconds=60)  # a planner that lives shows itself every few seconds


class Plan(models.Model):
    """A draft of the rota between two days. Only publishing it changes what the team reads."""

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waiting for the planner")
        COMPUTING = "computing", _("Being planned")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        PUBLISHED = "published", _("Published")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="plans")
    name = models.CharField(_("name"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.WAITING)
    weights = models.JSONField(default=dict)  # field of ``planning.problem.Weights`` -> cost
    seconds = models.PositiveSmallIntegerField(_("seconds to plan, at most"), default=60)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    rota_version = models.PositiveIntegerField(default=0)  # of the published rota when it was made
    version = models.PositiveIntegerField(default=0)  # of the draft: each change by hand raises it
    # How the planner does: it writes these while it works.
    worker = models.CharField(max_length=64, blank=True)
    beat_at = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    progress = models.JSONField(default=list)  # [seconds, cost, bound] each, oldest first
    cost = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    costs = models.JSONField(default=dict)  # rule -> its part of the cost
    findings = models.JSONField(default=list)  # gaps and unmet wishes, explained
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="plan_dates_in_order", condition=Q(last_day__gte=F("first_day")))
        ]

    def __str__(self) -> str:
        return self.name

    def is_silent(self, at: datetime) -> bool:
        """Whether its planner has not shown itself for so long that it must have been killed."""
        running = self.stage in (self.Stage.WAITING, self.Stage.COMPUTING)
        return running and (self.beat_at is None or at - self.beat_at > SILENT_AFTER)


class PlannedSlot(models.Model):
    """One person at one half-day of a draft."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="slots")
    half_day = models.ForeignKey(HalfDay, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    duty = models.CharField(max_length=12, choices=DutyKind.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey(Space, models.PROTECT, null=True, related_name="+")
    pinned = models.BooleanField(default=False)  # chosen by hand: planning again keeps it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "half_day", "person"], name="planned_once_at_a_half_day")
        ]

    def __str__(self) -> str:
        return f"{self.half_day} {self.theme or self.duty}"
