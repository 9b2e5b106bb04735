"""Who no longer comes is not expected any more: their duties to come are open again, and who plans is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Count, F, Q

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.partners.models import Belonging
from parvis.rota.actions.asking import tell_left
from parvis.rota.actions.changing import Altered, change_slots, lock_rota
from parvis.rota.actions.cover import look_again
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.swaps import end_swaps
from parvis.rota.actions.telling import tell_deed, undo_and_tell
from parvis.rota.models import Change, DutySlot, Plan, PlannedSlot, Terms

State, Kind = DutySlot.State, Change.Kind


@transaction.atomic
def let_duties_go(*, centre: Centre, person: User, at: datetime) -> list[DutySlot]:
    """``person`` has left the team: their duties that have not begun are open again; returns them. While they hold a role, none.

    They are taken out of drafts, too, and swaps with them are over. They and who plans are told after the commit.
    """
    if Assignment.objects.filter(person=person, centre=centre).exists():
        return []
    return _open_again(centre, [person.pk], centre.local_day(at), at)


@transaction.atomic
def take_duties_back(*, centre: Centre, person: User, by: User, at: datetime) -> list[DutySlot]:
    """``person`` was removed by mistake and is back: so are their duties, where no rule is broken by it; returns them.

    What something else has touched meanwhile stays as it is; “What changed” shows it.
    """
    left = Change.objects.filter(centre=centre, kind=Kind.LEFT, slot__person=person).order_by("-pk").first()
    if left is None or Change.objects.filter(undoes=left.deed, centre=centre).exists():
        return []
    if Change.objects.filter(deed=left.deed).exclude(slot__person=person).exists():
        return []  # a partner lends nobody any more: that is not undone here
    try:
        with transaction.atomic():
            return undo_and_tell(centre=centre, deed=left.deed, key=uuid5(left.deed, "back"), by=by, at=at)
    except RotaError:
        return []


@transaction.atomic
def follow_belonging(
    *, centre: Centre, people: Collection[int], on: date, ended: bool, at: datetime
) -> list[DutySlot]:
    """What ``people`` hold from the day ``on`` counts for whom they come from then; returns the slots that changed.

    ``ended``: their institution lends nobody any more. The rota does not count on them from that day, and their duties are open.
    """
    if not ended:
        return _counts_for(centre, people, on, at)
    slots = _open_again(centre, people, on, at)
    mine = Terms.objects.filter(centre=centre, person__in=people)
    mine.filter(since__gte=on).delete()
    mine.filter(Q(until=None) | Q(until__gt=on)).update(until=on)
    return slots


def _open_again(centre: Centre, people: Collection[int], on: date, at: datetime) -> list[DutySlot]:
    """Nobody is at the seats of ``people`` from a day on."""
    rota, deed = lock_rota(centre), uuid4()
    changes = [Altered(slot, state=State.CANCELLED) for slot in _ahead(centre, people, on, at)]
    slots = change_slots(rota=rota, deed=deed, kind=Kind.LEFT, changes=changes, by=None, at=at)
    look_again(slots)
    end_swaps(centre=centre, people=people, from_day=on, at=at)
    _take_out_of_drafts(centre, people, on)
    if slots:
        transaction.on_commit(partial(_tell, deed))
    return slots


def _tell(deed: UUID) -> None:
    tell_deed.enqueue(str(deed))
    tell_left.enqueue(str(deed))


def _counts_for(centre: Centre, people: Collection[int], on: date, at: datetime) -> list[DutySlot]:
    rota = lock_rota(centre)
    slots = _ahead(centre, people, on, at)
    known = list(Belonging.objects.filter(centre=centre, person__in=people).select_related("institution"))
    changes = []
    for slot in slots:
        day = slot.half_day.date
        now = (one for one in known if one.person_id == slot.person_id and _holds(one, day))
        belonging = next(now, None)
        changes.append(Altered(slot, institution=belonging.institution if belonging else None))
    return change_slots(rota=rota, deed=uuid4(), kind=Kind.BELONGS, changes=changes, by=None, at=at)


def _holds(belonging: Belonging, day: date) -> bool:
    return belonging.valid_from <= day and (belonging.valid_to is None or day < belonging.valid_to)


def _ahead(centre: Centre, people: Collection[int], on: date, at: datetime) -> list[DutySlot]:
    """What they are to hold from a day on and has not begun, in the order of time."""
    first = max(on, centre.local_day(at))
    rows = DutySlot.objects.standing().filter(centre=centre, person__in=people, half_day__date__gte=first)
    rows = rows.select_related("half_day__centre").order_by("half_day__date", "half_day__starts", "pk")
    return [slot for slot in rows if slot.half_day.bounds[0] > at]


def _take_out_of_drafts(centre: Centre, people: Iterable[int], on: date) -> None:
    """Drafts that nobody computes just now; one that is being computed leaves them out when it is kept."""
    planned = PlannedSlot.objects.filter(plan__centre=centre, person__in=people, half_day__date__gte=on)
    planned = planned.exclude(plan__stage=Plan.Stage.PUBLISHED)
    touched = list(
        planned.order_by().values_list("plan").annotate(n=Count("pk")).values_list("plan", flat=True)
    )
    list(Plan.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk"))
    planned.delete()
    Plan.objects.filter(pk__in=touched).update(version=F("version") + 1)
