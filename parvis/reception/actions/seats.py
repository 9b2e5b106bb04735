"""Opening, pausing and closing a seat at a desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from parvis.accounts.models import User
from parvis.centres.models import Desk, Theme
from parvis.reception.actions.errors import NotOfThisCentre, SeatClosed, SeatTaken, VisitorAtSeat
from parvis.reception.actions.periods import queue_changed
from parvis.reception.models import Seat, Ticket
from parvis.reception.models.ticket import AT_A_SEAT
from parvis.rota.actions.held import begin_held, end_held
from parvis.shared.prepared import Prepared


@transaction.atomic
def open_seat(
    *, desk: Desk, place: int, person: User, themes: Sequence[Theme], languages: Sequence[str], at: datetime
) -> Seat:
    """Sit down at ``place`` (1 …) of a desk for some themes and languages; again there: those are changed.

    With it begins what they hold of the rota: their planned slot now, or time that was not planned.

    Raises ``SeatTaken`` where somebody else sits or the person sits elsewhere, ``NotOfThisCentre``.
    """
    person = User.objects.select_for_update(no_key=True).get(
        pk=person.pk
    )  # one seat a person, whichever desk is tried first
    desk = (
        Desk.objects.select_for_update(no_key=True, of=("self",))
        .select_related("space__site__centre")
        .get(pk=desk.pk)
    )
    centre = desk.space.site.centre
    if not 1 <= place <= desk.seats or any(theme.centre_id != centre.pk for theme in themes):
        raise NotOfThisCentre
    if not themes or not languages or not set(languages) <= set(centre.languages):
        raise NotOfThisCentre
    taken = (
        Seat.objects.open()
        .filter(Q(desk=desk, place=place) | Q(person=person))
        .select_for_update(no_key=True)
    )
    here = next((seat for seat in taken if seat.person_id == person.pk and seat.desk_id == desk.pk), None)
    if any(seat != here for seat in taken) or (here and here.place != place):
        raise SeatTaken
    seat = here or Seat(centre=centre, desk=desk, place=place, person=person, opened_at=at)
    seat.languages, seat.paused_at = list(languages), None
    seat.save()
    seat.themes.set(themes)
    begin_held(centre=centre, person=person, themes=themes, at=at)
    queue_changed(centre.pk)
    return seat


LOCKED = Prepared(lambda seat: Seat.objects.select_for_update(no_key=True).filter(pk=seat))
PRESENT = Prepared(lambda seat: Ticket.objects.filter(seat=seat, state__in=AT_A_SEAT))


def locked_seat(seat: Seat) -> Seat:
    """The seat's row, locked and read again. Raises ``SeatClosed``."""
    return still_open(LOCKED.get(seat.pk))


def still_open(seat: Seat) -> Seat:
    """The seat, if nobody has closed it meanwhile. Raises ``SeatClosed``."""
    if seat.closed_at is not None:
        raise SeatClosed
    return seat


def at_seat(seat: Seat) -> Ticket | None:
    """The visitor called to the seat or in interview there."""
    return PRESENT.first(seat.pk)


@transaction.atomic
def pause_seat(*, seat: Seat, at: datetime) -> Seat:
    """A break: the seat stays this person's, and no wait is computed on it."""
    seat = locked_seat(seat)
    if seat.paused_at is None:
        seat.paused_at = at
        seat.save(update_fields=["paused_at"])
        queue_changed(seat.centre_id)
    return seat


@transaction.atomic
def resume_seat(*, seat: Seat) -> Seat:
    """Back from the break."""
    seat = locked_seat(seat)
    seat.paused_at = None
    seat.save(update_fields=["paused_at"])
    queue_changed(seat.centre_id)
    return seat


@transaction.atomic
def close_seat(*, seat: Seat, at: datetime) -> Seat:
    """End of duty, and of what was held of the rota. Whoever waited for this very seat, or comes back to wait, waits for the theme. Raises ``VisitorAtSeat``."""
    seats = Seat.objects.select_for_update(no_key=True, of=("self",)).select_related("centre", "person")
    seat = seats.get(pk=seat.pk)
    if seat.closed_at is not None:
        return seat
    if at_seat(seat):
        raise VisitorAtSeat
    Ticket.objects.filter(for_seat=seat).update(for_seat=None)
    seat.closed_at = at
    seat.save(update_fields=["closed_at"])
    if seat.person:
        end_held(centre=seat.centre, person=seat.person, at=at)
    queue_changed(seat.centre_id)
    return seat
