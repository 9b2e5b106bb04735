"""The day as it goes: which slot somebody comes for, who is expected and not there, when a forgotten stretch ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Held, Terms

EARLY = timedelta(minutes=30)  # one sits down a little before


def slot_now(person: User, centre: Centre, at: datetime) -> DutySlot | None:
    """The slot at a desk for which ``person`` comes at ``at``, from half an hour before it begins to its end: one query.

    Of two that adjoin, the earlier one until it is over.
    """
    for slot in desk_slots(person, centre, centre.local_day(at)):
        begins, ends = slot.half_day.bounds
        if begins - EARLY <= at < ends:
            return slot
    return None


@dataclass(frozen=True)
class Coming:
    """What somebody comes for, and the languages they speak on duty, as far as the rota knows."""

    slot: DutySlot
    languages: list[str]


def coming(person: User, centre: Centre, at: datetime) -> Coming | None:
    """What ``person`` is planned for at a desk at ``at``: two queries at most."""
    slot = slot_now(person, centre, at)
    if slot is None:
        return None
    terms = Terms.objects.filter(person=person, centre=centre).first()
    spoken = terms.languages if terms else []
    return Coming(slot, [code for code in centre.languages if code in spoken])


def desk_slots(person: User, centre: Centre, day: date) -> list[DutySlot]:
    """The slots at a desk that ``person`` is to hold on ``day``, in the order of time: one query."""
    found = DutySlot.objects.standing().filter(centre=centre, person=person, duty=DutyKind.ADVICE)
    slots = list(found.between(day, day).select_related("half_day", "theme", "space"))
    for slot in slots:
        slot.half_day.centre = centre
    return slots


def expected_now(centre: Centre, at: datetime) -> Counter[int]:
    """Theme -> how many are planned at a desk at ``at`` and have not sat down for it yet: one query."""
    local = centre.local(at)
    planned = DutySlot.objects.standing().filter(
        centre=centre,
        duty=DutyKind.ADVICE,
        half_day__date=local.date(),
        half_day__starts__lte=local.time(),
        half_day__ends__gt=local.time(),
    )
    there = Held.objects.filter(centre=centre, ended_at=None, person__isnull=False)
    missing = planned.filter(held=None).exclude(person__in=there.values("person"))
    return Counter(theme for theme in missing.values_list("theme", flat=True) if theme)


def usual_end(held: Held) -> datetime:
    """When a stretch that nobody ended is taken to have ended: with its half-day; where none is known, where it began.

    At most one query. ``held.centre`` must be loaded, and the half-day of its slot.
    """
    if held.slot:
        half_day = held.slot.half_day
        half_day.centre = held.centre
        return max(half_day.bounds[1], held.begun_at)
    begun = held.centre.local(held.begun_at).time()
    later = HalfDay.objects.filter(centre=held.centre_id, date=held.date, ends__gt=begun)
    if found := later.order_by("ends", "pk").first():
        found.centre = held.centre
        return max(found.bounds[1], held.begun_at)
    return held.begun_at
