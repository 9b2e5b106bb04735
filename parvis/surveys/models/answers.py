"""What people answered, and how a version is put to them. Nothing here says who answered, or in which order."""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.centres.models import Centre, Network
from parvis.partners.models import Institution
from parvis.surveys.models.questionnaires import Version
from parvis.surveys.models.questions import Question
from parvis.surveys.random_key import RandomKeyField


def new_token() -> str:
    """128 random bits for an address."""
    return secrets.token_urlsafe(16)


class Way(models.TextChoices):
    """How a version reaches people."""

    KIOSK = "kiosk", _("Kiosk at the exit")
    QR = "qr", _("QR code on a poster")
    LINK = "link", pgettext_lazy("way out of a questionnaire", "Link")
    THREAD = "thread", _("The visitor’s thread")
    CLASS = "class", _("A class’s screen")
    ADVISER = "adviser", _("An adviser asks")
    PAPER = "paper", _("Paper")


class CollectionQuerySet(models.QuerySet["Collection"]):
    def open_on(self, day: date) -> CollectionQuerySet:
        """Those that take answers on ``day``."""
        in_time = self.filter(Q(closes_on=None) | Q(closes_on__gte=day), opens_on__lte=day)
        return in_time.filter(version__state=Version.State.OPENED)


class Collection(models.Model):
    """One putting of a version to people: by a way, from a day to a day."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    version = models.ForeignKey(Version, models.PROTECT, related_name="collections")
    network = models.ForeignKey(Network, models.PROTECT, related_name="collections")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="collections")
    # Only where the questionnaire is not anonymous: the partner to whom this one is put.
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="collections"
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    way = models.CharField(_("way"), max_length=8, choices=Way.choices)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    # In threads only: how old a thread is before it is offered in it.
    after_days = models.PositiveSmallIntegerField(_("days after the thread was begun"), default=0)
    target = models.PositiveIntegerField(
        _("answers hoped for"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="collection_days_in_order", condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_way_display())

    def takes_answers_on(self, day: date) -> bool:
        """Whether ``day`` is one of its days, and its version open; for paper, open on that day: sheets are typed in later."""
        in_time = self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)
        on_paper = self.way == Way.PAPER and self.version.closed_on is not None
        was_open = on_paper and day <= (self.version.closed_on or day)
        return in_time and (self.version.is_open or was_open)


class Response(models.Model):
    """One set of answers, of a day. ``answers`` holds a value for each question's key, as ``parvis.surveys.answers`` says.

    ``key`` is the device's, so that a second try is the same; the night takes it away, and mixes the day's rows.
    """

    id = RandomKeyField()
    key = models.UUIDField(null=True, editable=False)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="responses")
    day = models.DateField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    answers = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["collection", "day"], name="response_collection_day")]
        constraints = [
            models.UniqueConstraint(fields=["collection", "key"], name="response_once_of_a_device_key")
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class Words(models.Model):
    """A few words that answered a question: kept apart from the other answers of the same person, by month."""

    id = RandomKeyField()
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="words")
    question = models.ForeignKey(Question, models.PROTECT, related_name="words")
    month = models.DateField()  # its first day
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.CharField(max_length=280)

    class Meta:
        indexes = [models.Index(fields=["collection", "question"], name="words_collection_question")]

    def __str__(self) -> str:
        return self.text


class Refusals(models.Model):
    """How many did not answer on a day: a total, never a row for each."""

    class Kind(models.TextChoices):
        DECLINED = "declined", _("Asked, and declined")
        UNFINISHED = "unfinished", _("Begun, and not sent")
        UNREADABLE = "unreadable", _("On paper, and cannot be read")

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="refusals")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(default=0)
    # What the pages called them, sorted, so that a second try counts once; emptied with those of the answers.
    keys = models.JSONField(default=list, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "day", "kind"], name="refusals_once_a_day_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.number}"
