"""Who was written to about what: a mail that was cut off goes on with those it has not reached."""

from __future__ import annotations

from django.db import models

from parvis.accounts.models import User


class Letter(models.Model):
    """One mail of the rota to one person. ``about`` names what it tells, by its key; never what it says."""

    about = models.CharField(max_length=120)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)  # until then it is on its way, or was cut off

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "person"], name="written_once")]

    def __str__(self) -> str:
        return self.about
