"""Tablets, screens and sensors of a centre: each opens with an address or key of its own that staff can revoke."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Site


class Device(models.Model):
    """A kiosk, a board, a greeter's tablet, the QR code at the door, or a door sensor."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", _("Kiosk")
        BOARD = "board", _("Board")
        GREETER = "greeter", _("Greeter's tablet")
        DOOR = "door", _("QR code at the door")
        SENSOR = "sensor", _("Door sensor")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="devices")
    site = models.ForeignKey(Site, models.PROTECT, related_name="devices")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60, help_text=_("So that colleagues know which one it is."))
    token = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class NumberLease(models.Model):
    """Numbers set aside for a device, so that it can go on without a network. Unused ones stay unused."""

    key = models.UUIDField(unique=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="leases")
    date = models.DateField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    leased_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="lease_in_order", condition=models.Q(first__lte=models.F("last")))
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
