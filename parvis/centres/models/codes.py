"""Code lists: dated, worded locally, mapped to the network's list."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.accounts.models import User
from parvis.centres.models.network import Centre, Network

Holder = Centre | Network  # whose list it is


class CodeList(models.TextChoices):
    """The lists. Each that describes the public or an act has “not communicated”."""

    THEME = "theme", _("Theme")  # the network's only: a centre's themes are rows of their own, mapped to it
    AUDIENCE = "audience", _("Audience")
    AGE_BAND = "age_band", _("Age band")
    STATUS = "status", _("Status")
    EDUCATION = "education", _("Education")
    GENDER = "gender", _("Gender")
    FIRST_VISIT = "first_visit", _("First visit")
    REFERRAL = "referral", _("How they heard of the centre")
    CHANNEL = "channel", _("Channel")
    NEED = "need", _("Need")
    SERVICE = "service", _("Service given")
    RESOURCE = "resource", _("Resource used")
    REDIRECTION = "redirection", _("Redirection")
    OUTCOME = "outcome", _("Outcome")
    UNMET_NEED = "unmet_need", _("Unmet need")
    PRIORITY = "priority", _("Reason for priority")
    NON_CONTACT = "non_contact", _("Non-contact")
    GAP = "gap", _("Reason for a gap")
    EVENT_KIND = "event_kind", _("Kind of event")
    SECTOR = "sector", _("Sector")
    OBJECTIVE = "objective", _("Objective of a class")
    SCHOOL_LEVEL = "school_level", _("School level")
    SCHOOL_NETWORK = "school_net", _("Network of schools")
    STREAM = "stream", _("School stream")

    @property
    def read_by_visitors(self) -> bool:
        """Whether visitors read its entries, so that each language they speak is wanted; else only the staff's."""
        return self in READ_BY_VISITORS


READ_BY_VISITORS = frozenset(
    {CodeList.THEME, CodeList.AUDIENCE, CodeList.AGE_BAND, CodeList.STATUS, CodeList.EDUCATION}
    | {CodeList.GENDER, CodeList.FIRST_VISIT, CodeList.REFERRAL, CodeList.PRIORITY}
    | {CodeList.EVENT_KIND, CodeList.SECTOR, CodeList.OBJECTIVE}
    | {CodeList.SCHOOL_LEVEL, CodeList.SCHOOL_NETWORK, CodeList.STREAM}
)


class CodeQuerySet(models.QuerySet["Code"]):
    def held_by(self, holder: Holder) -> Self:
        """A centre's own entries, or a network's."""
        if isinstance(holder, Centre):
            return self.filter(centre=holder)
        return self.filter(network=holder, centre=None)

    def open_on(self, day: date) -> CodeQuerySet:
        """Entries in force on ``day``, in order, “not communicated” last."""
        in_force = self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
        return in_force.order_by("list", "not_communicated", "position", "pk")


class Code(models.Model):
    """One entry of a list: a centre's own, or its network's where ``centre`` is empty."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="codes")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="codes")
    list = models.CharField(_("list"), max_length=12, choices=CodeList.choices)
    key = models.SlugField(_("key"), max_length=60)
    label = I18nCharField(_("wording"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    not_communicated = models.BooleanField(_("stands for “not communicated”"), default=False)
    network_code = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="local_codes", verbose_name=_("counts as")
    )
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("The first day without it.")
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "list", "key"],
                condition=Q(centre__isnull=False),
                name="code_key_once_per_centre",
            ),
            models.UniqueConstraint(
                fields=["network", "list", "key"], condition=Q(centre=None), name="code_key_once_per_network"
            ),
            models.CheckConstraint(
                name="only_local_codes_are_mapped", condition=Q(network_code=None) | Q(centre__isnull=False)
            ),
            models.CheckConstraint(
                name="code_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]
        indexes = [models.Index(fields=["centre", "list"], name="code_centre_list")]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def holder(self) -> Holder:
        """Whose list it is in."""
        return self.centre or self.network

    def is_closed_on(self, day: date) -> bool:
        """Whether ``day`` is without it, because it was closed."""
        return self.valid_to is not None and self.valid_to <= day


class CodeChange(models.Model):
    """What somebody changed about an entry: figures of before and after are read with it."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Added")
        REWORDED = "reworded", _("Reworded")
        MAPPED = "mapped", _("Counts as something else")
        DATED = "dated", _("Dates changed")

    code = models.ForeignKey(Code, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)  # language -> wording; or "counts_as", or "from" and "to"
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"
