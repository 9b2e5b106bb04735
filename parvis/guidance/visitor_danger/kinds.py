"""What kind of danger words can speak of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """For each there are other people to call."""

    SELF = "self", _("Suicide, hurting oneself")
    VIOLENCE = "violence", _("Violence")
    MINOR = "minor", _("A child or teenager in danger")
