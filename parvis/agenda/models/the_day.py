"""The day of a class visit: groups that go round the workshops, how many came, what was done for each objective."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.agenda.models.kits import KitVersion
from parvis.agenda.models.rooms import Room
from parvis.agenda.models.visits import ClassVisit
from parvis.centres.models import Code, CodeList

COUNTED = (CodeList.AGE_BAND, CodeList.GENDER)  # lists by which pupils who came are counted


class DayPlan(models.Model):
    """How the groups of a visit go round: when it begins, how long a turn is, how many workshops each group sees (none: all).

    ``proven``: what stands in the turns was computed, and nothing is better. ``by_hand``: somebody moved a group since.
    """

    visit = models.OneToOneField(ClassVisit, models.CASCADE, related_name="day_plan")
    welcome = models.PositiveSmallIntegerField(
        _("minutes to arrive and to say welcome"), default=15, validators=[MaxValueValidator(180)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes of a turn"), default=30, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    change = models.PositiveSmallIntegerField(
        _("minutes between two turns"), default=5, validators=[MaxValueValidator(60)]
    )
    each = models.PositiveSmallIntegerField(
        _("workshops that each group sees"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    break_after = models.PositiveSmallIntegerField(
        _("break after turn"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    break_minutes = models.PositiveSmallIntegerField(
        _("minutes of the break"), default=15, validators=[MaxValueValidator(180)]
    )
    proven = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.visit} {self.minutes}"


class Station(models.Model):
    """A workshop of a visit: in which room, by whom, for how many at once. ``kit_version`` none: individual interviews."""

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="stations")
    position = models.PositiveSmallIntegerField(default=0)
    kit_version = models.ForeignKey(
        KitVersion, models.PROTECT, null=True, related_name="stations", verbose_name=_("workshop")
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("room")
    )
    person = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    places = models.PositiveSmallIntegerField(
        _("pupils at once, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    compulsory = models.BooleanField(_("for every group"), default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.kit_version.kit if self.kit_version else _("Individual interviews"))


class Group(models.Model):
    """A part of a class: a number and how many pupils."""

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    pupils = models.PositiveSmallIntegerField(_("pupils"), validators=[MinValueValidator(1)])
    came = models.PositiveSmallIntegerField(_("pupils who came"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="group_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Turn(models.Model):
    """A group at a station, from a time to a time."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="turns")
    station = models.ForeignKey(Station, models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "group__number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="one_station_for_a_group_at_a_time"),
            models.UniqueConstraint(fields=["station", "position"], name="one_group_at_a_station_at_a_time"),
            models.UniqueConstraint(fields=["group", "station"], name="a_station_once_for_a_group"),
            models.CheckConstraint(name="turn_in_order", condition=Q(begins_at__lt=F("ends_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.position}"


class PupilCount(models.Model):
    """How many of the pupils who came are of an age band or gender: totals that add up to those who came."""

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="pupil_counts")
    code = models.ForeignKey(Code, models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "code"], name="pupil_count_once_a_code")]

    def __str__(self) -> str:
        return f"{self.code}: {self.count}"


class ObjectiveDone(models.Model):
    """What was done in a visit for one objective."""

    class Depth(models.TextChoices):
        TOUCHED = "touched", _("Touched on")
        WORKED = "worked", _("Worked on")
        NOT = "not", _("Not this time")

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="objectives_done")
    objective = models.ForeignKey(Code, models.PROTECT, related_name="+")
    depth = models.CharField(_("what was done"), max_length=7, choices=Depth.choices)
    words = models.CharField(_("in a few words"), max_length=280, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "objective"], name="objective_done_once")]

    def __str__(self) -> str:
        return f"{self.objective}: {self.depth}"
