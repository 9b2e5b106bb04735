"""Schools of the territory: whom a centre could reach."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Code


class School(models.Model):
    """A school of a centre's territory, as a list of the authorities says it. Dated, never deleted once a class came."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="schools")
    # The authority's number, or one that the page made: an import finds its school by it.
    reference = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=160)
    place = models.CharField(_("place"), max_length=80, blank=True)
    school_network = models.ForeignKey(
        Code, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("network of schools")
    )
    levels = models.ManyToManyField(Code, blank=True, related_name="+", verbose_name=_("levels"))
    streams = models.ManyToManyField(Code, blank=True, related_name="+", verbose_name=_("streams"))
    specialised = models.BooleanField(_("specialised teaching"), default=False)
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)  # of which day the number is
    opened_on = models.DateField(_("since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)  # the first day without it

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "reference"], name="school_once_at_a_centre"),
            models.CheckConstraint(
                name="school_dates_in_order", condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name
