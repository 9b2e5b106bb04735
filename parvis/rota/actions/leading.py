"""Whoever leads an event or a class while on duty for it holds that duty; whoever sits at a desk then holds it already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.partners.on_duty import Stretch
from parvis.rota.actions.held import to_the_minute
from parvis.rota.models import DutyKind, DutySlot, Held

Times = tuple[datetime, datetime]
NIGHT = timedelta(days=1)


def look(*, centre: Centre, begins: datetime, ends: datetime) -> list[Stretch]:
    """Who is on duty between two instants, as the published rota says: one query."""
    return [
        Stretch(slot.person_id, *slot.half_day.bounds, slot.duty == DutyKind.FACILITATION)
        for slot in _slots(centre, begins, ends)
        if slot.person_id is not None
    ]


@transaction.atomic
def hold(
    *,
    centre: Centre,
    people: Collection[User],
    begins: datetime,
    ends: datetime,
    source: UUID,
    at: datetime,
) -> dict[int, int]:
    """Slots of facilitation in which ``people`` led something from ``begins`` to ``ends`` are held for that time.

    What they held anyhow stays as it is. Returns the minutes held between the two, by person, at a desk or not. Said again with
    the same ``source``, the later word counts; what was corrected by hand since stays. The caller sees to it that one ``source``
    is not told about twice at the same time.
    """
    # Whoever notes or begins time on duty for one of them waits here.
    keys = sorted(one.pk for one in people)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    Held.objects.filter(counted_from=source, ending=Held.Ending.LED).delete()
    begins, ends = to_the_minute(begins), to_the_minute(ends)
    if begins >= ends or not keys:
        return dict.fromkeys(keys, 0)
    held: dict[int, list[Times]] = {key: [] for key in keys}
    for key, times in _held(centre, keys, begins, ends, at):
        held[key].append(times)
    for slot in _slots(centre, begins, ends):
        if slot.duty == DutyKind.FACILITATION and slot.person_id in held:
            first, last = slot.half_day.bounds
            free = _gaps((max(first, begins), min(last, ends)), held[slot.person_id])
            Held.objects.bulk_create(_led(slot, times, source) for times in free)
            held[slot.person_id] += free
    return {key: sum(_minutes(one) for one in times) for key, times in held.items()}


def _slots(centre: Centre, begins: datetime, ends: datetime) -> Iterator[DutySlot]:
    """Standing slots of the half-days that overlap a time, in the order of time: one query."""
    first, last = centre.local_day(begins), centre.local_day(ends)
    for slot in (
        DutySlot.objects.standing().filter(centre=centre).between(first, last).select_related("half_day")
    ):
        slot.centre = slot.half_day.centre = centre
        starts, stops = slot.half_day.bounds
        if starts < ends and begins < stops:
            yield slot


def _held(
    centre: Centre, people: list[int], begins: datetime, ends: datetime, at: datetime
) -> Iterator[tuple[int, Times]]:
    """The parts of a time that people held, never twice at once; what lasts still is held until ``at``."""
    near = Held.objects.filter(centre=centre, person__in=people, begun_at__lt=ends)
    near = near.filter(Q(ended_at=None, begun_at__gt=begins - NIGHT) | Q(ended_at__gt=begins))
    for one in near.order_by("begun_at", "pk"):
        times = max(one.begun_at, begins), min(one.ended_at or to_the_minute(at), ends)
        if one.person_id is not None and times[0] < times[1]:
            yield one.person_id, times


def _gaps(whole: Times, taken: list[Times]) -> list[Times]:
    """What of a time nothing of ``taken`` covers."""
    found, begins = [], whole[0]
    for first, last in sorted(taken):
        if begins < first < whole[1]:
            found.append((begins, first))
        begins = max(begins, last)
    return [*found, (begins, whole[1])] if begins < whole[1] else found


def _minutes(times: Times) -> int:
    return int((times[1] - times[0]).total_seconds() // 60)


def _led(slot: DutySlot, times: Times, source: UUID) -> Held:
    return Held(
        key=uuid4(),
        centre=slot.centre,
        slot=slot,
        institution_id=slot.institution_id,
        person_id=slot.person_id,
        duty=slot.duty,
        theme_id=slot.theme_id,
        date=slot.half_day.date,
        begun_at=times[0],
        ended_at=times[1],
        ending=Held.Ending.LED,
        counted_from=source,
    )
