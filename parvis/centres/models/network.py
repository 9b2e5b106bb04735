"""The network and its centres."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, Role, roles_with
from parvis.centres.validators import known_languages, known_time_zone


class ServiceModel(models.TextChoices):
    """The two families of centre: presets over one system, never two systems."""

    CITE_DES_METIERS = "cite_des_metiers", _("Cité des métiers")
    OHJAAMO = "ohjaamo", _("Ohjaamo")


class TicketStyle(models.TextChoices):
    """How a place in the queue is shown to the visitor. The queue itself is the same."""

    WORD = "word", _("A friendly word and a number")
    NUMBER = "number", _("A number")
    NONE = "none", _("No ticket: visitors are seated and fetched")


class ProfileMoment(models.TextChoices):
    """When the voluntary questions about the public are offered."""

    NEVER = "never", _("Never")
    SAMPLE_DAYS = "sample_days", _("On sample days only")
    ALWAYS = "always", _("At each visit")


class Network(models.Model):
    """Centres that share a name, a charter and a common denominator for their figures."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class CentreQuerySet(models.QuerySet["Centre"]):
    def seen_by(self, person: User, permission: Permission = Permission.ENTER) -> CentreQuerySet:
        """The centres in which ``person`` holds a role that allows ``permission``, directly or through the network."""
        roles = roles_with(permission)
        held = person.assignments.filter(role__in=roles)
        through_network = held.filter(role=Role.NETWORK_COORDINATOR).values("network")
        return self.filter(Q(pk__in=held.values("centre")) | Q(network__in=through_network)).order_by("name")


class Centre(models.Model):
    """One open place where anybody gets help with their working life."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="centres", verbose_name=_("network"))
    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    service_model = models.CharField(_("service model"), max_length=20, choices=ServiceModel.choices)
    creation_key = models.UUIDField(
        unique=True, null=True, editable=False
    )  # a retried creation finds its centre
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Paris", validators=[known_time_zone]
    )
    country = models.CharField(_("country"), max_length=2, default="FR", help_text=_("For public holidays."))
    subdivision = models.CharField(
        _("region"), max_length=16, blank=True, help_text=_("For regional holidays.")
    )
    language = models.CharField(_("main language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    languages = models.JSONField(
        _("languages spoken"),
        default=list,
        validators=[known_languages],
        help_text=_("In the order in which visitors are offered them."),
    )
    welcome = I18nCharField(
        _("welcome sentence"), blank=True, help_text=_("Shown on the kiosk's first page.")
    )
    age_from = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    ticket_style = models.CharField(
        _("ticket"), max_length=10, choices=TicketStyle.choices, default=TicketStyle.WORD
    )
    no_show_minutes = models.PositiveSmallIntegerField(
        _("minutes before a recalled visitor counts as absent"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    profile_moment = models.CharField(
        _("voluntary questions"),
        max_length=12,
        choices=ProfileMoment.choices,
        default=ProfileMoment.SAMPLE_DAYS,
    )
    sample_days = models.JSONField(_("sample days"), default=list, blank=True)  # ISO dates
    spoken_calls = models.BooleanField(_("the board speaks calls aloud"), default=False)
    # Its visits are invented; and it has a clock of its own, so that its day can be sped up. Elsewhere both times are empty.
    is_demonstration = models.BooleanField(default=False, editable=False)
    clock_set_at = models.DateTimeField(null=True, editable=False)
    clock_showed = models.DateTimeField(null=True, editable=False)
    clock_speed = models.PositiveSmallIntegerField(default=1, editable=False)  # 0 stands still

    objects = CentreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_set_or_real",
                condition=Q(clock_set_at=None, clock_showed=None, clock_speed=1)
                | Q(clock_set_at__isnull=False, clock_showed__isnull=False),
            ),
            models.CheckConstraint(
                name="centre_ages_in_order",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=F("age_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def now(self) -> datetime:
        """The time for everything that happens in this centre: the real one, except in a demonstration.

        Views take it once and pass it on as ``at``; they never ask the machine's clock (docs/decisions, *demonstration*).
        """
        real = timezone.now()
        if self.clock_set_at is None or self.clock_showed is None:
            return real
        return self.clock_showed + (real - self.clock_set_at) * self.clock_speed

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local(self, at: datetime) -> datetime:
        """``at`` on the centre's own clock."""
        return at.astimezone(self.zone)

    def local_day(self, at: datetime) -> date:
        """The day that ``at`` falls on at the centre: never the server's, never UTC's."""
        return self.local(at).date()

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """First instant of ``day`` and of the next, both aware: 23, 24 or 25 hours apart."""
        start = datetime.combine(day, time.min, self.zone)
        return start, datetime.combine(day + timedelta(days=1), time.min, self.zone)

    @property
    def no_show_after(self) -> timedelta:
        """How long a recalled visitor has to reach the desk."""
        return timedelta(minutes=self.no_show_minutes)

    def asks_profile_on(self, day: date) -> bool:
        """Whether the voluntary questions are offered on ``day``."""
        if self.profile_moment == ProfileMoment.SAMPLE_DAYS:
            return day.isoformat() in self.sample_days
        return self.profile_moment == ProfileMoment.ALWAYS
