"""How somebody found what they were told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Face(models.IntegerChoices):
    """How somebody found it: four faces, each with its word."""

    NOT_AT_ALL = 1, pgettext_lazy("opinion", "Not at all")
    A_LITTLE = 2, pgettext_lazy("opinion", "A little")
    MOSTLY = 3, pgettext_lazy("opinion", "Mostly")
    COMPLETELY = 4, pgettext_lazy("opinion", "Completely")
