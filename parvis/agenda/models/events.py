"""Events: what is put on, for whom and with whom. When and where say their sessions."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from parvis.accounts.models import User
from parvis.agenda.models.kits import KitVersion
from parvis.centres.models import Centre, Code, Theme
from parvis.partners.models import Institution
from parvis.surveys.models import Collection

MOST_AT_ONCE = 50  # people whom one registration may bring


class AgendaSettings(models.Model):
    """How a centre runs its agenda."""

    centre = models.OneToOneField(Centre, models.PROTECT, related_name="agenda_settings")
    second_look = models.BooleanField(_("somebody else looks before an event is published"), default=False)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to take an offered place"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
    )
    reminder_hours = models.PositiveSmallIntegerField(
        _("hours before, a reminder is sent"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
    )
    option_days = models.PositiveSmallIntegerField(
        _("days for which a date is kept for a teacher"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    classes_welcome = models.BooleanField(_("teachers may ask for a visit online"), default=True)
    class_size = models.PositiveSmallIntegerField(
        _("pupils at a time, at most"), default=60, validators=[MinValueValidator(1)]
    )
    class_notice_days = models.PositiveSmallIntegerField(
        _("days between the request and a visit, at least"), default=14
    )
    checklist = models.JSONField(_("what is checked before each visit"), default=list, blank=True)

    def __str__(self) -> str:
        return str(self.centre)


class Registration(models.TextChoices):
    """How people come to an event."""

    NONE = "none", _("No registration: heads are counted at the door")
    COUNT = "count", _("A place is kept, nobody says anything: only how many come")
    ALIAS = "alias", _("With a friendly name and a code")
    REMINDER = "reminder", _("With a friendly name and a code, and an e-mail for those who want a reminder")


class Accessibility(models.TextChoices):
    """What makes it easier to come."""

    STEP_FREE = "step_free", _("Reached without steps")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign_language", _("Sign language")
    CAPTIONS = "captions", _("Live captions")
    PLAIN = "plain", _("Plain language")
    QUIET = "quiet", _("A quiet place beside it")


class EventQuerySet(models.QuerySet["Event"]):
    def published_by(self, at: datetime) -> EventQuerySet:
        """Those that everybody may read at ``at``."""
        return self.filter(state=Event.State.PUBLISHED, publish_at__lte=at)


class Event(models.Model):
    """Something that a centre puts on, free of charge, once or several times.

    ``version`` is raised by each change: a page that was opened before says so. ``key`` is the page's: sent twice, it is there once.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of an event", "Draft")
        REVIEW = "review", pgettext_lazy("state of an event", "To be looked at")
        PUBLISHED = "published", pgettext_lazy("state of an event", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an event", "Taken back")

    key = models.UUIDField(unique=True, editable=False)
    slug = models.CharField(max_length=16, unique=True, editable=False)  # random; the public page's address
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="events")
    kind = models.ForeignKey(Code, models.PROTECT, related_name="+", verbose_name=_("kind"))
    kit_version = models.ForeignKey(
        KitVersion, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("kit")
    )
    title = I18nCharField(_("title"))
    summary = I18nCharField(_("in one sentence"), blank=True)
    description = I18nTextField(_("description"), blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="events", verbose_name=_("themes"))
    # Sectors, audiences and objectives, told apart by their lists.
    codes = models.ManyToManyField(Code, blank=True, related_name="events")
    languages = models.JSONField(_("languages spoken"), default=list)
    accessibility = models.JSONField(_("accessibility"), default=list, blank=True)  # of Accessibility
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(_("published from"), null=True, blank=True)
    rule = models.JSONField(default=dict, blank=True)  # what a series was made from: parvis.agenda.series
    registration = models.CharField(
        _("how people come"), max_length=8, choices=Registration.choices, default=Registration.NONE
    )
    most_seats = models.PositiveSmallIntegerField(
        _("people in one registration, at most"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)],
    )
    release_minutes = models.PositiveSmallIntegerField(
        _("minutes before, places of those who have not come are given to others"), null=True, blank=True
    )
    # Put to people who register (about their questions, never who they are), and to those who leave.
    questions = models.ForeignKey(Collection, models.SET_NULL, null=True, blank=True, related_name="+")
    satisfaction = models.ForeignKey(Collection, models.SET_NULL, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="published_event_from_a_time",
                condition=~Q(state="published") | Q(publish_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["centre", "state"], name="event_centre_state")]

    def __str__(self) -> str:
        return str(self.title)

    def is_public(self, at: datetime) -> bool:
        """Whether everybody may read it at ``at``."""
        return self.state == self.State.PUBLISHED and self.publish_at is not None and self.publish_at <= at


class EventStep(models.Model):
    """That an event was written, handed in, published or taken back: when, and by whom."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=9, choices=Event.State.choices)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.event}: {self.state}"


class Organiser(models.Model):
    """An institution that puts an event on with the centre. The institution organises; no adviser's is ever told by it."""

    class Part(models.TextChoices):
        LEAD = "lead", pgettext_lazy("part in an event", "Leads it")
        WITH = "with", pgettext_lazy("part in an event", "Organises with others")

    event = models.ForeignKey(Event, models.CASCADE, related_name="organisers")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="organised")
    part = models.CharField(_("part"), max_length=4, choices=Part.choices, default=Part.WITH)
    named = models.BooleanField(_("named on the programme"), default=True)

    class Meta:
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "institution"], name="organiser_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(part="lead"), name="one_institution_leads_an_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}"


class Speaker(models.Model):
    """Somebody from outside who speaks, and agreed to be named on the programme until a day."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("who they are, in a few words"), max_length=160, blank=True)
    agreed_on = models.DateField(_("agreed to be named on"))
    named_until = models.DateField(_("named until"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_named_on(self, day: date) -> bool:
        """Whether the name may still be shown."""
        return self.named_until is None or day <= self.named_until
