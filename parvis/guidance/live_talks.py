"""How the pages of those on duty online hear that somebody waits. Each has a slot of their own; without the right to answer there is none."""

from __future__ import annotations

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment, Centre
from parvis.shared import live
from parvis.shared.live.versions import known

PREFIX = "talks"
LOOKED_AT = 3.0  # seconds: a role that is gone is noticed


def address(centre: Centre, person: User) -> str:
    """Where the page of one person follows who waits at a centre."""
    return live.address(f"{PREFIX}/{centre.pk}", str(person.pk))


def changed(centre: int) -> None:
    """Says, inside a transaction, that the line of a centre is another one once it commits."""
    live.changed(f"{PREFIX}/{centre}")


def read(name: str, slots: frozenset[str]) -> dict[str, str]:
    """A number that is another one after each change, for those who may still answer there."""
    centre = int(name.partition("/")[2])
    held = Assignment.objects.filter(
        centre=centre, person__in=[int(slot) for slot in slots], role__in=roles_with(Permission.ANSWER)
    )
    may = {str(person) for person in held.values_list("person", flat=True)}
    return {slot: str(known.get(name, 0)) for slot in slots & may}
