"""What each evening's look ahead found."""

from __future__ import annotations

from django.db import models

from parvis.centres.models import Centre


class ControlReport(models.Model):
    """What is not as it should be in the ten days after ``day``, as it was on that evening."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="control_reports")
    day = models.DateField()
    made_at = models.DateTimeField()
    findings = models.JSONField(default=list)
    failed = models.BooleanField(default=False)  # it could not be made: it is tried again within the hour

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["centre", "day"], name="one_control_report_a_day")]

    def __str__(self) -> str:
        return f"{self.centre} {self.day}"
