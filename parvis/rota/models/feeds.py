"""Private addresses at which a calendar reads somebody's duties."""

from __future__ import annotations

from django.db import models

from parvis.accounts.models import User
from parvis.centres.models import Centre


class Feed(models.Model):
    """One address, known only by its keyed digest; it ends when it is revoked or the person leaves the team."""

    person = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    centre = models.ForeignKey(Centre, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_on = models.DateField(
        null=True
    )  # the last day on which a calendar asked: an address nobody uses can go
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} · {self.made_at:%Y-%m-%d}"
