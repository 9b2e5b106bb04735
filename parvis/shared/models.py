"""What the shared machinery itself keeps in the database. No business word, and nothing about a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LiveVersion(models.Model):
    """How often a topic of live pages has changed: how one server process learns what another one wrote."""

    topic = models.CharField(max_length=60, primary_key=True)
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.topic} {self.version}"


class Night(models.Model):
    """One night of forgetting, or why there was none. Counts of the whole installation by rule, never a row's content.

    ``forgotten`` is how many by a rule's name; ``failed`` why not: a sentence's English under ``says``, with its numbers.
    """

    class Kind(models.TextChoices):
        """What became of it."""

        RUN = "run", _("Forgotten")
        STOPPED = "stopped", _("Stopped: the clock had jumped")
        CONFIRMED = "confirmed", _("Somebody said that the clock is right")

    at = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    done = models.BooleanField(default=True)  # false while it runs, and for ever where it was cut off
    since = models.DateTimeField(null=True)  # of a stopped one: when the last one ran, by the clock of then
    forgotten = models.JSONField(default=dict)
    failed = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]  # as they happened: a clock that jumps does not reorder them

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"
