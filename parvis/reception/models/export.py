"""What leaves a centre as a spreadsheet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.models.past import SILENT_AFTER, new_folder

KEPT_FOR = timedelta(days=1)


class Export(models.Model):
    """A file with everything of a centre over a period, made in the background and kept for a day."""

    class Format(models.TextChoices):
        CSV = "csv", _("CSV files in a zip")
        XLSX = "xlsx", _("Excel workbook")

    class Stage(models.TextChoices):
        RUNNING = "running", _("Being written")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Stopped")

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="exports")
    key = models.UUIDField(unique=True)  # made by the page: a retry finds its export
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    language = models.CharField(max_length=8)
    folder = models.CharField(max_length=32, default=new_folder)  # random; below MEDIA_ROOT/exports
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.RUNNING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="export_days_in_order", condition=Q(first_day__lte=F("last_day")))
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

    @property
    def expires_at(self) -> datetime:
        """When it is deleted by itself."""
        return self.created_at + KEPT_FOR

    @property
    def percent(self) -> int:
        """How much is written."""
        return min(100, 100 * self.rows_done // self.rows_total) if self.rows_total else 0

    def is_silent(self, at: datetime) -> bool:
        """Whether its work was killed, and may be started again."""
        return self.stage == self.Stage.RUNNING and (self.beat_at is None or at - self.beat_at > SILENT_AFTER)
