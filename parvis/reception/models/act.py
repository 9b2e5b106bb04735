"""What was done for visitors, in codes; and the voluntary profile of the public, tied to nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Code, Theme
from parvis.reception.models.past import PastImport, counts
from parvis.reception.models.seat import Seat
from parvis.reception.models.ticket import Ticket


class ActQuerySet(models.QuerySet["Act"]):
    def counted(self) -> ActQuerySet:
        """Those that figures may count: not undone, and not of an import that is unfinished or undone."""
        return self.filter(counts(), undone_at=None)


class Act(models.Model):
    """A service given to one visitor or a group, or a non-contact. Coded in 20 seconds, never signed with a name."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        GROUP = "group", _("Group")
        NON_CONTACT = "non_contact", _("Non-contact")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="acts")
    date = models.DateField()
    at = models.DateTimeField(null=True)  # empty where an imported past knows only the day
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="acts")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="acts")
    themes = models.ManyToManyField(Theme, related_name="acts", verbose_name=_("themes"))
    channel = models.ForeignKey(Code, models.PROTECT, related_name="+", verbose_name=_("channel"))
    service = models.ForeignKey(
        Code, models.PROTECT, null=True, related_name="+", verbose_name=_("service given")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    size = models.PositiveSmallIntegerField(_("number of people"), default=1)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    note = models.CharField(_("short note"), max_length=280, blank=True)
    past_import = models.ForeignKey(PastImport, models.PROTECT, null=True, related_name="acts")
    undone_at = models.DateTimeField(null=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="act_for_somebody", condition=Q(size__gte=1)),
            models.CheckConstraint(name="only_groups_have_a_size", condition=Q(kind="group") | Q(size=1)),
            models.UniqueConstraint(
                fields=["ticket", "seat"],
                condition=Q(undone_at=None, ticket__isnull=False),
                name="one_act_per_interview",
            ),
        ]
        indexes = [models.Index(fields=["centre", "date"], name="act_centre_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class ActCode(models.Model):
    """A code of an act. ``count`` is 1 for one visitor; for a group, how many of them: a total, never invented people."""

    act = models.ForeignKey(Act, models.CASCADE, related_name="codes")
    code = models.ForeignKey(Code, models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "code"], name="code_once_per_act"),
            models.CheckConstraint(name="act_code_counts", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.code} × {self.count}"


class ProfileQuerySet(models.QuerySet["Profile"]):
    def counted(self) -> ProfileQuerySet:
        """Those that figures may count: not of an import that is unfinished or undone."""
        return self.filter(counts())


class Profile(models.Model):
    """One voluntary questionnaire, answered in part, in full or not at all. No link to a ticket, no time of day."""

    class Method(models.TextChoices):
        OWN_SCREEN = "own_screen", _("On the visitor's own screen")
        ASKED = "asked", _("Asked aloud")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="profiles")
    date = models.DateField()
    method = models.CharField(max_length=10, choices=Method.choices)
    answers = models.ManyToManyField(Code, related_name="+")
    commune_prefix = models.CharField(_("start of the postcode"), max_length=3, blank=True)
    past_import = models.ForeignKey(PastImport, models.PROTECT, null=True, related_name="profiles")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["centre", "date"], name="profile_centre_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.method}"
