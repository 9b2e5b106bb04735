"""What one of the team can do on duty, and when they can come."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.rota.models.needs import HalfDay, Part
from parvis.rota.models.wishes import Wish


class Terms(models.Model):
    """What one of the team does on duty, and within which limits. Without a row, the rota does not know them."""

    person = models.ForeignKey(User, models.CASCADE, related_name="terms")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="terms")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("gives advice on"))
    learning = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("learns"))
    languages = models.JSONField(_("languages"), default=list, blank=True)  # codes
    receives = models.BooleanField(_("at the reception"), default=False)
    facilitates = models.BooleanField(_("leads workshops"), default=False)
    per_week = models.PositiveSmallIntegerField(
        _("half-days a week, at most"), null=True, blank=True, validators=[MaxValueValidator(14)]
    )
    per_day = models.PositiveSmallIntegerField(
        _("half-days a day, at most"), default=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    days_in_a_row = models.PositiveSmallIntegerField(
        _("days in a row, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    rest_hours = models.PositiveSmallIntegerField(_("hours of rest between two days"), default=11)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)  # the first day without

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "centre"], name="terms_once"),
            models.CheckConstraint(
                name="terms_dates_in_order", condition=Q(until=None) | Q(until__gt=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.centre}"

    def hold_on(self, day: date) -> bool:
        """Whether the rota may count on the person on ``day``."""
        return self.since <= day and (self.until is None or day < self.until)


class WorkingPattern(models.Model):
    """How somebody likes one part of one weekday, each week or every second: what holds unless they say otherwise for a date."""

    class Weeks(models.TextChoices):
        EVERY = "every", _("Every week")
        ODD = "odd", _("Odd weeks")  # of the ISO calendar
        EVEN = "even", _("Even weeks")

    person = models.ForeignKey(User, models.CASCADE, related_name="working_patterns")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="working_patterns")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    part = models.CharField(_("part of the day"), max_length=9, choices=Part.choices)
    weeks = models.CharField(_("weeks"), max_length=5, choices=Weeks.choices, default=Weeks.EVERY)
    wish = models.CharField(_("answer"), max_length=10, choices=Wish.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "centre", "weekday", "part", "weeks"], name="pattern_once"
            ),
            models.CheckConstraint(name="pattern_weekday_of_a_week", condition=Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.part} {self.wish}"


class WishForHalfDay(models.Model):
    """How somebody likes one half-day of the calendar; it goes before their pattern."""

    person = models.ForeignKey(User, models.CASCADE, related_name="wishes")
    half_day = models.ForeignKey(HalfDay, models.CASCADE, related_name="wishes")
    wish = models.CharField(_("answer"), max_length=10, choices=Wish.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "half_day"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.half_day} {self.wish}"


class Leave(models.Model):
    """Days on which somebody does not come, for a reason that nobody is asked for. It goes before wishes and patterns."""

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(User, models.CASCADE, related_name="leaves")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="leaves")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    part = models.CharField(
        _("part of the day"), max_length=9, choices=Part.choices, blank=True
    )  # empty: all day
    sudden = models.BooleanField(default=False)  # an absence that was told when the rota was out already
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(name="leave_dates_in_order", condition=Q(last_day__gte=F("first_day")))
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class RosterCall(models.Model):
    """The question to everybody: when can you come, between these days? Until a deadline."""

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="roster_calls")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    deadline = models.DateField(_("answers until"))  # that day included
    words = models.CharField(_("a word to everybody"), max_length=500, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="roster_call_dates_in_order", condition=Q(last_day__gte=F("first_day"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class RosterAnswer(models.Model):
    """Somebody has answered a roster call. What they said stands in patterns, wishes and leaves."""

    call = models.ForeignKey(RosterCall, models.CASCADE, related_name="answers")
    person = models.ForeignKey(User, models.CASCADE, related_name="roster_answers")
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    remark = models.CharField(_("remark"), max_length=280, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="roster_answer_once")]

    def __str__(self) -> str:
        return f"{self.call} · {self.person}"
