"""Time that somebody was really on duty: begun and ended with their seat, noted by hand where there was none, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.partners import on_duty
from parvis.partners.queries import institution_of
from parvis.rota.models import DutyKind, DutySlot, Held, HeldCorrection
from parvis.rota.queries.on_the_day import EARLY, desk_slots, slot_now, usual_end

Ending = Held.Ending
LATE = timedelta(minutes=30)  # one tidies up a little after


class WrongTimes(Exception):
    """The times are not in order, not of that day, or not over yet."""


class Overlaps(Exception):
    """The person is noted as being on duty at that time already."""


class NotHere(Exception):
    """The slot or the stretch belongs to another centre, or to nobody any more."""


@transaction.atomic
def begin_held(*, centre: Centre, person: User, themes: Sequence[Theme], at: datetime) -> Held:
    """``person`` sat down: their planned slot now is held from ``at``, else time that was not planned.

    While a stretch of that day lasts, nothing begins, unless an unplanned one goes on for other themes. The caller holds the
    person's row, so that nobody begins twice.
    """
    slot = slot_now(person, centre, at)
    theme = slot.theme if slot else only(themes)
    lasting = Held.objects.filter(person=person, ended_at=None).select_for_update(no_key=True, of=("self",))
    for held in lasting.select_related("centre", "person", "slot__half_day"):
        here_today = held.centre_id == centre.pk and held.date == centre.local_day(at)
        if here_today and (held.slot_id or slot or held.theme_id == (theme.pk if theme else None)):
            return held
        _end(held, at, Ending.SEAT)
    return Held.objects.create(
        key=uuid4(),
        centre=centre,
        slot=slot,
        institution=institution_of(person, centre, centre.local_day(at)),
        person=person,
        duty=DutyKind.ADVICE,
        theme=theme,
        date=centre.local_day(at),
        begun_at=to_the_minute(at),
    )


@transaction.atomic
def end_held(*, centre: Centre, person: User, at: datetime) -> list[Held]:
    """``person`` left their seat: what they held ends at ``at``, or with its half-day where that was on another day.

    Returns the stretches it became: it is divided where another of their slots began meanwhile. Said twice, it ended once.
    """
    return _end_all(Held.objects.filter(centre=centre, person=person), at, Ending.SEAT)


@transaction.atomic
def end_held_of_day(*, centre: Centre, day: date, at: datetime) -> list[Held]:
    """The day was signed off: what still lasts ends now, or with its half-day where that is over."""
    return _end_all(Held.objects.filter(centre=centre, date=day), at, Ending.DAY)


@transaction.atomic
def note_held(*, slot: DutySlot, begun: datetime, ended: datetime, key: UUID, at: datetime) -> Held:
    """Note afterwards that a slot was held from ``begun`` to ``ended``, where no seat was opened for it.

    The same ``key`` again returns the first. Raises ``WrongTimes``, ``Overlaps``, ``NotHere``.
    """
    if slot.person:
        User.objects.select_for_update(no_key=True).get(pk=slot.person.pk)
    if known := Held.objects.filter(key=key).first():
        if known.slot_id != slot.pk:
            raise NotHere
        return known
    if slot.person is None or slot.state != DutySlot.State.PLANNED:
        raise NotHere
    begun, ended = _checked(slot.centre, slot.half_day.date, begun, ended, at)
    _no_other(slot.person, begun, ended)
    on_duty.changed(centre=slot.centre, person=slot.person, begins=begun, ends=ended, at=at)
    return Held.objects.create(
        key=key,
        centre=slot.centre,
        slot=slot,
        institution=slot.institution,
        person=slot.person,
        duty=slot.duty,
        theme=slot.theme,
        date=slot.half_day.date,
        begun_at=begun,
        ended_at=ended,
        ending=Ending.HAND,
    )


@transaction.atomic
def correct_held(
    *, held: Held, begun: datetime, ended: datetime, reason: str, key: UUID, by: User, at: datetime
) -> HeldCorrection:
    """Say when a stretch really began and ended; what it was before stays beside it. Ended where it began, it was not.

    The same ``key`` again returns the first. Raises ``WrongTimes``, ``Overlaps``, ``NotHere``.
    """
    if held.person_id:
        User.objects.select_for_update(no_key=True).get(pk=held.person_id)
    if known := HeldCorrection.objects.filter(key=key).first():
        if known.held_id != held.pk:
            raise NotHere
        return known
    locked = Held.objects.select_for_update(no_key=True, of=("self",))
    held = locked.select_related("centre", "person").get(pk=held.pk)
    begun, ended = _checked(held.centre, held.date, begun, ended, at, empty=True)
    if held.person_id:
        _no_other(held.person_id, begun, ended, besides=held)
    correction = HeldCorrection.objects.create(
        key=key,
        held=held,
        begun_before=held.begun_at,
        ended_before=held.ended_at,
        begun_after=begun,
        ended_after=ended,
        reason=reason,
        made_by=by,
        made_at=at,
    )
    first, last = min(held.begun_at, begun), max(held.ended_at or at, ended)
    if held.person:
        on_duty.changed(centre=held.centre, person=held.person, begins=first, ends=last, at=at)
    held.begun_at, held.ended_at, held.ending = begun, ended, Ending.HAND
    held.save(update_fields=["begun_at", "ended_at", "ending"])
    return correction


def count_for(slot: DutySlot, at: datetime) -> int:
    """Whoever sat down in a half-day before the rota knew that they come: those stretches are of ``slot`` now; returns how many."""
    begins, ends = slot.half_day.bounds
    if slot.state != DutySlot.State.PLANNED or slot.duty != DutyKind.ADVICE or at < begins - EARLY:
        return 0
    theirs = Held.objects.filter(
        centre=slot.centre_id, person=slot.person_id, institution=slot.institution_id
    )
    here = theirs.filter(slot=None, begun_at__gte=begins - EARLY, begun_at__lt=ends)
    return here.update(slot=slot)


def only(themes: Sequence[Theme]) -> Theme | None:
    """The theme, if it is one only."""
    return themes[0] if len(themes) == 1 else None


def to_the_minute(at: datetime) -> datetime:
    """What a clock on the wall shows at ``at``."""
    return at.replace(second=0, microsecond=0)


def _end_all(lasting: QuerySet[Held], at: datetime, ending: Ending) -> list[Held]:
    found = lasting.filter(ended_at=None).select_for_update(no_key=True, of=("self",))
    return [
        part
        for held in found.select_related("centre", "person", "slot__half_day").order_by("pk")
        for part in _end(held, at, ending)
    ]


def _end(held: Held, at: datetime, ending: Ending) -> list[Held]:
    """Ends a locked stretch, and divides it where the person's next slot began."""
    slots = desk_slots(held.person, held.centre, held.date) if held.person else []
    later = [slot for slot in slots if slot.half_day.bounds[0] > held.begun_at and slot.pk != held.slot_id]
    last = max([usual_end(held), *(slot.half_day.bounds[1] for slot in later)])
    end = to_the_minute(at)
    left_open = ending == Ending.DAY and held.begun_at < last < at - LATE
    if held.centre.local_day(at) != held.date or left_open:
        end, ending = last, Ending.FORGOTTEN
    parts = [held]
    for slot in later:
        begins = slot.half_day.bounds[0]
        if begins < end:
            parts[-1].ended_at, parts[-1].ending = begins, ending
            parts.append(_next(held, slot, begins))
    parts[-1].ended_at, parts[-1].ending = max(end, parts[-1].begun_at), ending
    for part in parts:
        part.save()
    if held.person:
        on_duty.changed(centre=held.centre, person=held.person, begins=held.begun_at, ends=at, at=at)
    return parts


def _next(held: Held, slot: DutySlot, begins: datetime) -> Held:
    return Held(
        key=uuid4(),
        centre=held.centre,
        slot=slot,
        institution_id=held.institution_id,
        person_id=held.person_id,
        duty=held.duty,
        theme_id=slot.theme_id,
        date=held.date,
        begun_at=begins,
    )


def _checked(
    centre: Centre, day: date, begun: datetime, ended: datetime, at: datetime, *, empty: bool = False
) -> tuple[datetime, datetime]:
    begun, ended = to_the_minute(begun), to_the_minute(ended)
    begins, ends = centre.bounds(day)
    in_order = begun <= ended if empty else begun < ended
    if not in_order or not begins <= begun < ends or ended > ends or ended > at:
        raise WrongTimes
    return begun, ended


def _no_other(person: User | int, begun: datetime, ended: datetime, besides: Held | None = None) -> None:
    others = Held.objects.filter(person=person).exclude(key=besides.key if besides else uuid4())
    if begun < ended and others.filter(begun_at__lt=ended).exclude(ended_at__lte=begun).exists():
        raise Overlaps
