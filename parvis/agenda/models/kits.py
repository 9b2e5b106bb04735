"""Kits: workshops that are given again and again, in versions, each with its sequence and its files."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, Holder, Network
from parvis.surveys.models import Questionnaire


class KitQuerySet(models.QuerySet["Kit"]):
    def held_by(self, holder: Holder) -> Self:
        """A centre's own, or a network's."""
        if isinstance(holder, Centre):
            return self.filter(centre=holder)
        return self.filter(network=holder, centre=None)

    def usable_at(self, centre: Centre) -> Self:
        """A centre's own, and those that its network or another of its centres offers, as long as they are not put away."""
        offered = Q(network=centre.network_id, offered=True)
        return self.filter(Q(centre=centre) | offered, archived_on=None)


class Kit(models.Model):
    """A reusable workshop through all its versions: a centre's, or its network's where ``centre`` is empty."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    network = models.ForeignKey(Network, models.PROTECT, related_name="kits")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="kits")
    title = I18nCharField(_("title"))
    ready_model = models.SlugField(max_length=60, blank=True, editable=False)  # what it was made from
    # The kit, perhaps of another centre, whose version it was begun with.
    begun_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="begun", editable=False
    )
    for_classes = models.BooleanField(_("teachers may choose it for a class"), default=False)
    offered = models.BooleanField(_("shared with the network’s centres"), default=False)
    archived_on = models.DateField(null=True, blank=True)

    objects = KitQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.title)

    @property
    def holder(self) -> Holder:
        """Whose it is."""
        return self.centre or self.network


class KitVersion(models.Model):
    """One wording of a kit: a draft, then in use. Once it is in use it never changes; a later version takes its place."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("version of a kit", "Draft")
        IN_USE = "in_use", pgettext_lazy("version of a kit", "In use")
        REPLACED = "replaced", pgettext_lazy("version of a kit", "Replaced")

    class Level(models.TextChoices):
        FIRST = "first", _("First steps")
        SOME = "some", _("Some experience")
        FURTHER = "further", _("Further on")
        ANY = "any", _("Everybody")

    kit = models.ForeignKey(Kit, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    title = I18nCharField(_("title"), blank=True, editable=False)  # as it was when it came into use
    in_use_since = models.DateField(null=True, blank=True)
    summary = I18nCharField(_("in one sentence"), blank=True)  # read by visitors and teachers
    aim = I18nTextField(_("aim"), blank=True)
    level = models.CharField(_("level"), max_length=7, choices=Level.choices, default=Level.ANY)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    people = models.PositiveSmallIntegerField(
        _("people at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    material = I18nTextField(_("material"), blank=True)
    notes = I18nTextField(_("notes for the facilitator"), blank=True)
    evaluation = models.ForeignKey(
        Questionnaire,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questions afterwards"),
    )
    objectives = models.ManyToManyField(
        Code, blank=True, related_name="kit_versions", verbose_name=_("objectives")
    )
    changes = models.CharField(_("what changed"), max_length=280, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "number"], name="kit_version_number_once"),
            models.UniqueConstraint(fields=["kit"], condition=Q(state="draft"), name="one_draft_of_a_kit"),
            models.UniqueConstraint(
                fields=["kit"], condition=Q(state="in_use"), name="one_version_of_a_kit_in_use"
            ),
            models.CheckConstraint(
                name="kit_version_since_a_day",
                condition=Q(state="draft", in_use_since=None)
                | (~Q(state="draft") & Q(in_use_since__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kit} ({self.number})"


class KitStep(models.Model):
    """One part of a kit's sequence."""

    version = models.ForeignKey(KitVersion, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MaxValueValidator(600)])
    title = I18nCharField(_("title"))
    text = I18nTextField(_("what happens"), blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.title)


class KitFile(models.Model):
    """A file of a kit's version, cleaned, kept below DATA under its key; only downloaded."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page; also the name of its file
    version = models.ForeignKey(KitVersion, models.CASCADE, related_name="files")
    title = models.CharField(_("what it is"), max_length=120)
    kind = models.CharField(max_length=8)  # of parvis.shared.attachments
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title
