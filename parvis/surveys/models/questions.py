"""What a version asks: sections, questions, their options, and when a question is asked."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from parvis.centres.models import CodeList
from parvis.surveys.models.questionnaires import Version

LONGEST = 280  # letters of a short text
POINTS = (2, 11)  # how many points a scale may have
PROFILE_LISTS = (
    CodeList.AGE_BAND,
    CodeList.STATUS,
    CodeList.EDUCATION,
    CodeList.GENDER,
    CodeList.FIRST_VISIT,
    CodeList.REFERRAL,
    CodeList.AUDIENCE,
    CodeList.CHANNEL,
    CodeList.NEED,
)


class PartOfVersion(models.Model):
    """A row that may be written and removed only while its version is a draft."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.own_version().refuse_if_fixed()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.own_version().refuse_if_fixed()
        return super().delete(*args, **kwargs)

    def own_version(self) -> Version:
        """The version that it belongs to."""
        raise NotImplementedError


class Section(PartOfVersion):
    """Questions under one heading."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(default=0)
    title = I18nCharField(_("title"), blank=True)
    help = I18nCharField(_("a word of explanation"), blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    def own_version(self) -> Version:
        return self.version


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    CHOICE = "choice", _("One of several answers")
    SEVERAL = "several", _("Several answers")
    SCALE = "scale", _("A scale")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", pgettext_lazy("kind of question", "A number")
    DATE = "date", _("A day")
    GRID = "grid", _("A grid: the same answers for several lines")
    PAIR = "pair", _("Before and now, on the same scale")
    TEXT = "text", _("A few words")


class Question(PartOfVersion):
    """One question. Its ``key`` is the same in each version, so that answers can be compared."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.SlugField(max_length=40)
    kind = models.CharField(
        pgettext_lazy("kind of question", "kind"), max_length=8, choices=QuestionKind.choices
    )
    text = I18nCharField(_("question"))
    help = I18nCharField(_("a word of explanation"), blank=True)
    required = models.BooleanField(_("an answer is needed"), default=False)
    minimum = models.SmallIntegerField(_("lowest"), null=True, blank=True)  # number, scale, pair
    maximum = models.IntegerField(_("highest"), null=True, blank=True)
    low = I18nCharField(_("what the lowest means"), blank=True)  # scale, pair
    high = I18nCharField(_("what the highest means"), blank=True)
    most = models.PositiveSmallIntegerField(
        _("at most so many answers"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    # Its options are the entries of this list in force on the day, of the centre that asks.
    code_list = models.CharField(
        _("answers from a list"), max_length=12, choices=CodeList.choices, blank=True
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="question_key_once_in_a_version"),
            models.CheckConstraint(
                name="question_list_only_of_choices",
                condition=Q(code_list="") | Q(kind__in=["choice", "several"]),
            ),
            models.CheckConstraint(
                name="question_scale_whole",
                condition=~Q(kind__in=["scale", "pair"]) | Q(minimum__isnull=False, maximum__isnull=False),
            ),
            models.CheckConstraint(
                name="question_ends_in_order",
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lt=F("maximum")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)

    def own_version(self) -> Version:
        return self.version

    @property
    def points(self) -> list[int]:
        """The points of a scale, from the lowest on."""
        if self.minimum is None or self.maximum is None:
            return []
        return list(range(self.minimum, self.maximum + 1))

    @property
    def own_options(self) -> list[Option]:
        """The answers that can be chosen, in order; none where they come from a list."""
        return [one for one in self.options.all() if one.axis == Option.Axis.ANSWER]

    @property
    def lines(self) -> list[Option]:
        """The lines of a grid, in order."""
        return [one for one in self.options.all() if one.axis == Option.Axis.LINE]


class Option(PartOfVersion):
    """An answer that can be chosen, or a line of a grid. Its ``key`` is what is kept."""

    class Axis(models.TextChoices):
        ANSWER = "answer", _("Answer")
        LINE = "line", _("Line of a grid")

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    axis = models.CharField(max_length=6, choices=Axis.choices, default=Axis.ANSWER)
    position = models.PositiveSmallIntegerField(default=0)
    key = models.SlugField(max_length=40)
    label = I18nCharField(_("wording"))

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "axis", "key"], name="option_key_once_in_a_question")
        ]

    def __str__(self) -> str:
        return str(self.label)

    def own_version(self) -> Version:
        return self.question.version


class Condition(PartOfVersion):
    """A question is asked only if an earlier one was answered by one of ``answers``; several conditions must all hold."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="conditions")
    on = models.ForeignKey(Question, models.CASCADE, related_name="leads_to")
    answers = models.JSONField(default=list)  # keys of options, “yes”, “no”, or points of a scale as text

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "on"], name="condition_once_on_a_question"),
            models.CheckConstraint(name="condition_on_another_question", condition=~Q(question=F("on"))),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.on_id} {self.answers}"

    def own_version(self) -> Version:
        return self.question.version
