"""A pile of filled sheets while it is typed in. It says how many, never who typed or who wrote."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.surveys.models.answers import Collection


class PaperBatch(models.Model):
    """Sheets of one day in one language, typed in one after the other: how many were announced, and what became of them.

    ``last`` is what the page called the newest sheet, and ``last_words`` the rows of its few words: both only until the next sheet,
    the end of the pile or the night, so that this one sheet can be taken back. The row itself goes after a week.
    """

    class Became(models.TextChoices):
        ENTERED = "entered", _("Typed in")
        DECLINED = "declined", _("Left blank, or declined")
        UNREADABLE = "unreadable", _("Cannot be read")

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="paper_batches")
    day = models.DateField(_("day on which the sheets were filled in"))
    language = models.CharField(_("language of the sheets"), max_length=8, choices=settings.LANGUAGES)
    begun_on = models.DateField()
    sheets = models.PositiveSmallIntegerField(
        _("how many sheets lie before you"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    entered = models.PositiveSmallIntegerField(default=0)
    declined = models.PositiveSmallIntegerField(default=0)
    unreadable = models.PositiveSmallIntegerField(default=0)
    is_over = models.BooleanField(default=False)
    last = models.UUIDField(null=True, editable=False)
    last_became = models.CharField(max_length=10, choices=Became.choices, blank=True, editable=False)
    last_words = models.JSONField(default=list, editable=False)

    def __str__(self) -> str:
        return f"{self.day} {self.done}"

    @property
    def done(self) -> int:
        """Sheets of the pile that are through."""
        return self.entered + self.declined + self.unreadable

    @property
    def left(self) -> int | None:
        """Sheets that are still to come, where it was said how many there are."""
        return None if self.sheets is None else self.sheets - self.done

    def forget_last(self) -> None:
        """From now on no sheet of it can be taken back."""
        self.last, self.last_became, self.last_words = None, "", []
