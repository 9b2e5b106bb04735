"""How somebody likes a half-day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wish(models.TextChoices):
    """Four answers, from gladly to not at all. The first three mean that one can come."""

    PREFERS = "prefers", _("Gladly")
    CAN = "can", _("I can")
    RATHER_NOT = "rather_not", _("Rather not")
    CANNOT = "cannot", _("I cannot")
