"""Talks: a question while its visitor and an adviser write to each other, in the centre's live hours."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance.models.question import Question


class OnlineDutyQuerySet(models.QuerySet["OnlineDuty"]):
    def answers(self, theme: Theme | None, language: str) -> list[OnlineDuty]:
        """Those who take a question of this theme in this language; one without a theme is everybody's."""
        rows = self.prefetch_related("themes")
        return [one for one in rows if one.serves(theme.pk if theme else None, language)]


class OnlineDuty(models.Model):
    """Somebody is on duty online at a centre, for some themes and languages. The row goes when they leave."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="online_duties")
    person = models.ForeignKey(User, models.CASCADE, related_name="online_duties")
    themes = models.ManyToManyField(Theme, related_name="+", verbose_name=_("themes"))
    languages = models.JSONField(_("languages"), default=list)
    opened_at = models.DateTimeField()
    heard_at = models.DateTimeField()  # when their page was last heard of

    objects = OnlineDutyQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "person"], name="once_on_duty_online"),
        ]

    def __str__(self) -> str:
        return f"{self.centre} · {self.opened_at:%H:%M}"

    def serves(self, theme: int | None, language: str) -> bool:
        """Whether a question of that theme and language is theirs to take."""
        return language in self.languages and (
            theme is None or theme in {one.pk for one in self.themes.all()}
        )


class TalkQuerySet(models.QuerySet["Talk"]):
    def open(self) -> TalkQuerySet:
        """Those that go on, or wait for somebody."""
        return self.filter(end="")


class Talk(models.Model):
    """That a question is talked about now. The words are the question's: when the talk ends, nothing has to be moved.

    Whoever has the question has the talk; while nobody has it, it waits in line. Its times go when it ends.
    """

    class End(models.TextChoices):
        """How it ended."""

        SAID = "said", _("all was said")
        LATER = "later", _("the rest is answered later")
        HOURS = "hours", _("the live hours were over")
        NOBODY = "nobody", _("nobody was free in time")
        SILENCE = "silence", _("the visitor was not heard of any more")

    question = models.ForeignKey(Question, models.CASCADE, related_name="talks")
    day = models.DateField()
    end = models.CharField(max_length=8, choices=End.choices, blank=True)
    waited = models.PositiveSmallIntegerField(
        null=True
    )  # minutes, begun ones, until an adviser's first words
    opened_at = models.DateTimeField(null=True)
    waits_since = models.DateTimeField(null=True)
    visitor_at = models.DateTimeField(null=True)  # when the visitor's page was last heard of
    adviser_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # until when the visitor's page has every word

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["waits_since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=Q(end=""), name="one_talk_at_a_time"),
            models.CheckConstraint(
                name="an_ended_talk_keeps_no_time",
                condition=Q(end="", opened_at__isnull=False, waits_since__isnull=False)
                & Q(visitor_at__isnull=False)
                | ~Q(end="")
                & Q(opened_at=None, waits_since=None, visitor_at=None, adviser_at=None, read_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.end or self.opened_at}"
