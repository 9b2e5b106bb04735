"""Visits of school classes: asked for by a teacher without an account, prepared, held, evaluated. A class stays a number."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.agenda.models.kits import Kit
from parvis.agenda.models.schools import School
from parvis.centres.models import Centre, Code
from parvis.surveys.models import ClassRound, Collection

MOST_PUPILS = 300


class PartOfDay(models.TextChoices):
    """When a class can come."""

    MORNING = "morning", pgettext_lazy("part of a day for a class", "Morning")
    AFTERNOON = "afternoon", pgettext_lazy("part of a day for a class", "Afternoon")


class ClassVisit(models.Model):
    """A class that wants to come, comes or came: its size, what it is to learn, and how far the visit is. Never a pupil's name.

    ``token`` is the address by which its teacher comes back. Its row is locked for each step.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of a class visit", "Asked for")
        OPTION = "option", pgettext_lazy("state of a class visit", "A date is kept")
        CONFIRMED = "confirmed", pgettext_lazy("state of a class visit", "Confirmed")
        PREPARED = "prepared", pgettext_lazy("state of a class visit", "Prepared")
        HELD = "held", pgettext_lazy("state of a class visit", "Held")
        EVALUATED = "evaluated", pgettext_lazy("state of a class visit", "Evaluated")
        CANCELLED = "cancelled", pgettext_lazy("state of a class visit", "Cancelled")

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    token = models.CharField(max_length=32, unique=True, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="class_visits")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="visits")
    school_name = models.CharField(_("school"), max_length=160)  # as the teacher wrote it
    level = models.ForeignKey(
        Code, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("level")
    )
    stream = models.ForeignKey(
        Code, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stream")
    )
    pupils = models.PositiveSmallIntegerField(
        _("pupils"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PUPILS)]
    )
    adults = models.PositiveSmallIntegerField(_("adults with them"), default=1)
    language = models.CharField(
        _("language of messages"), max_length=8
    )  # the teacher's, of the visitors' pages
    languages = models.JSONField(_("languages that the class speaks"), default=list, blank=True)
    needs = models.CharField(_("what the class needs"), max_length=400, blank=True)
    interviews = models.BooleanField(_("individual interviews"), default=False)
    kits = models.ManyToManyField(Kit, blank=True, related_name="+", verbose_name=_("workshops"))
    objectives = models.ManyToManyField(Code, blank=True, related_name="+", verbose_name=_("objectives"))
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    state_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    option_until = models.DateField(_("kept until"), null=True, blank=True)  # that day included
    begins_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    arrival = models.CharField(
        _("arrival, bus, coats"), max_length=400, blank=True
    )  # what the teacher is told
    expectations = models.ForeignKey(
        ClassRound, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    evaluation = models.ForeignKey(
        Collection, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    came = models.PositiveSmallIntegerField(_("pupils who came"), null=True, blank=True)
    adults_came = models.PositiveSmallIntegerField(_("adults who came"), null=True, blank=True)
    uid = models.UUIDField(unique=True, editable=False)  # of its entry in calendars
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_with_a_date_once_it_is_kept",
                condition=Q(state__in=["asked", "cancelled"])
                | Q(begins_at__isnull=False, ends_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_in_order", condition=Q(begins_at=None) | Q(begins_at__lt=F("ends_at"))
            ),
            models.CheckConstraint(
                name="visit_held_was_counted",
                condition=~Q(state__in=["held", "evaluated"]) | Q(came__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state"], name="visit_centre_state"),
            models.Index(fields=["centre", "begins_at"], name="visit_centre_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.school_name} ({self.pupils})"

    @property
    def day(self) -> date | None:
        """The centre's local day of the visit; ``centre`` must be loaded."""
        return None if self.begins_at is None else self.centre.local_day(self.begins_at)


class Teacher(models.Model):
    """Whom to write to about a visit. A row of its own, erased some time after the visit; a teacher, never a pupil."""

    visit = models.OneToOneField(ClassVisit, models.CASCADE, related_name="teacher")
    name = models.CharField(_("your name"), max_length=80)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone, for the day of the visit"), max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class VisitDate(models.Model):
    """A half-day that would suit the class."""

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="dates")
    day = models.DateField(_("day"))
    part = models.CharField(_("part of the day"), max_length=9, choices=PartOfDay.choices)

    class Meta:
        ordering = ["day", "part"]
        constraints = [models.UniqueConstraint(fields=["visit", "day", "part"], name="visit_date_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.part}"


class VisitStep(models.Model):
    """What happened to a visit: a state it came to, or a word between teacher and centre. Written once, never changed."""

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="steps")
    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(max_length=9, choices=ClassVisit.State.choices, blank=True)  # empty: words only
    at = models.DateTimeField()
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+"
    )  # none: the teacher, or nobody now
    by_teacher = models.BooleanField(default=False)
    words = models.CharField(_("a word"), max_length=600, blank=True)
    to_mail = models.BooleanField(default=False)  # its message goes to the teacher
    mail_begun_at = models.DateTimeField(null=True)  # when somebody last began to send it
    mailed_at = models.DateTimeField(null=True)  # when its message left; none: not yet, or none was to

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit} {self.state}"


class ChecklistItem(models.Model):
    """Something to see to before a visit: bus, coats, badges."""

    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("what is to be seen to"), max_length=160)
    for_teacher = models.BooleanField(_("the teacher sees to it"), default=False)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class VisitFile(models.Model):
    """A file that centre and teacher share about a visit, cleaned, kept below DATA under its key; only downloaded."""

    key = models.UUIDField(unique=True, editable=False)
    visit = models.ForeignKey(ClassVisit, models.CASCADE, related_name="files")
    title = models.CharField(_("what it is"), max_length=120)
    kind = models.CharField(max_length=8)  # of parvis.shared.attachments
    size = models.PositiveIntegerField()
    by_teacher = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title
