"""Those whose duties changed are told, in one mail each; nobody else is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.rota.actions.letters import send_once
from parvis.rota.actions.undoing import undo
from parvis.rota.models import Change, DutySlot

State = DutySlot.State


@dataclass(frozen=True)
class Line:
    """What changed about one duty: “new”, “cancelled” or “changed”."""

    what: str
    slot: DutySlot


@task()
def tell_deed(deed: str) -> int:
    """Writes to everybody whose duties a deed changed, but not to who did it. Returns to how many."""
    changes = Change.objects.filter(deed=UUID(deed)).select_related(
        "slot__half_day__centre", "slot__half_day__site", "slot__theme", "slot__space", "slot__person"
    )
    lines: dict[User, list[Line]] = defaultdict(list)
    for change in changes.order_by("slot__half_day__date", "slot__half_day__starts"):
        person = change.slot.person
        if change.slot.state != State.PLANNED and "state" not in change.after:
            continue  # what does not concern them any more
        if person and person.is_active and person.pk != change.by_id:
            lines[person].append(Line(_what(change), change.slot))
    for person, told in lines.items():
        _tell(deed, person, told)
    return len(lines)


def _what(change: Change) -> str:
    if change.slot.state != State.PLANNED:
        return "cancelled"
    return "new" if change.after.get("state") == State.PLANNED else "changed"


def _tell(deed: str, person: User, lines: list[Line]) -> None:
    centre = lines[0].slot.half_day.centre
    language = person.language or centre.language
    with timezone.override(centre.zone), translation.override(language):
        stays = Assignment.objects.filter(person=person, centre=centre).exists()
        context = {"person": person, "centre": centre, "lines": lines, "stays": stays}
        about = f"changed/{deed}"
        send_once(about, "rota/mail/changed.txt", person=person, language=language, context=context)


@transaction.atomic
def undo_and_tell(*, centre: Centre, deed: UUID, key: UUID, by: User | None, at: datetime) -> list[DutySlot]:
    """Take a deed back, and tell those whose duties change by it, once. Raises what :func:`undo` raises."""
    known = Change.objects.filter(deed=key, centre=centre).exists()
    slots = undo(centre=centre, deed=deed, key=key, by=by, at=at)
    if not known:
        transaction.on_commit(partial(tell_deed.enqueue, str(key)))
    return slots
