"""A questionnaire and its versions."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from parvis.centres.models import Centre, Holder, Network


class Purpose(models.TextChoices):
    """What a questionnaire is for."""

    SATISFACTION = "satisfaction", _("Satisfaction")
    IMPACT = "impact", _("Impact")
    PROFILE = "profile", _("Profile of the public")
    COOPERATION = "cooperation", _("Cooperation of partners")
    EXPECTATIONS = "expectations", _("Expectations of a class")
    OTHER = "other", pgettext_lazy("purpose of a questionnaire", "Something else")


class Audience(models.TextChoices):
    """Who answers."""

    VISITOR = "visitor", _("Visitors")
    PARTICIPANT = "participant", _("Participants of an event")
    PUPIL = "pupil", _("Pupils of a class")
    TEACHER = "teacher", _("Teachers")
    PARTNER = "partner", _("Partners")
    TRAINEE = "trainee", _("Trainees")
    TEAM = "team", _("The team")

    @property
    def is_public(self) -> bool:
        """Whether visitors answer, so that each language they speak is wanted."""
        return self in {Audience.VISITOR, Audience.PARTICIPANT, Audience.PUPIL}


class VersionIsFixed(Exception):
    """It was opened, so it never changes."""


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def held_by(self, holder: Holder) -> Self:
        """A centre's own, or a network's."""
        if isinstance(holder, Centre):
            return self.filter(centre=holder)
        return self.filter(network=holder, centre=None)

    def models_for(self, network: Network) -> Self:
        """What the network's centres may start from: what somebody offered, and was opened once."""
        opened = Version.objects.exclude(state=Version.State.DRAFT)
        offered = self.filter(network=network, offered=True, archived_on=None)
        return offered.filter(versions__in=opened).distinct()


class Questionnaire(models.Model):
    """Questions that belong together, through all their versions: a centre's, or its network's where ``centre`` is empty."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    network = models.ForeignKey(Network, models.PROTECT, related_name="questionnaires")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="questionnaires")
    title = I18nCharField(_("title"))
    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    audience = models.CharField(_("who answers"), max_length=12, choices=Audience.choices)
    # False only where an answer may say which institution it comes from; nobody is ever named.
    anonymous = models.BooleanField(_("anonymous by construction"), default=True)
    ready_model = models.SlugField(max_length=60, blank=True, editable=False)  # what it was made from
    offered = models.BooleanField(_("offered to the network’s centres as a model"), default=False)
    archived_on = models.DateField(null=True, blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_partners_may_be_known",
                condition=Q(anonymous=True) | Q(audience=Audience.PARTNER),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def holder(self) -> Holder:
        """Whose it is."""
        return self.centre or self.network


class VersionQuerySet(models.QuerySet["Version"]):
    def whole(self) -> Self:
        """With their sections, questions, options and conditions: five statements however many there are."""
        return self.select_related("questionnaire__centre", "questionnaire__network").prefetch_related(
            "sections__questions__options", "sections__questions__conditions__on"
        )


class Version(models.Model):
    """One wording of a questionnaire: a draft, then open, then closed. Once opened it never changes.

    ``fingerprint`` is what it said when it was opened (``parvis.surveys.fingerprints``).
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("version of a questionnaire", "Draft")
        OPENED = "opened", pgettext_lazy("version of a questionnaire", "Open")
        CLOSED = "closed", pgettext_lazy("version of a questionnaire", "Closed")

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    title = I18nCharField(_("title"), blank=True, editable=False)  # as it was when it was opened
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    language = models.CharField(_("written in"), max_length=8, choices=settings.LANGUAGES)
    languages = models.JSONField(
        _("languages"), default=list
    )  # those in which it may be answered, once opened
    welcome = I18nTextField(_("words before the first question"), blank=True)
    thanks = I18nTextField(_("words after the last question"), blank=True)
    changes = models.CharField(_("what changed"), max_length=280, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(state="draft"), name="one_draft_of_a_questionnaire"
            ),
            models.CheckConstraint(
                name="version_state_and_days",
                condition=Q(state="draft", opened_on=None, closed_on=None, fingerprint="")
                | (Q(state="opened", opened_on__isnull=False, closed_on=None) & ~Q(fingerprint=""))
                | (Q(state="closed", opened_on__isnull=False, closed_on__isnull=False) & ~Q(fingerprint="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"

    @property
    def asked_as(self) -> str:
        """Its title in the words in which it was asked; while it is a draft, the questionnaire's."""
        return str(self.title) or str(self.questionnaire.title)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it may be put to people."""
        return self.state == self.State.OPENED

    def refuse_if_fixed(self) -> None:
        """Raises ``VersionIsFixed`` where it was opened."""
        if not self.is_draft:
            raise VersionIsFixed
