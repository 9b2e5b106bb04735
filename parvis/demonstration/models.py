"""Which centres are played, and how far their day has come."""

from __future__ import annotations

from django.db import models

from parvis.centres.models import Centre


class Demonstration(models.Model):
    """A centre of which every past visit was invented, and whose present is played by robots beside whoever joins in."""

    centre = models.OneToOneField(Centre, models.PROTECT, related_name="demonstration")
    seed = models.CharField(max_length=40)  # everything drawn comes from it
    played_until = models.DateTimeField()  # on the centre's clock: what was to happen before has happened
    jump_to = models.DateTimeField(null=True)  # on the centre's clock: somebody wants to be there
    player = models.CharField(
        max_length=40, blank=True
    )  # the one process that plays, and when it last said so
    player_seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.centre)
