"""What was published about a network or a centre elsewhere: dated, sourced, kept beside each other however they contradict."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.centres.models import Centre, Network


class StatedUnit(models.TextChoices):
    """In what a published figure counts, as its source says. Some are counted here, too."""

    PASSAGES = "passages", _("Passages")
    CONTACTS = "contacts", _("Contacts")
    ACTS = "acts", _("Acts")
    PARTICIPANTS = "participants", _("Participants")
    GROUP_PEOPLE = "people_in_groups", _("People in groups")
    PERSONS = "persons", _("Persons, as the source says")
    EVENTS = "events", _("Events")
    CENTRES = "centres", _("Centres")
    PERCENT = "percent", _("Percent")
    OTHER = "other", pgettext_lazy("unit of a published figure", "Something else, said in words")


class StatementQuerySet(models.QuerySet["Statement"]):
    def in_force(self) -> StatementQuerySet:
        """Those that nobody corrected or took back."""
        return self.filter(corrected_by=None, withdrawn_at=None)


class Statement(models.Model):
    """One published figure, as it was published. A correction is another row that says what it corrects, and why."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    network = models.ForeignKey(Network, models.CASCADE, related_name="statements")
    centre = models.ForeignKey(Centre, models.CASCADE, null=True, blank=True, related_name="statements")
    what = models.CharField(max_length=160)
    unit = models.CharField(max_length=16, choices=StatedUnit.choices)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    first = models.DateField()
    last = models.DateField()
    method = models.CharField(max_length=280, blank=True)
    source = models.CharField(max_length=280)
    url = models.URLField(max_length=400, blank=True)
    published_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    corrects = models.OneToOneField("self", models.CASCADE, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=280, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=280, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["-last", "-first", "published_on", "pk"]
        constraints = [
            models.CheckConstraint(name="statement_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="statement_withdrawn_with_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="statement_corrected_with_reason", condition=Q(corrects=None) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_in_force(self) -> bool:
        """Whether it was neither corrected nor taken back. Asks for the correction, where it was not fetched."""
        return self.withdrawn_at is None and not hasattr(self, "corrected_by")
