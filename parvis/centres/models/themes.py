"""Themes: what a visitor can come for, each with a colour and a shape."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from parvis.centres.models.codes import Code
from parvis.centres.models.network import Centre


class Shape(models.TextChoices):
    """Ten shapes that differ in outline, so that colour is never alone."""

    CIRCLE = "circle", _("Circle")
    SQUARE = "square", _("Square")
    TRIANGLE = "triangle", _("Triangle")
    DROP = "drop", _("Drop")
    STAR = "star", _("Star")
    HEXAGON = "hexagon", _("Hexagon")
    DIAMOND = "diamond", _("Diamond")
    CROSS = "cross", _("Cross")
    LEAF = "leaf", _("Leaf")
    MOON = "moon", _("Moon")


class Tint(models.TextChoices):
    """Ten colours of the design system; their values live in its tokens."""

    PETROL = "petrol", _("Petrol")
    SUN = (
        "sun",
        pgettext_lazy("colour", "Sun"),
    )  # without the context it would translate the weekday of every date
    CORAL = "coral", _("Coral")
    LEAF = "leaf", _("Leaf green")
    PLUM = "plum", _("Plum")
    SKY = "sky", _("Sky blue")
    CLAY = "clay", _("Clay")
    MOSS = "moss", _("Moss")
    ROSE = "rose", _("Rose")
    SLATE = "slate", _("Slate")


class ThemeQuerySet(models.QuerySet["Theme"]):
    def open_on(self, day: date) -> ThemeQuerySet:
        """Themes offered on ``day``, in the centre's order."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day).order_by(
            "position", "pk"
        )


class Theme(models.Model):
    """A pole of the centre. Dated, named by the centre, mapped to the network's theme."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="themes")
    key = models.SlugField(max_length=40)
    name = I18nCharField(_("name"), help_text=_("Short, as staff say it: Find training."))
    sentence = I18nCharField(_("sentence"), help_text=_("As a visitor says it: I am looking for training."))
    tint = models.CharField(_("colour"), max_length=8, choices=Tint.choices)
    shape = models.CharField(_("shape"), max_length=8, choices=Shape.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    network_code = models.ForeignKey(
        Code, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("counts as")
    )
    valid_from = models.DateField(_("offered from"))
    valid_to = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("The first day without it.")
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "key"], name="theme_key_once"),
            models.CheckConstraint(
                name="theme_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
