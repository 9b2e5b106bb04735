"""Files attached to an agreement, and mails that were sent about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.partners.models.agreements import Agreement


class Document(models.Model):
    """A signed paper or an annex, kept as it came, below DATA under a random name; only downloaded."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page; also the name of its file
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents")
    title = models.CharField(_("what it is"), max_length=120)
    kind = models.CharField(max_length=5)  # of parvis.partners.papers.KINDS
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """That a mail about a day of an agreement was sent: once for each agreement, step and day."""

    class Kind(models.TextChoices):
        NOTICE = "notice", pgettext_lazy("of an agreement", "Last day for notice")
        EXPIRY = "expiry", pgettext_lazy("of an agreement", "Its end")
        OVER = "over", pgettext_lazy("of an agreement", "It is over")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    days_before = models.PositiveSmallIntegerField()
    about = models.DateField()  # the day that it is about: a renewed agreement has another next time
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "days_before", "about"], name="one_mail_for_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_kind_display()} {self.about}"
