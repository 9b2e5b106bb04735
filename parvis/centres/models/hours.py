"""When a site is open. Public holidays come from the ``holidays`` library by country and region."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.centres.models.places import Site


class OpeningHours(models.Model):
    """One stretch of an ordinary week on the site's own clock; a site may have several a day."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # Monday is 0
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(name="weekday_of_a_week", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="opens_before_it_closes", condition=Q(opens__lt=F("closes"))),
            models.UniqueConstraint(fields=["site", "weekday", "opens"], name="opening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class OpeningException(models.Model):
    """A day that differs: closed (no hours), or open at other hours; it also overrides a public holiday."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="exceptions")
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = I18nCharField(_("what visitors read"), blank=True)

    class Meta:
        ordering = ["day", "opens"]
        constraints = [
            models.CheckConstraint(
                name="exception_closed_or_with_hours",
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False, opens__lt=F("closes")),
            ),
            models.UniqueConstraint(fields=["site", "day", "opens"], name="exception_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"
