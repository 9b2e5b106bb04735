"""Bodies, their seats and mandates: opened, filled, handed on, closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from parvis.centres.models import Centre
from parvis.partners.actions.bodies_errors import OfAnotherCentre, OutsideTheBody, SeatTaken, UnknownThen
from parvis.partners.models import Body, Institution, Mandate, Relation, Seat


@dataclass(frozen=True)
class BodySaid:
    """What is said about a body."""

    name: str
    kind: Body.Kind
    valid_from: date
    valid_to: date | None = None
    purpose: str = ""


@dataclass(frozen=True)
class SeatSaid:
    """A category in the usual words (``kind``) or in the body's own (``label``), and from when."""

    valid_from: date
    kind: str = ""
    label: str = ""
    valid_to: date | None = None


@dataclass(frozen=True)
class MandateSaid:
    """Who holds a seat for which institution, and until when."""

    institution: Institution
    valid_from: date
    valid_to: date | None = None
    representative: str = ""
    deputy: str = ""


@transaction.atomic
def open_body(*, centre: Centre, key: UUID, said: BodySaid) -> Body:
    """A new body. The same ``key`` again returns the first. Raises ``OfAnotherCentre``."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if before := Body.objects.filter(key=key).first():
        if before.centre_id != centre.pk:
            raise OfAnotherCentre
        return before
    return Body.objects.create(centre=centre, key=key, **_columns(said))


@transaction.atomic
def change_body(*, body: Body, said: BodySaid) -> Body:
    """Say something else about a body; with a last day, its seats and mandates end with it. Raises ``OutsideTheBody``."""
    body = locked_body(body)
    if said.valid_from > body.valid_from and body.seats.filter(valid_from__lt=said.valid_from).exists():
        raise OutsideTheBody
    if said.valid_to and body.seats.filter(valid_from__gte=said.valid_to, attendance__isnull=False).exists():
        raise OutsideTheBody
    for name, value in _columns(said).items():
        setattr(body, name, value)
    body.save()
    if body.valid_to:
        for seat in body.seats.all():
            _end_seat(seat, body.valid_to)
    return body


@transaction.atomic
def add_seats(*, body: Body, key: UUID, said: SeatSaid, number: int = 1) -> list[Seat]:
    """``number`` more seats of one category. The same ``key`` again adds none. Raises ``OutsideTheBody``."""
    body = locked_body(body)
    keys = [uuid5(key, str(n)) for n in range(number)]
    there = {seat.key: seat for seat in Seat.objects.filter(key__in=keys, body=body)}
    _check_within(said.valid_from, body)
    end = said.valid_to or body.valid_to
    columns = {"kind": said.kind, "label": said.label, "valid_from": said.valid_from, "valid_to": end}
    return [there.get(one) or Seat.objects.create(body=body, key=one, **columns) for one in keys]


@transaction.atomic
def change_seat(*, seat: Seat, said: SeatSaid) -> Seat:
    """Another category or other days; with a last day, its mandate ends with it. Raises ``OutsideTheBody``."""
    body = locked_body(seat.body)
    seat = Seat.objects.get(pk=seat.pk)
    _check_within(said.valid_from, body)
    if seat.mandates.filter(valid_from__lt=said.valid_from).exists():
        raise OutsideTheBody
    seat.kind, seat.label = said.kind, said.label
    seat.valid_from, seat.valid_to = said.valid_from, said.valid_to
    seat.save()
    if said.valid_to:
        _end_mandates(Q(seat=seat), said.valid_to)
    return seat


@transaction.atomic
def give_mandate(*, seat: Seat, key: UUID, said: MandateSaid) -> Mandate:
    """An institution takes a seat; whoever held it before does so until then. The same ``key`` again changes nothing.

    Raises ``SeatTaken``, ``OutsideTheBody``, ``UnknownThen``, ``OfAnotherCentre``.
    """
    body = locked_body(seat.body)
    seat = Seat.objects.get(pk=seat.pk)
    if before := Mandate.objects.filter(key=key).first():
        if before.seat_id != seat.pk:
            raise OfAnotherCentre
        return before
    said = _checked(said, seat, body)
    if seat.mandates.filter(
        valid_from__gte=said.valid_from, valid_from__lt=said.valid_to or date.max
    ).exists():
        raise SeatTaken
    earlier = seat.mandates.filter(valid_from__lt=said.valid_from)
    earlier.filter(Q(valid_to=None) | Q(valid_to__gt=said.valid_from)).update(valid_to=said.valid_from)
    return Mandate.objects.create(seat=seat, key=key, **_mandate_columns(said))


@transaction.atomic
def change_mandate(*, mandate: Mandate, said: MandateSaid) -> Mandate:
    """Other days or other people for a mandate. Raises as ``give_mandate``."""
    body = locked_body(mandate.seat.body)
    seat = Seat.objects.get(pk=mandate.seat_id)
    said = _checked(said, seat, body)
    others = seat.mandates.exclude(pk=mandate.pk).filter(valid_from__lt=said.valid_to or date.max)
    if others.filter(Q(valid_to=None) | Q(valid_to__gt=said.valid_from)).exists():
        raise SeatTaken
    for name, value in _mandate_columns(said).items():
        setattr(mandate, name, value)
    mandate.save()
    return mandate


def locked_body(body: Body) -> Body:
    """The row as it is now; whoever else changes something of the body waits."""
    return Body.objects.select_for_update(no_key=True).get(pk=body.pk)


def known_then(centre_id: int, institution: Institution, day: date) -> bool:
    """Whether the centre worked with ``institution`` on ``day``."""
    return Relation.objects.open_on(day).filter(centre=centre_id, institution=institution).exists()


def _columns(said: BodySaid) -> dict[str, object]:
    columns = {"name": said.name, "kind": said.kind, "purpose": said.purpose}
    return columns | {"valid_from": said.valid_from, "valid_to": said.valid_to}


def _mandate_columns(said: MandateSaid) -> dict[str, object]:
    people = {"representative": said.representative, "deputy": said.deputy}
    return people | {
        "institution": said.institution,
        "valid_from": said.valid_from,
        "valid_to": said.valid_to,
    }


def _check_within(day: date, whole: Body | Seat) -> None:
    if day < whole.valid_from or whole.is_over_on(day):
        raise OutsideTheBody


def _checked(said: MandateSaid, seat: Seat, body: Body) -> MandateSaid:
    """The same, ending with the seat where nothing else was said."""
    said = replace(said, valid_to=said.valid_to or seat.valid_to)
    _check_within(said.valid_from, seat)
    if seat.valid_to and said.valid_to and said.valid_to > seat.valid_to:
        raise OutsideTheBody
    if not known_then(body.centre_id, said.institution, said.valid_from):
        raise UnknownThen
    return said


def _end_seat(seat: Seat, day: date) -> None:
    _end_mandates(Q(seat=seat), day)
    if seat.valid_from >= day:
        seat.delete()
    elif seat.valid_to is None or seat.valid_to > day:
        seat.valid_to = day
        seat.save(update_fields=["valid_to"])


def _end_mandates(which: Q, day: date) -> None:
    """Those that would outlast ``day`` end then; one that had not begun is none."""
    Mandate.objects.filter(which, valid_from__gte=day).delete()
    Mandate.objects.filter(which).filter(Q(valid_to=None) | Q(valid_to__gt=day)).update(valid_to=day)
