"""What a network keeps about its centres' figures: until when a year's dashboard is asked for, and who was reminded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Network


class DashboardDay(models.Model):
    """The day until which a network asks its centres for one year's dashboard."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="dashboard_days")
    year = models.PositiveSmallIntegerField()
    due = models.DateField(_("until"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "year"], name="dashboard_due_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.due}"


class Reminder(models.Model):
    """A centre's directors are asked for what is missing of a period: one mail each, no more than once a day."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="figure_reminders")
    on = models.DateField()  # the centre's own day
    first = models.DateField()
    last = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "on"], name="reminded_once_a_day"),
            models.CheckConstraint(name="reminded_of_a_period", condition=Q(last__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.on}"


class ReminderMail(models.Model):
    """The mail of a reminder to one director. One that was cut off goes on with those it has not reached."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="mails")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reminder", "person"], name="reminder_to_each_director_once")
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.person_id}"
