"""Mails about absences, covers and swaps: to those whom it concerns, and to nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Centre
from parvis.rota.actions.letters import send_once
from parvis.rota.models import Change, CoverAsk, CoverCall, Swap

Answer = CoverAsk.Answer
SHOWN = 20  # duties that one mail lists


@task()
def tell_absence(deed: str) -> int:
    """Tells who plans that somebody cannot come, with the duties that are open now; not who told it. Returns how many."""
    changes = _changes(deed)
    slots = [change.slot for change in changes]
    if not slots:
        return 0
    centre = slots[0].half_day.centre
    people = [person for person in planners(centre) if person.pk != changes[0].by_id]
    for person in people:
        _send("absence", deed, person, centre, {"slots": slots, "absent": slots[0].person})
    return len(people)


@task()
def tell_left(deed: str) -> int:
    """Tells who plans that somebody has left, or a partner lends nobody any more, and which seats are free. Returns how many."""
    slots = [change.slot for change in _changes(deed)]
    if not slots:
        return 0
    centre = slots[0].half_day.centre
    names = sorted({slot.person.name for slot in slots if slot.person})
    said = {"slots": slots[:SHOWN], "more": len(slots[SHOWN:]), "names": ", ".join(names)}
    people = planners(centre)
    for person in people:
        _send("left", deed, person, centre, said)
    return len(people)


def _changes(deed: str) -> list[Change]:
    """What a deed changed, in the order of its half-days, with all that a mail says of them."""
    changes = Change.objects.filter(deed=UUID(deed)).select_related(
        "slot__half_day__centre", "slot__half_day__site", "slot__theme", "slot__person"
    )
    return list(changes.order_by("slot__half_day__date", "slot__half_day__starts"))


def planners(centre: Centre) -> list[User]:
    """Who plans the rota of ``centre``, once each."""
    roles = roles_with(Permission.PLAN_ROTA)
    found = User.objects.filter(is_active=True, assignments__centre=centre, assignments__role__in=roles)
    return list(found.distinct().order_by("pk"))


@task()
def tell_asked(call: int) -> int:
    """Asks everybody who could come. Returns how many."""
    found = _call(call)
    asks = list(found.asks.select_related("person").filter(person__is_active=True, answer=Answer.NONE))
    for ask in asks:
        _send("cover_asked", call, ask.person, found.centre, {"slot": found.slot})
    return len(asks)


@task()
def tell_taken(call: int) -> int:
    """Tells who was asked that somebody else was first, and thanks them; and who asked that somebody comes. Returns how many."""
    found = _call(call)
    if found.cover is None:
        return 0
    others = found.asks.select_related("person").filter(person__is_active=True).exclude(answer=Answer.NO)
    told = [ask.person for ask in others if ask.person_id != found.cover.person_id]
    for person in told:
        _send("cover_taken", call, person, found.centre, {"slot": found.slot})
    asked_by = found.opened_by
    if asked_by and asked_by.is_active and asked_by.pk != found.cover.person_id:
        _send("cover_found", call, asked_by, found.centre, {"slot": found.slot, "cover": found.cover})
    return len(told)


@task()
def tell_swap(swap: int) -> int:
    """Tells the other of a proposal, and who proposed it of the answer. Returns 1."""
    found = Swap.objects.select_related(
        "centre", "proposed_by", "proposed_to", "slot__half_day__centre", "slot__theme",
        "other_slot__half_day__centre", "other_slot__theme",
    ).get(pk=swap)  # fmt: skip
    to_the_other = found.state in (Swap.State.PROPOSED, Swap.State.WITHDRAWN)
    person = found.proposed_to if to_the_other else found.proposed_by
    if person.is_active:
        _send("swap", f"{swap}/{found.state}", person, found.centre, {"swap": found})
    return 1


def _call(key: int) -> CoverCall:
    calls = CoverCall.objects.select_related(
        "centre",
        "opened_by",
        "cover__person",
        "slot__half_day__centre",
        "slot__half_day__site",
        "slot__theme",
    )
    return calls.get(pk=key)


def _send(name: str, about: str | int, person: User, centre: Centre, context: dict[str, Any]) -> None:
    with timezone.override(centre.zone):
        send_once(
            f"{name}/{about}",
            f"rota/mail/{name}.txt",
            person=person,
            language=person.language or centre.language,
            context={"person": person, "centre": centre} | context,
        )
