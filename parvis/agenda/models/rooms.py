"""Rooms and equipment, and who has them when: no two things at one time in one room."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from parvis.agenda.models.sessions import Session
from parvis.agenda.models.visits import ClassVisit
from parvis.centres.models import Centre, Space


class Room(models.Model):
    """A space in which events and classes take place. Its row is locked to book it."""

    space = models.OneToOneField(Space, models.PROTECT, related_name="room", verbose_name=_("space"))
    places = models.PositiveSmallIntegerField(
        _("people it holds"), default=20, validators=[MinValueValidator(1)]
    )
    step_free = models.BooleanField(_("reached without steps"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    connected = models.BooleanField(_("ready for people who join online"), default=False)
    closed_on = models.DateField(_("no longer used since"), null=True, blank=True)  # its space may stay open

    def __str__(self) -> str:
        return str(self.space)

    @property
    def closed_since(self) -> date | None:
        """The first day on which nothing can be in it: its own, or that of its space."""
        return min((day for day in (self.closed_on, self.space.closed_on) if day), default=None)


class Equipment(models.Model):
    """Things that are lent to a session: so many of one kind. Its row is locked to book it."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="equipment")
    name = I18nCharField(_("name"))
    number = models.PositiveSmallIntegerField(
        _("how many there are"), default=1, validators=[MinValueValidator(1)]
    )
    closed_on = models.DateField(_("no longer there since"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def closed_since(self) -> date | None:
        """The first day on which it is not there."""
        return self.closed_on


class BookingQuerySet(models.QuerySet["Booking"]):
    def during(self, begins: datetime, ends: datetime) -> BookingQuerySet:
        """Those that overlap the stretch from ``begins`` to ``ends``, the end not in it."""
        return self.filter(begins_at__lt=ends, ends_at__gt=begins)


class Booking(models.Model):
    """A room, or so many of an equipment, for a session or a class visit. Gone as soon as that is cancelled."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="bookings")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="bookings")
    equipment = models.ForeignKey(Equipment, models.PROTECT, null=True, related_name="bookings")
    number = models.PositiveSmallIntegerField(default=1)
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="bookings")
    visit = models.ForeignKey(ClassVisit, models.CASCADE, null=True, related_name="bookings")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="booking_of_a_room_or_equipment",
                condition=Q(room__isnull=False, equipment=None, number=1)
                | Q(room=None, equipment__isnull=False, number__gte=1),
            ),
            models.CheckConstraint(
                name="booking_for_a_session_or_a_visit",
                condition=Q(session__isnull=False, visit=None) | Q(session=None, visit__isnull=False),
            ),
            models.CheckConstraint(name="booking_in_order", condition=Q(begins_at__lt=F("ends_at"))),
        ]
        indexes = [
            models.Index(fields=["room", "begins_at"], name="booking_room"),
            models.Index(fields=["equipment", "begins_at"], name="booking_equipment"),
            models.Index(fields=["centre", "begins_at"], name="booking_centre"),
        ]

    def __str__(self) -> str:
        return f"{self.room or self.equipment} {self.begins_at:%Y-%m-%d %H:%M}"
