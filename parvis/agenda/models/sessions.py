"""Sessions: when and where an event takes place, how many came, and who led it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.agenda.models.events import Event
from parvis.agenda.models.visits import ClassVisit
from parvis.centres.models import Centre, Code, Site
from parvis.partners.models import Institution


class SessionQuerySet(models.QuerySet["Session"]):
    def between(self, begins: datetime, ends: datetime) -> SessionQuerySet:
        """Those that overlap the stretch from ``begins`` to ``ends``, in the order of time."""
        return self.filter(begins_at__lt=ends, ends_at__gt=begins).order_by("begins_at", "pk")

    def after(self, last: tuple[datetime, int] | None) -> SessionQuerySet:
        """Those behind the one that began then and has this key, in the order of time; all of them where none is said."""
        if last is None:
            return self
        begins, key = last
        return self.filter(Q(begins_at__gt=begins) | Q(begins_at=begins, pk__gt=key))

    def public(self, at: datetime) -> SessionQuerySet:
        """Those of events that everybody may read at ``at``, cancelled ones too."""
        return self.filter(event__state=Event.State.PUBLISHED, event__publish_at__lte=at)


class Session(models.Model):
    """One time at which an event takes place: in a room, online, or both. Its row is locked to give its places away.

    ``room_taken`` and ``online_taken`` count places that are held or offered: never more than there are (no number: no limit).
    An all-day session lasts whole days of the centre: it begins and ends at midnight. ``sequence`` is raised as calendars want it.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of a session", "Planned")
        CANCELLED = "cancelled", pgettext_lazy("state of a session", "Cancelled")
        HELD = "held", pgettext_lazy("state of a session", "Held")

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)  # in its series
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    elsewhere = models.CharField(_("another place"), max_length=200, blank=True)
    link = models.URLField(_("link for those who join online"), max_length=500, blank=True)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    all_day = models.BooleanField(_("whole days"), default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    why = models.CharField(_("what people read about it"), max_length=280, blank=True)  # moved or cancelled
    # What it had booked when it was cancelled: asked for again if that is taken back.
    gave_back = models.JSONField(default=dict, blank=True, editable=False)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # of its entry in calendars
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    room_seats = models.PositiveSmallIntegerField(_("places in the room"), null=True, blank=True)
    online_seats = models.PositiveSmallIntegerField(_("places online"), null=True, blank=True)
    room_taken = models.PositiveSmallIntegerField(default=0)
    online_taken = models.PositiveSmallIntegerField(default=0)
    last_number = models.PositiveSmallIntegerField(default=0)  # of its registrations' friendly names
    participants = models.PositiveIntegerField(_("participants in the room"), null=True, blank=True)
    online_participants = models.PositiveIntegerField(_("participants online"), null=True, blank=True)
    counted_at = models.DateTimeField(null=True)
    counted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(name="session_in_order", condition=Q(begins_at__lt=F("ends_at"))),
            models.CheckConstraint(
                name="session_room_not_overfull",
                condition=Q(room_seats=None) | Q(room_taken__lte=F("room_seats")),
            ),
            models.CheckConstraint(
                name="session_online_not_overfull",
                condition=Q(online_seats=None) | Q(online_taken__lte=F("online_seats")),
            ),
            models.CheckConstraint(
                name="held_session_was_counted",
                condition=~Q(state="held") | Q(counted_at__isnull=False, participants__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "begins_at"], name="session_centre_begins"),
            models.Index(fields=["event", "begins_at"], name="session_event_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.begins_at:%Y-%m-%d %H:%M}"

    @property
    def day(self) -> date:
        """The centre's local day on which it begins; ``centre`` must be loaded."""
        return self.centre.local_day(self.begins_at)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.begins_at).total_seconds() // 60)

    @property
    def is_online(self) -> bool:
        """Whether one can join from elsewhere."""
        return bool(self.link)

    @property
    def room_left(self) -> int | None:
        """Places in the room that nobody has; none: no limit."""
        return None if self.room_seats is None else self.room_seats - self.room_taken

    @property
    def online_left(self) -> int | None:
        """Places online that nobody has; none: no limit."""
        return None if self.online_seats is None else self.online_seats - self.online_taken


class HeadCount(models.Model):
    """How many of a session's participants somebody said an age band, gender or status of: totals, never a person.

    The counts of one list add up to the session's participants, “not communicated” included.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="head_counts")
    code = models.ForeignKey(Code, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "code"], name="head_count_once_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.count}"


class Facilitation(models.Model):
    """Somebody of the team leads a session or a class visit, lent by ``institution`` on that day: it outlasts the name.

    ``minutes`` is what is counted as given when it was held; none until then. ``on_duty`` of them are held in the rota already.
    """

    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="facilitations")
    visit = models.ForeignKey(ClassVisit, models.CASCADE, null=True, related_name="facilitations")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+"
    )  # null: own staff
    preparing = models.PositiveSmallIntegerField(_("minutes to prepare and tidy up"), default=0)
    minutes = models.PositiveIntegerField(null=True)
    on_duty = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="facilitation_of_a_session_or_a_visit",
                condition=Q(session__isnull=False, visit=None) | Q(session=None, visit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(session__isnull=False, person__isnull=False),
                name="facilitator_once_a_session",
            ),
            models.UniqueConstraint(
                fields=["visit", "person"],
                condition=Q(visit__isnull=False, person__isnull=False),
                name="facilitator_once_a_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session or self.visit}"
