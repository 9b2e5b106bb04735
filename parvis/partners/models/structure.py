"""Which of the five structure models a centre is, over time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre


class StructureModel(models.TextChoices):
    """How a centre stands in law and in its surroundings: five ways, each with advantages and limits."""

    PUBLIC_SERVICE = "public_service", _("Assimilated to a public service or agency")
    MULTI_SERVICE = "multi_service", _("Service of a multi-service organisation")
    SINGLE_PUBLIC = "single_public", _("Single public structure")
    SINGLE_PRIVATE = "single_private", _("Single private structure (association)")
    AGREEMENT = "agreement", _("Association agreement without legal entity")


class StructurePeriod(models.Model):
    """From a day on, a centre is of a structure model, until the next period begins."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="structure_periods")
    model = models.CharField(_("structure model"), max_length=14, choices=StructureModel.choices)
    valid_from = models.DateField(_("since"))
    remark = models.CharField(_("remark"), max_length=280, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "valid_from"], name="one_structure_model_a_day")
        ]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.get_model_display()} · {self.valid_from}"
