"""Whom one calls at an institution, and where else it is found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.partners.models.institutions import Relation


class Contact(models.Model):
    """Somebody at an institution whom the team may call about the partnership. Forgotten some time after it ended."""

    relation = models.ForeignKey(Relation, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(pgettext_lazy("at work", "function"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """One more address of an institution, beside its main one."""

    relation = models.ForeignKey(Relation, models.CASCADE, related_name="places")
    name = models.CharField(_("what is there"), max_length=120)
    address = models.CharField(_("address"), max_length=250)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.address}"
