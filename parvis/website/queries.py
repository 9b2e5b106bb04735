"""What the first page shows to somebody who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.accounts.models import User
from parvis.accounts.roles import GRANTS, Permission, Role
from parvis.centres.models import Assignment, Centre
from parvis.shared.navigation import Place, places


@dataclass(frozen=True)
class Door:
    """One centre where a person works: as what, and where they may go in it."""

    centre: Centre
    roles: list[str]
    places: list[Place]
    looks_after: bool  # whether they hear of it when a night did not forget


def doors(person: User) -> list[Door]:
    """Every centre that ``person`` may enter, by name: two SQL queries, however many there are."""
    held = list(person.assignments.all())
    return [_door(centre, _roles(held, centre)) for centre in Centre.objects.seen_by(person)]


def looked_after(found: list[Door]) -> Centre | None:
    """The first centre that the person looks after, if any."""
    return next((door.centre for door in found if door.looks_after), None)


def _roles(held: list[Assignment], centre: Centre) -> list[Role]:
    return [
        Role(one.role) for one in held if one.centre_id == centre.pk or one.network_id == centre.network_id
    ]


def _door(centre: Centre, roles: list[Role]) -> Door:
    allowed = frozenset().union(*(GRANTS[role] for role in roles))
    return Door(
        centre=centre,
        roles=[str(role.label) for role in roles],
        places=[place for place in places() if place.permission in allowed],
        looks_after=Permission.MANAGE_CENTRE in allowed,
    )
