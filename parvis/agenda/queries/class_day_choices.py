"""What the planner of a class's day can choose from."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.agenda.models import ClassVisit, Kit, KitVersion, Room
from parvis.agenda.queries.programme import rooms_of


@dataclass(frozen=True)
class Offered:
    """What can be chosen: kits in use, rooms, people."""

    kits: list[KitVersion]
    rooms: list[Room]
    people: list[User]


def offered_for(visit: ClassVisit) -> Offered:
    """Kits of the centre and those offered to it, with what the day has already; rooms; who may lead something. Five queries."""
    centre = visit.centre
    usable = Kit.objects.usable_at(centre).values("pk")
    versions = KitVersion.objects.select_related("kit").order_by("kit", "-number")
    in_use = list(versions.filter(kit__in=usable, state=KitVersion.State.IN_USE))
    planned = list(versions.filter(stations__visit=visit).distinct())
    known = {one.pk: one for one in [*in_use, *planned]}
    people = User.objects.filter(
        is_active=True,
        assignments__centre=centre,
        assignments__role__in=roles_with(Permission.CODE) | roles_with(Permission.PLAN_EVENTS),
    )
    kits = sorted(known.values(), key=lambda one: str(one.kit))
    return Offered(kits, rooms_of(centre), list(people.distinct().order_by("name", "pk")))
