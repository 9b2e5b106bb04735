"""Who is needed when: the ordinary week of a season, and the half-days made from it."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Site, Space, Theme


class DutyKind(models.TextChoices):
    """What somebody on duty does."""

    ADVICE = "advice", _("Advice at a desk")
    RECEPTION = "reception", _("Reception")
    FACILITATION = "facilitation", _("Facilitation")


class Part(models.TextChoices):
    """The part of a day in which a half-day begins: before 12, before 17, later."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")

    @classmethod
    def of(cls, starts: time) -> Part:
        """The part in which ``starts`` lies."""
        if starts < time(12):
            return cls.MORNING
        return cls.AFTERNOON if starts < time(17) else cls.EVENING


class Season(models.Model):
    """An ordinary week as it should be staffed, for a part of the year, outside or during school holidays."""

    class During(models.TextChoices):
        TERM = "term", _("Outside school holidays")
        HOLIDAYS = "holidays", _("During school holidays")
        ALWAYS = "always", _("All the time")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="seasons")
    name = models.CharField(_("name"), max_length=80)
    during = models.CharField(_("in force"), max_length=8, choices=During.choices, default=During.ALWAYS)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="season_name_once"),
            models.CheckConstraint(
                name="season_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolHoliday(models.Model):
    """Days without school in the centre's region."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="school_holidays")
    name = models.CharField(_("name"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="school_holiday_dates_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.UniqueConstraint(fields=["centre", "first_day"], name="school_holiday_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Opened(models.Model):
    """What a half-day of a season and one of the calendar have in common."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    starts = models.TimeField(_("begins"))  # on the centre's clock
    ends = models.TimeField(_("ends"))
    unpopular = models.BooleanField(_("few like it: shared fairly"), default=False)
    institutions_min = models.PositiveSmallIntegerField(_("institutions, at least"), default=0)
    institutions_aim = models.PositiveSmallIntegerField(_("institutions, aimed at"), default=0)

    class Meta:
        abstract = True

    @property
    def part(self) -> Part:
        """The part of the day in which it begins."""
        return Part.of(self.starts)


class Wanted(models.Model):
    """What a need of a season and one of the calendar have in common."""

    duty = models.CharField(_("duty"), max_length=12, choices=DutyKind.choices)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=2)
    languages = models.JSONField(_("languages"), default=dict, blank=True)  # code -> how many speakers
    space = models.ForeignKey(
        Space, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )

    class Meta:
        abstract = True


class PatternHalfDay(Opened):
    """A half-day of a season's week."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="half_days")
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # Monday is 0

    class Meta:
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "site", "weekday", "starts"], name="pattern_half_day_once"
            ),
            models.CheckConstraint(
                name="pattern_half_day_in_a_week", condition=Q(weekday__lte=6, starts__lt=F("ends"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}"


class PatternNeed(Wanted):
    """So many people for a duty at a half-day of a season's week."""

    half_day = models.ForeignKey(PatternHalfDay, models.CASCADE, related_name="needs")

    class Meta:
        ordering = ["duty", "theme__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["half_day", "duty", "theme"],
                condition=Q(theme__isnull=False),
                name="pattern_need_once_for_a_theme",
            ),
            models.UniqueConstraint(
                fields=["half_day", "duty"], condition=Q(theme=None), name="pattern_need_once_without_a_theme"
            ),
            models.CheckConstraint(
                name="pattern_advice_has_a_theme", condition=~Q(duty="advice") | Q(theme__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.theme or ''} × {self.seats}"


class HalfDayQuerySet(models.QuerySet["HalfDay"]):
    def between(self, first: date, last: date) -> HalfDayQuerySet:
        """Those from ``first`` to ``last``, both included, in the order of time."""
        return self.filter(date__range=(first, last)).order_by("date", "starts", "pk")


class HalfDay(Opened):
    """One half-day of the calendar during which a site is open and people are on duty."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="half_days")
    date = models.DateField(_("day"))
    by_hand = models.BooleanField(
        default=False
    )  # changed by somebody: making it again from the season leaves it

    objects = HalfDayQuerySet.as_manager()

    class Meta:
        ordering = ["date", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "date", "starts"], name="half_day_once"),
            models.CheckConstraint(name="half_day_begins_before_it_ends", condition=Q(starts__lt=F("ends"))),
        ]
        indexes = [models.Index(fields=["centre", "date"], name="half_day_centre_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.starts:%H:%M}"

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Its first instant and the first after it, aware; ``centre`` must be loaded."""
        zone = self.centre.zone
        return datetime.combine(self.date, self.starts, zone), datetime.combine(self.date, self.ends, zone)

    @property
    def minutes(self) -> int:
        """How long it lasts, on a clock that never jumps."""
        begins, ends = self.bounds
        return int((ends.timestamp() - begins.timestamp()) // 60)


class Need(Wanted):
    """So many people for a duty at one half-day of the calendar."""

    half_day = models.ForeignKey(HalfDay, models.CASCADE, related_name="needs")

    class Meta:
        ordering = ["duty", "theme__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["half_day", "duty", "theme"],
                condition=Q(theme__isnull=False),
                name="need_once_for_a_theme",
            ),
            models.UniqueConstraint(
                fields=["half_day", "duty"], condition=Q(theme=None), name="need_once_without_a_theme"
            ),
            models.CheckConstraint(
                name="advice_has_a_theme", condition=~Q(duty="advice") | Q(theme__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.theme or ''} × {self.seats}"
