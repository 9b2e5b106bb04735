"""Rooms and equipment: settled, closed, used again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.agenda.actions.bookings import most_at_once
from parvis.agenda.models import Booking, Equipment, Room
from parvis.centres.models import Centre, Space
from parvis.surveys.fingerprints import words_of


class StillBooked(Exception):
    """Something that is still to come has it: ``first`` is the earliest."""

    def __init__(self, first: Booking) -> None:
        super().__init__(str(first))
        self.first = first


class TooFew(Exception):
    """So many are lent at one time in the days to come: ``lent``."""

    def __init__(self, lent: int) -> None:
        super().__init__(str(lent))
        self.lent = lent


@dataclass(frozen=True)
class RoomSaid:
    """What a room offers."""

    places: int
    step_free: bool = False
    hearing_loop: bool = False
    connected: bool = False


@transaction.atomic
def settle_room(*, space: Space, said: RoomSaid) -> Room:
    """Events and classes take place in ``space``, which offers what is said. Said twice, it is one room."""
    room, _made = Room.objects.update_or_create(
        space=space,
        defaults={
            "places": said.places,
            "step_free": said.step_free,
            "hearing_loop": said.hearing_loop,
            "connected": said.connected,
        },
    )
    return room


@transaction.atomic
def close_room(*, room: Room, at: datetime) -> Room:
    """Nothing is planned in it any more; what took place there stays. Closed already, nothing happens. Raises ``StillBooked``."""
    now = _locked_room(room)
    if now.closed_on is None:
        _refuse_if_booked(Booking.objects.filter(room=now, ends_at__gt=at).order_by("begins_at", "pk"))
        now.closed_on = now.space.site.centre.local_day(at)
        now.save(update_fields=["closed_on"])
    return now


@transaction.atomic
def reopen_room(*, room: Room) -> Room:
    """It can be booked again."""
    now = _locked_room(room)
    now.closed_on = None
    now.save(update_fields=["closed_on"])
    return now


def _locked_room(room: Room) -> Room:
    found = Room.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related("space__site__centre").get(pk=room.pk)


@transaction.atomic
def add_equipment(*, centre: Centre, name: LazyI18nString, number: int) -> Equipment:
    """So many things of one kind can be lent. One of that name that is there is not added again."""
    for one in Equipment.objects.select_for_update(no_key=True).filter(centre=centre, closed_on=None):
        if words_of(one.name) == words_of(name):
            return one
    return Equipment.objects.create(centre=centre, name=name, number=number)


@transaction.atomic
def change_equipment(*, equipment: Equipment, name: LazyI18nString, number: int, at: datetime) -> Equipment:
    """Another name or number. Raises ``TooFew`` where more are lent at one time in the days to come."""
    now = Equipment.objects.select_for_update(no_key=True).get(pk=equipment.pk)
    lent = most_at_once(list(now.bookings.filter(ends_at__gt=at)))
    if number < lent:
        raise TooFew(lent)
    now.name, now.number = name, number
    now.save(update_fields=["name", "number"])
    return now


@transaction.atomic
def close_equipment(*, equipment: Equipment, at: datetime, on: date) -> Equipment:
    """It is no longer there; where it was used stays written. Closed already, nothing happens. Raises ``StillBooked``."""
    now = Equipment.objects.select_for_update(no_key=True).get(pk=equipment.pk)
    if now.closed_on is None:
        _refuse_if_booked(now.bookings.filter(ends_at__gt=at).order_by("begins_at", "pk"))
        now.closed_on = on
        now.save(update_fields=["closed_on"])
    return now


@transaction.atomic
def reopen_equipment(*, equipment: Equipment) -> Equipment:
    """It is there again."""
    now = Equipment.objects.select_for_update(no_key=True).get(pk=equipment.pk)
    now.closed_on = None
    now.save(update_fields=["closed_on"])
    return now


def _refuse_if_booked(found: Iterable[Booking]) -> None:
    for first in found:
        raise StillBooked(first)
