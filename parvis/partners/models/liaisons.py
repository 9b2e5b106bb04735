"""Who speaks for an institution at a centre."""

from __future__ import annotations

from django.db import models

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.partners.models.institutions import Institution


class Liaison(models.Model):
    """A person with the role *partner's coordinator* at a centre answers for the people of this institution, and of no other."""

    person = models.ForeignKey(User, models.CASCADE, related_name="liaisons")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="liaisons")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="liaisons")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "centre", "institution"], name="liaison_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.institution}"
