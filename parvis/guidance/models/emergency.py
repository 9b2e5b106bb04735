"""Whom a visitor may call when a question speaks of danger."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.centres.models import Centre
from parvis.guidance.visitor_danger import Kind

ANY = "any"
A_NUMBER = RegexValidator(
    r"^\+?\d[\d /().-]{1,22}\Z", _("A telephone number: digits and spaces, as one dials it.")
)


class EmergencyNumber(models.Model):
    """One line of the visitor's card, written by the centre. A centre without any shows those of its country."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)  # a number sent twice is added once
    kind = models.CharField(max_length=10, choices=[(ANY, _("Any danger")), *Kind.choices], default=ANY)
    name = I18nCharField(max_length=120)  # who answers
    number = models.CharField(max_length=24, validators=[A_NUMBER])
    hours = I18nCharField(max_length=120, blank=True)  # in words
    by_text = models.BooleanField(default=False)  # it takes text messages, not calls
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.number
