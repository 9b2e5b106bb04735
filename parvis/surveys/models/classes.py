"""A class answers together: a screen with a code, a count of how many, and nothing of any pupil's."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.shared.disclosure import THRESHOLD
from parvis.surveys.models.answers import Collection, new_token

MOST_PUPILS = 200


class ClassRound(models.Model):
    """The screen of one class. While it is open it has a short code to type, and an end; afterwards neither.

    ``pupils`` is a head-count: a class stays a number.
    """

    class State(models.TextChoices):
        READY = "ready", pgettext_lazy("screen of a class", "Not begun")
        OPEN = "open", pgettext_lazy("screen of a class", "Open")
        OVER = "over", pgettext_lazy("screen of a class", "Over")

    collection = models.OneToOneField(Collection, models.CASCADE, related_name="class_round")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    pupils = models.PositiveSmallIntegerField(
        _("how many pupils"), validators=[MinValueValidator(THRESHOLD), MaxValueValidator(MOST_PUPILS)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("how many minutes it stays open"), default=30, validators=[MinValueValidator(5)]
    )
    state = models.CharField(max_length=5, choices=State.choices, default=State.READY, editable=False)
    code = models.CharField(max_length=6, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="class_round_open_with_code_and_end",
                condition=(Q(state="open", ends_at__isnull=False) & ~Q(code=""))
                | (~Q(state="open") & Q(code="", ends_at=None)),
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="class_round_code_of_one_open_screen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection} ({self.pupils})"

    def is_open(self, at: datetime) -> bool:
        """Whether pupils may answer now."""
        return self.state == self.State.OPEN and self.ends_at is not None and at < self.ends_at
