"""Visitors sent on to an institution: from which one to which one, never by whom and never who."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.centres.models import Centre, Theme
from parvis.partners.models import Institution
from parvis.reception.models import Ticket

NOTE = 140  # characters
Day = date  # a column has that name


class RedirectionQuerySet(models.QuerySet["Redirection"]):
    def counted(self) -> RedirectionQuerySet:
        """Those that figures may count: not taken back."""
        return self.filter(undone_at=None)

    def to_settle(self) -> RedirectionQuerySet:
        """Warm ones of which nobody has said yet what became of them, the most urgent first."""
        return self.counted().filter(follow_up=FollowUp.OPEN).order_by("due_on", "pk")


class FollowUp(models.TextChoices):
    """What became of an appointment that was proposed."""

    OPEN = "open", _("To ask")
    MET = "met", _("They met")
    NOT_MET = "not_met", _("It did not happen")
    UNKNOWN = "unknown", _("Nobody knows")


SETTLED = [FollowUp.MET, FollowUp.NOT_MET, FollowUp.UNKNOWN]


class Redirection(models.Model):
    """One visitor was sent on to an institution. Counted for institutions: the adviser is nowhere in it.

    Cold: told where to go. Warm: with the visitor's agreement the institution is told, an appointment may be proposed, and
    on a day somebody of the team asks what became of it. ``reference`` is what both sides say instead of a name. Because
    the other side may know the name as well, ``ticket`` and ``entry`` are emptied the night after: no way leads from it to a visit or a thread.
    """

    class Kind(models.TextChoices):
        WARM = "warm", pgettext_lazy("redirection", "Warm")
        COLD = "cold", pgettext_lazy("redirection", "Cold")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="redirections")
    date = models.DateField()
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name=_("theme"))
    from_institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    to_institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    agreed = models.BooleanField(default=False)
    appointment_on = models.DateField(null=True)
    appointment_at = models.TimeField(null=True)  # on the centre's clock
    due_on = models.DateField(null=True)
    follow_up = models.CharField(max_length=7, choices=FollowUp.choices, blank=True)
    settled_on = models.DateField(null=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="redirections")
    entry = models.UUIDField(null=True)  # the line in the visitor's thread; emptied with the ticket
    reference = models.CharField(max_length=5, blank=True)
    note = models.CharField(max_length=NOTE, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = RedirectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "reference"],
                condition=~Q(reference=""),
                name="redirection_reference_once",
            ),
            models.CheckConstraint(
                name="warm_with_agreement_and_a_day_to_ask",
                condition=(Q(kind="warm", agreed=True, due_on__isnull=False) & ~Q(follow_up=""))
                | Q(kind="cold", agreed=False, due_on=None, appointment_on=None, follow_up=""),
            ),
            models.CheckConstraint(
                name="appointment_hour_of_a_day",
                condition=Q(appointment_at=None) | Q(appointment_on__isnull=False),
            ),
            models.CheckConstraint(
                name="settled_on_a_day",
                condition=Q(follow_up__in=["met", "not_met", "unknown"], settled_on__isnull=False)
                | Q(follow_up__in=["", "open"], settled_on=None),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "date"], name="redirection_centre_date"),
            models.Index(
                fields=["centre", "due_on"],
                condition=Q(follow_up="open", undone_at=None),
                name="redirection_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reference}"

    @property
    def is_warm(self) -> bool:
        return self.kind == self.Kind.WARM

    def is_due_on(self, day: Day) -> bool:
        """Whether somebody should ask on ``day``."""
        return self.follow_up == FollowUp.OPEN and self.due_on is not None and self.due_on <= day

    def is_overdue_on(self, day: Day) -> bool:
        """Whether somebody should have asked before ``day``."""
        return self.follow_up == FollowUp.OPEN and self.due_on is not None and self.due_on < day
