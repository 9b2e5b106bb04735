"""Tablets, screens and sensors of a centre: each opens with an address or key of its own that staff can revoke."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Site, Theme


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


class RefusedEntry(models.Model):
    """An arrival that a device wrote down without a network and that the server could not take: staff settle it.

    Its key is the device's own: let in, it becomes the key of its ticket, so that nobody is counted twice.
    """

    class Why(models.TextChoices):
        THEME = "theme", _("The theme is no longer offered")
        LANGUAGE = "language", _("The language is no longer spoken here")
        SEAT = "seat", _("The place to sit was closed")
        OTHER = "other", _("It could not be read")

    class Dropped(models.TextChoices):
        RECEIVED = "received", _("Was received without a ticket")
        LEFT = "left", _("Has left meanwhile")
        TWICE = "twice", _("Was given another ticket")
        TRIAL = "trial", _("Was only a trial")

    key = models.UUIDField(unique=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="refused_entries")
    arrived_at = models.DateTimeField()
    why = models.CharField(max_length=8, choices=Why.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8, blank=True)
    size = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveIntegerField(null=True)  # the leased number that the visitor was shown
    ticket = models.OneToOneField("reception.Ticket", models.PROTECT, null=True, related_name="refused_entry")
    dropped = models.CharField(max_length=8, choices=Dropped.choices, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="refused_entry_settled_one_way",
                condition=models.Q(settled_at=None, ticket=None, dropped="")
                | models.Q(models.Q(settled_at__isnull=False, ticket__isnull=False, dropped=""))
                | models.Q(models.Q(settled_at__isnull=False, ticket=None), ~models.Q(dropped="")),
            ),
            models.CheckConstraint(name="refused_entry_for_somebody", condition=models.Q(size__gte=1)),
        ]
        verbose_name_plural = "refused entries"

    def __str__(self) -> str:
        return f"{self.arrived_at:%H:%M} {self.get_why_display()}"
