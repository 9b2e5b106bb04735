"""An adviser on duty at a desk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Desk, Theme


class SeatQuerySet(models.QuerySet["Seat"]):
    def open(self) -> SeatQuerySet:
        """Seats where somebody is on duty now."""
        return self.filter(closed_at=None)


class Seat(models.Model):
    """One person on duty at one place of a desk, for some themes and languages, from opening to closing.

    ``person`` is there for the day's work only, and forgotten after it (docs/personal-data.md): no figure is per adviser.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="seats")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="open_seats", verbose_name=_("desk"))
    place = models.PositiveSmallIntegerField(_("seat"))  # 1 or 2 at most desks
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="seats")
    themes = models.ManyToManyField(Theme, related_name="seats", verbose_name=_("themes"))
    languages = models.JSONField(_("languages"), default=list)
    opened_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "place"], condition=Q(closed_at=None), name="one_person_on_a_seat"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at=None), name="one_seat_for_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk} · {self.place}"
