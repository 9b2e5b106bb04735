"""A survey of a sample: which hours were drawn, out of which, and by what."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Site
from parvis.surveys.models.answers import Collection


class Sample(models.Model):
    """How a collection's hours were drawn. ``seed`` and ``frame`` let anybody draw them again and see that nobody chose."""

    class Unit(models.TextChoices):
        HALF_DAY = "half_day", _("Half-days")
        HOUR = "hour", _("Hours")
        DAY = "day", _("Whole days")

    class Method(models.TextChoices):
        STRATIFIED = "stratified", _("At random, mornings and afternoons apart")
        SYSTEMATIC = "systematic", _("Evenly over the weekdays and weeks")

    collection = models.OneToOneField(Collection, models.CASCADE, related_name="sample")
    site = models.ForeignKey(Site, models.PROTECT, related_name="samples")
    unit = models.CharField(_("what is drawn"), max_length=8, choices=Unit.choices)
    method = models.CharField(_("how it is drawn"), max_length=10, choices=Method.choices)
    seed = models.CharField(max_length=32, editable=False)
    draws = models.PositiveSmallIntegerField(
        default=1, editable=False
    )  # how often it was drawn before it opened
    frame = models.JSONField(default=dict)  # part of the day -> how many slots there were

    def __str__(self) -> str:
        return f"{self.collection} ({self.seed})"


class DrawnSlot(models.Model):
    """One stretch of one day in which everybody is asked. At most one a day: an answer knows its day and nothing finer."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="slots")
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    part = models.CharField(max_length=9)  # parvis.surveys.sampling.Part

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "day"], name="one_drawn_slot_a_day"),
            models.CheckConstraint(name="drawn_slot_in_order", condition=Q(opens__lt=F("closes"))),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def holds(self, at: time) -> bool:
        """Whether a time of the site's clock lies in it."""
        return self.opens <= at < self.closes
