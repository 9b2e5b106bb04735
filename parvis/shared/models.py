"""What the shared machinery itself keeps in the database. No business word, and nothing about a person."""

from __future__ import annotations

from django.db import models


class LiveVersion(models.Model):
    """How often a topic of live pages has changed: how one server process learns what another one wrote."""

    topic = models.CharField(max_length=60, primary_key=True)
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.topic} {self.version}"
