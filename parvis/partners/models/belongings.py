"""Which of the team come from which institution."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.partners.models.institutions import Institution


class BelongingQuerySet(models.QuerySet["Belonging"]):
    def on(self, day: date) -> BelongingQuerySet:
        """Those in force on ``day``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Belonging(models.Model):
    """A person of a centre's team is lent or employed by an institution, from one day until another.

    For the team's own use: no page of a visitor shows it, and figures that are made with it are per institution.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="belongings")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="belongings")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="belongings")
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    objects = BelongingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "centre"], condition=Q(valid_to=None), name="one_institution_for_a_person"
            ),
            models.CheckConstraint(
                name="belonging_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.institution}"
