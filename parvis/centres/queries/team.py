"""What the team's pages show. Nothing here counts what a person did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Assignment, Centre, Invitation, Place
from parvis.shared.plain import plain


@dataclass(frozen=True)
class Member:
    """A person and the roles they hold here, in the table's order."""

    person: User
    roles: list[Role]


@dataclass(frozen=True)
class Guest:
    """An invitation that nobody has answered yet."""

    invitation: Invitation
    expired: bool


@dataclass(frozen=True)
class Team:
    """One team page: who works here, who is invited, and who looks in from the network."""

    members: list[Member]
    guests: list[Guest]
    coordinators: list[User]
    size: int  # of the whole team, whatever was searched


def team(place: Place, *, search: str, at: datetime) -> Team:
    """The team of ``place``, those whose name or address holds ``search``: three queries, whatever its size."""
    members, wanted = members_of(place), plain(search.strip())
    guests = Invitation.objects.at(place).unanswered().select_related("invited_by").order_by("email", "pk")
    coordinators: list[User] = []
    if isinstance(place, Centre):
        coordinators = list(User.objects.filter(assignments__network=place.network_id).order_by("name", "pk"))
    return Team(
        members=[one for one in members if wanted in plain(f"{one.person.name} {one.person.email}")],
        guests=[Guest(guest, expired=not guest.is_open(at)) for guest in guests],
        coordinators=coordinators,
        size=len(members),
    )


def members_of(place: Place) -> list[Member]:
    """Everybody who holds a role at ``place``, by name: one query."""
    people: dict[User, set[str]] = {}
    for row in Assignment.objects.at(place).select_related("person"):
        people.setdefault(row.person, set()).add(row.role)
    by_name = sorted(people, key=lambda person: (plain(person.name), person.pk))
    return [Member(person, [role for role in Role if role in people[person]]) for person in by_name]


def member(place: Place, person_id: int) -> Member | None:
    """One person of the team of ``place``: one query."""
    return next((one for one in members_of(place) if one.person.pk == person_id), None)


def holds(place: Place, person_id: int, roles: Collection[Role]) -> bool:
    """Whether the person holds one of ``roles`` at ``place``: one query."""
    return Assignment.objects.at(place).filter(person=person_id, role__in=roles).exists()


def invitation_by(digest: str) -> Invitation | None:
    """The invitation whose link has this digest, with what it leads to: one query."""
    return Invitation.objects.select_related("centre__network", "network").filter(digest=digest).first()


def has_account(email: str) -> bool:
    """Whether somebody signs in with ``email``: one query."""
    return User.objects.filter(email__iexact=email).exists()
