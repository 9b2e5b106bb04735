"""Bodies in which institutions steer a centre together: their seats, and who holds them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.centres.models import Centre
from parvis.partners.models.institutions import Institution


def in_force(day: date, prefix: str = "") -> Q:
    """What is in force on ``day``: begun, and not ended by then."""
    ends, starts = f"{prefix}valid_to", f"{prefix}valid_from__lte"
    return (Q(**{ends: None}) | Q(**{f"{ends}__gt": day})) & Q(**{starts: day})


class Body(models.Model):
    """Where institutions decide together: a steering committee, an assembly, a working group. Dated, never deleted."""

    class Kind(models.TextChoices):
        STEERING = "steering", _("Steering committee")
        ASSEMBLY = "assembly", _("Partners’ assembly")
        WORKING_GROUP = "working_group", _("Working group")
        OTHER = "other", pgettext_lazy("kind of body", "Another body")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="bodies")
    kind = models.CharField(pgettext_lazy("of a body", "kind"), max_length=13, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=500, blank=True)
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="body_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_over_on(self, day: date) -> bool:
        """Whether it no longer existed on ``day``."""
        return self.valid_to is not None and self.valid_to <= day


class Seat(models.Model):
    """One place in a body, for a kind of institution or for a category that the body named itself."""

    key = models.UUIDField(unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    kind = models.CharField(_("category"), max_length=20, choices=Institution.Kind.choices, blank=True)
    label = models.CharField(_("category in the body’s own words"), max_length=60, blank=True)
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_of_one_category",
                condition=(Q(kind="") & ~Q(label="")) | (~Q(kind="") & Q(label="")),
            ),
            models.CheckConstraint(
                name="seat_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.category

    @property
    def category(self) -> str:
        """What the seat is for, in words."""
        return self.label or str(Institution.Kind(self.kind).label)

    @property
    def category_key(self) -> str:
        """The same as a key that does not change with the language."""
        return self.kind or f"own:{self.label.casefold()}"

    def is_over_on(self, day: date) -> bool:
        """Whether it no longer existed on ``day``."""
        return self.valid_to is not None and self.valid_to <= day


class Mandate(models.Model):
    """An institution holds a seat for a time, by a representative and perhaps a deputy. Their names are forgotten after it."""

    key = models.UUIDField(unique=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="mandates")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="mandates")
    representative = models.CharField(_("representative"), max_length=120, blank=True)
    deputy = models.CharField(_("deputy"), max_length=120, blank=True)
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(valid_to=None), name="one_open_mandate_for_a_seat"
            ),
            models.CheckConstraint(
                name="mandate_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.institution}"
