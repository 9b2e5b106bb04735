"""Yearly figures of a centre as open data: published once as they are, replaced by a new edition, or withdrawn."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.accounts.models import User
from parvis.centres.models import Centre


class Licence(models.TextChoices):
    """What everybody may do with the files. Its name is a name: it is not translated."""

    LICENCE_OUVERTE = "etalab-2.0", "Licence Ouverte 2.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"

    @property
    def address(self) -> str:
        """Where its text stands."""
        return LICENCES[self]


LICENCES = {
    Licence.LICENCE_OUVERTE: "https://spdx.org/licenses/etalab-2.0",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


class OpenEdition(models.Model):
    """One calendar year of a centre, protected for everybody and published for good.

    A later edition of the same year holds what was corrected since, and the earlier one stays. ``content`` is what the files
    were made of; ``changes`` what differs from the edition before.
    """

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="open_editions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices)
    title = I18nCharField(_("title"), max_length=2000)
    description = I18nCharField(_("description"), max_length=8000, blank=True)
    content = models.JSONField()
    changes = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why it is withdrawn"), max_length=280, blank=True)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "year", "number"], name="open_edition_once"),
            models.CheckConstraint(
                name="open_edition_withdrawn_after_it_was_published",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.number})"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class OpenFile(models.Model):
    """One file of an edition, byte for byte as it was published. ``digest``: SHA-256."""

    edition = models.ForeignKey(OpenEdition, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    body = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="open_file_once")]

    def __str__(self) -> str:
        return self.name
