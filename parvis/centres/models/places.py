"""Where a centre is: sites, their spaces, and the desks in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.centres.models.network import Centre


class Site(models.Model):
    """One address of a centre."""

    class Kind(models.TextChoices):
        MAIN = "main", _("Main site")
        SECONDARY = "secondary", _("Secondary site")
        ASSOCIATED = "associated", _("Associated centre")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="sites")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.MAIN)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=250, blank=True)
    closed_on = models.DateField(_("closed for good on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="site_name_once"),
            models.UniqueConstraint(
                fields=["centre"], condition=models.Q(kind="main"), name="one_main_site_per_centre"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Space(models.Model):
    """A part of a site that visitors can find: the reception, the blue corner, the workshop room."""

    class Kind(models.TextChoices):
        RECEPTION = "reception", _("Reception")
        INTERVIEWS = "interviews", _("Interviews")
        DOCUMENTATION = "documentation", _("Documentation")
        WORKSHOP = "workshop", _("Workshops")
        WAITING = "waiting", _("Waiting")

    site = models.ForeignKey(Site, models.PROTECT, related_name="spaces")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    name = I18nCharField(_("name"))
    closed_on = models.DateField(_("closed for good on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)


class Direction(models.TextChoices):
    """Where to go from the waiting room, as the board's arrow shows it."""

    AHEAD = "ahead", _("Straight ahead")
    LEFT = "left", _("To the left")
    RIGHT = "right", _("To the right")
    BACK = "back", _("Behind you")
    UP = "up", _("Upstairs")
    DOWN = "down", _("Downstairs")


class Desk(models.Model):
    """A place where one or two advisers receive. Two seats, so that two institutions can sit side by side."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="desks")
    name = models.CharField(_("name"), max_length=40, help_text=_("Short, as on the sign: 3, or Blue."))
    seats = models.PositiveSmallIntegerField(_("seats"), default=2)
    direction = models.CharField(
        _("way from the waiting room"), max_length=6, choices=Direction.choices, default=Direction.AHEAD
    )
    closed_on = models.DateField(_("closed for good on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["space", "name"], name="desk_name_once"),
            models.CheckConstraint(
                name="desk_has_seats", condition=models.Q(seats__gte=1) & models.Q(seats__lte=8)
            ),
        ]

    def __str__(self) -> str:
        return self.name
