"""Questions asked online: by anybody, at any hour, without an account; answered within the centre's promise."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nTextField

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance.models.thread import Thread
from parvis.guidance.visitor_faces import Face


class QuestionSettings(models.Model):
    """Whether and how a centre takes questions online."""

    centre = models.OneToOneField(Centre, models.PROTECT, related_name="question_settings")
    taken = models.BooleanField(_("we take questions online"), default=False)
    promise = models.PositiveSmallIntegerField(
        _("an answer within so many working days"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_(
            "Days on which you are open, counted from the day after the question. Visitors read the date."
        ),
    )
    reviewed = models.BooleanField(
        _("a second adviser reads each answer before it is sent"),
        default=False,
        help_text=_("Nobody can approve their own answer: two people are needed."),
    )
    live = models.BooleanField(_("we answer at once in live hours"), default=False)
    live_days = models.JSONField(_("live days"), default=list)  # numbers of weekdays, 0 is Monday
    live_from = models.TimeField(_("live hours from"), default=time(9))
    live_until = models.TimeField(_("live hours until"), default=time(12))
    live_wait = models.PositiveSmallIntegerField(
        _("nobody waits longer than so many minutes"),
        default=15,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
        help_text=_("After that the question is answered in writing. Visitors read this before they wait."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="live_hours_begin_first", condition=Q(live_from__lt=F("live_until"))),
        ]

    def __str__(self) -> str:
        return f"{self.centre} · {self.promise}"

    def live_day_names(self) -> list[str]:
        """The weekdays of the live hours, short, in the language of the page."""
        return [str(WEEKDAYS_ABBR[day]) for day in self.live_days]


class QuestionQuerySet(models.QuerySet["Question"]):
    def to_answer(self) -> QuestionQuerySet:
        """Those that wait for words of the centre."""
        return self.filter(state__in=Question.UNANSWERED)

    def readable(self) -> QuestionQuerySet:
        """Those that the centre can read now."""
        return self.filter(state__in=[*Question.UNANSWERED, Question.State.ANSWERED])


class Question(models.Model):
    """One question in its thread. What was asked and answered are entries of the thread, sealed like all the others.

    ``wrapped`` is the thread's key, sealed with one that needs the installation's key number ``version`` and the share
    ``share_key`` of the vault: while the question is open, the centre reads it. At closure both go, and the e-mail address
    with them. Of an erased thread a row without any tie stays, for the figures.
    """

    class State(models.TextChoices):
        """What happens to it now."""

        WAITING = "waiting", pgettext_lazy("a question", "waiting")
        TAKEN = "taken", pgettext_lazy("a question", "taken")
        REVIEW = "review", pgettext_lazy("a question", "to be read by a second adviser")
        ANSWERED = "answered", pgettext_lazy("a question", "answered")
        CLOSED = "closed", pgettext_lazy("a question", "closed")

    class Way(models.TextChoices):
        """How the visitor hears of the answer."""

        CODE = "code", _("They come back with their code")
        MAIL = "mail", _("An e-mail says that an answer is there")

    UNANSWERED = (State.WAITING, State.TAKEN, State.REVIEW)

    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="questions")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="questions")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(unique=True)  # made by the page: the same question sent again is the same
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    state = models.CharField(max_length=8, choices=State.choices)
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.CODE)
    reply_to = models.BinaryField(default=b"")  # the e-mail address, sealed with the thread's key
    mail_due = models.BooleanField(default=False)  # an answer was sent, and the mail about it not yet
    dangers = models.JSONField(default=list)  # kinds of danger words, never the words
    share_key = models.UUIDField(unique=True, default=uuid4)
    version = models.PositiveSmallIntegerField(default=0)
    wrapped = models.BinaryField(default=b"")
    asked_on = models.DateField()
    asked_at = models.DateTimeField(null=True)  # only while it is open
    due_on = models.DateField()
    said_on = models.DateField()  # when somebody last wrote
    first_answered_on = models.DateField(null=True)
    first_hours = models.PositiveSmallIntegerField(
        null=True
    )  # opening hours until the first answer, begun ones
    in_time = models.BooleanField(null=True)  # whether the first answer came by the day that was promised
    taken_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")  # of what is in review
    draft = models.BinaryField(default=b"")
    draft_revision = models.PositiveIntegerField(default=0)
    opinion_given = models.BooleanField(default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_question_opens_nothing",
                condition=~Q(state="closed")
                | Q(wrapped=b"", reply_to=b"", draft=b"", asked_at=None, taken_by=None, written_by=None),
            ),
            models.CheckConstraint(
                name="an_open_question_has_its_thread", condition=Q(state="closed") | Q(thread__isnull=False)
            ),
            models.CheckConstraint(
                name="a_question_waits_for_anybody", condition=~Q(state="waiting") | Q(taken_by=None)
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "due_on"], name="question_due")]

    def __str__(self) -> str:
        return f"{self.thread} · {self.get_state_display()}"

    def is_overdue(self, day: date) -> bool:
        """Whether the promised day is over without an answer."""
        return self.state in self.UNANSWERED and self.due_on < day


class Attachment(models.Model):
    """A file that a visitor added to their question, written anew without metadata; sealed on the disk with the thread's key."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="attachments")
    question = models.ForeignKey(Question, models.CASCADE, related_name="attachments")
    key = models.UUIDField(unique=True)  # made by the page: the same file sent again is the same
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("jpeg", "JPEG"), ("png", "PNG")])
    pages = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()  # bytes
    name = models.UUIDField(unique=True, default=uuid4)  # the name of the sealed file

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.question} · {self.kind}"


class AnswerModel(models.Model):
    """A text that answers use again: how to enrol, what a scheme is. Names nobody."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="answer_models")
    key = models.UUIDField(unique=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, verbose_name=_("theme"), related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    text = I18nTextField(_("text"))
    changed_on = models.DateField()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["centre", "title"], name="answer_model_title_once")]

    def __str__(self) -> str:
        return self.title


class OpinionCount(models.Model):
    """How many people of one month said the same about their answer. Only counts: no row leads to a thread."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="opinions")
    month = models.DateField()  # its first day
    helped = models.PositiveSmallIntegerField(choices=Face.choices)
    clear = models.PositiveSmallIntegerField(choices=Face.choices)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "month", "helped", "clear"], name="opinion_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.helped}/{self.clear}: {self.times}"
