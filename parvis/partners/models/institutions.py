"""Institutions, and what each is to a centre."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from parvis.centres.models import Centre, Network, Theme
from parvis.shared.plain import plain


class Institution(models.Model):
    """One institution as a network knows it, so that two centres that work with it mean the same one."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        EMPLOYMENT_SERVICE = "employment_service", _("Public employment service")
        PUBLIC_GUIDANCE = "public_guidance", _("Public guidance provider")
        PRIVATE_GUIDANCE = "private_guidance", _("Private guidance provider")
        EMPLOYER = "employer", _("Employer")
        EDUCATION = "education", _("Education provider")
        SOCIAL_PARTNER = "social_partner", _("Social partner")
        HEALTH = "health", _("Health and welfare")
        NGO = "ngo", _("Non-governmental organisation")
        THIRD_SECTOR = "third_sector", _("Third sector")
        COMMUNITY = "community", pgettext_lazy("kind of institution", "Community")
        PEERS = "peers", _("Peers")

    network = models.ForeignKey(Network, models.PROTECT, related_name="institutions")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("type"), max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint("network", Lower("name"), name="institution_once_in_a_network")
        ]

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """How far a partnership is. Only an active or a suspended one makes an institution a partner."""

    NONE = "", _("No partnership")
    PROSPECT = "prospect", _("Prospect")
    NEGOTIATING = "negotiating", _("Negotiating")
    ACTIVE = "active", pgettext_lazy("partnership", "Active")
    SUSPENDED = "suspended", pgettext_lazy("partnership", "Suspended")
    ENDED = "ended", pgettext_lazy("partnership", "Ended")


PARTNERS = (Stage.ACTIVE, Stage.SUSPENDED)
SOUGHT = (Stage.PROSPECT, Stage.NEGOTIATING)


class Field(models.TextChoices):
    """What an institution works in."""

    EDUCATION = "education", pgettext_lazy("field of work", "Education")
    TRAINING = "training", pgettext_lazy("field of work", "Training")
    EMPLOYMENT = "employment", pgettext_lazy("field of work", "Employment")
    ENTREPRENEURSHIP = "entrepreneurship", pgettext_lazy("field of work", "Entrepreneurship")
    SOCIAL_CARE = "social_care", pgettext_lazy("field of work", "Social care")
    HEALTH = "health", pgettext_lazy("field of work", "Health")
    CULTURE = "culture", pgettext_lazy("field of work", "Culture")
    DIGITAL = "digital", pgettext_lazy("field of work", "Digital")


class Part(models.TextChoices):
    """What an institution is for the centre; several at once are usual."""

    PROMOTER = "promoter", _("Promoter: it carries the centre")
    FUNDER = "funder", _("Funder")
    MISSION = "mission", _("Mission: it lends people for its public mission")
    SERVICE = "service", _("Service: it gives a service in the centre")
    EVENT = "event", _("Event: it takes part in events")
    ASSOCIATED = "associated", _("Associated centre")


class RelationQuerySet(models.QuerySet["Relation"]):
    def open_on(self, day: date) -> RelationQuerySet:
        """Relations in force on ``day``; :func:`by_name` puts them in order."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def by_name(self) -> list[Relation]:
        """With their institutions, in the order in which people look for a name: databases put accents last."""
        found = self.select_related("institution")
        return sorted(found, key=lambda one: (plain(one.institution.name), one.pk))


class Relation(models.Model):
    """What an institution is to one centre, where one finds it, and what it is good for. Dated, never deleted."""

    class Standing(models.TextChoices):
        PARTNER = "partner", _("Partner of the centre")
        OUTSIDE = "outside", _("Outside body")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="relations")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="relations")
    standing = models.CharField(_("to this centre"), max_length=8, choices=Standing.choices)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    stage = models.CharField(
        pgettext_lazy("of a partnership", "stage"), max_length=12, choices=Stage.choices, blank=True
    )  # changes with its standing, in take_step alone
    next_action = models.CharField(_("next action"), max_length=200, blank=True)
    next_action_on = models.DateField(_("by which day"), null=True, blank=True)
    fields = models.JSONField(_("fields of work"), default=list, blank=True)  # of Field
    parts = models.JSONField(_("what it is for the centre"), default=list, blank=True)  # of Part
    languages = models.JSONField(_("languages of its people"), default=list, blank=True)
    logo = models.UUIDField(null=True, blank=True, editable=False)  # the name of its file below DATA
    for_staff = models.CharField(_("what it is good for, for the team"), max_length=280, blank=True)
    for_visitors = I18nCharField(_("what it is good for, for visitors"), blank=True)
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("The first day without it.")
    )

    objects = RelationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "centre"], name="institution_once_at_a_centre"),
            models.CheckConstraint(
                name="a_partner_is_active_or_suspended",
                condition=Q(standing="partner", stage__in=[*PARTNERS])
                | (Q(standing="outside") & ~Q(stage__in=[*PARTNERS])),
            ),
            models.CheckConstraint(
                name="relation_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.institution.name

    def is_open_on(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def is_closed_on(self, day: date) -> bool:
        """Whether ``day`` is without it, because it was closed."""
        return self.valid_to is not None and self.valid_to <= day

    def stage_on(self, day: date) -> Stage:
        """How far the partnership is on ``day``, as far as is known today; closed is ended."""
        if self.is_closed_on(day) and self.stage:
            return Stage.ENDED
        return Stage(self.stage)
