"""Who works where: invitations, roles, and leaving. Each function is one transaction.

Nobody gives a role to themselves while there is somebody to ask, and a centre or network always keeps somebody who
can invite others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, Role, roles_with
from parvis.centres import leaving
from parvis.centres.mail import send_invitation
from parvis.centres.models import Assignment, Centre, Invitation, Network, Place

LIFETIME = timedelta(days=7)


class AlreadyInvited(Exception):
    """This address has an invitation that is still open."""


class AlreadyInTeam(Exception):
    """Somebody with this address already works here."""


class InvitationClosed(Exception):
    """The link was used, withdrawn, or has expired."""


class AccountExists(Exception):
    """Somebody with this address has an account already and can sign in."""


class LastManager(Exception):
    """Without this person, nobody could invite anybody or give roles."""


class NotForOneself(Exception):
    """Roles are given by somebody else, where somebody else can."""


class RoleNotGivenHere(Exception):
    """Coordinators belong to a network, every other role to a centre."""


@dataclass
class Issued:
    """An invitation and its link, which exists nowhere else. ``mailed`` is known once the transaction is over."""

    invitation: Invitation
    link: str
    mailed: bool = False


def roles_at(place: Place) -> frozenset[Role]:
    """The roles that somebody can hold at a centre, or at a network."""
    coordinator = frozenset({Role.NETWORK_COORDINATOR})
    return coordinator if isinstance(place, Network) else frozenset(Role) - coordinator


def managers_at(place: Place) -> frozenset[Role]:
    """The roles whose holders look after the team."""
    return roles_at(place) if isinstance(place, Network) else roles_with(Permission.MANAGE_TEAM)


def digest_of(secret: str) -> str:
    """What is stored of a link's secret. It has 256 bits, so a fast digest is safe."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    place: Place,
    email: str,
    roles: Collection[Role],
    language: str,
    by: User | None,
    key: str,
    at: datetime,
    address: Callable[[str], str],
) -> Issued:
    """Invite ``email`` to ``place`` and mail the link that ``address`` makes of a secret.

    The same ``key`` again gives the same link and no second mail. Raises ``AlreadyInvited``, ``AlreadyInTeam``,
    ``RoleNotGivenHere``, and ``InvitationClosed`` where the link of ``key`` was withdrawn or used since.
    """
    place, email = _locked(place), email.strip().lower()
    _check_roles(place, roles)
    secret = _secret(place, email, key)
    if same := Invitation.objects.filter(digest=digest_of(secret)).first():
        if not same.is_open(at):
            raise InvitationClosed
        return Issued(same, address(secret))
    if Invitation.objects.at(place).unanswered().filter(email=email).exists():
        raise AlreadyInvited
    if Assignment.objects.at(place).filter(person__email__iexact=email).exists():
        raise AlreadyInTeam
    invitation = Invitation(email=email, language=language, roles=sorted(roles), invited_by=by, invited_at=at)
    invitation.centre = place if isinstance(place, Centre) else None
    invitation.network = place if isinstance(place, Network) else None
    return _issue(invitation, secret, at, address)


@transaction.atomic
def send_again(*, invitation: Invitation, key: str, at: datetime, address: Callable[[str], str]) -> Issued:
    """Replace the link of an unanswered ``invitation`` by a new one, good for another week, and mail it.

    The link sent before stops working. Raises ``InvitationClosed`` where it was accepted or withdrawn.
    """
    invitation = _unanswered(invitation)
    secret = _secret(invitation.place, invitation.email, key)
    if invitation.digest == digest_of(secret):
        return Issued(invitation, address(secret))
    return _issue(invitation, secret, at, address)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, at: datetime) -> Invitation:
    """Make the link of ``invitation`` useless; again, changes nothing. Raises ``InvitationClosed`` once accepted."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at:
        raise InvitationClosed
    invitation.withdrawn_at = invitation.withdrawn_at or at
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, person: User, at: datetime) -> Place:
    """Give ``person`` the roles of ``invitation``, once. Raises ``InvitationClosed``."""
    invitation = _unanswered(invitation)
    if not invitation.is_open(at):
        raise InvitationClosed
    give_roles(place=invitation.place, person=person, roles=invitation.role_names)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return invitation.place


def join(*, invitation: Invitation, name: str, password: str, language: str, at: datetime) -> User:
    """Make the account that ``invitation`` promises and give it its roles.

    Raises ``InvitationClosed``, and ``AccountExists`` where the address has one: they sign in and accept.
    """
    hashed = make_password(password)  # slow on purpose, so before the transaction: nobody waits for it
    with transaction.atomic():
        if User.objects.filter(email__iexact=invitation.email).exists():
            raise AccountExists
        try:
            with transaction.atomic():
                person = User.objects.create_user(invitation.email, name=name, language=language)
        except IntegrityError as taken:
            raise AccountExists from taken
        person.password = hashed
        person.save(update_fields=["password"])
        accept_invitation(invitation=invitation, person=person, at=at)
    return person


@transaction.atomic
def give_roles(*, place: Place, person: User, roles: Collection[Role]) -> None:
    """Add ``roles`` to those that ``person`` holds at ``place``. Raises ``RoleNotGivenHere``."""
    _check_roles(place, roles)
    centre, network = (place, None) if isinstance(place, Centre) else (None, place)
    for role in roles:
        Assignment.objects.get_or_create(person=person, role=role, centre=centre, network=network)


@transaction.atomic
def change_roles(
    *, place: Place, person: User, roles: Collection[Role], by: User, at: datetime
) -> frozenset[Role]:
    """Let ``person`` hold exactly ``roles`` at ``place``; returns those held before.

    Without a role that receives visitors, what they had begun there is settled. Raises ``LastManager``, ``NotForOneself``, ``RoleNotGivenHere``.
    """
    place, wanted = _locked(place), frozenset(roles)
    held = _held(place, person)
    alone = not _others_manage(place, person)
    if by == person and wanted - held and not alone:
        raise NotForOneself
    if alone and held & managers_at(place) and not wanted & managers_at(place):
        raise LastManager
    give_roles(place=place, person=person, roles=wanted)
    Assignment.objects.at(place).filter(person=person).exclude(role__in=wanted).delete()
    _settle(place, person, wanted, at)
    return held


@transaction.atomic
def remove_from_team(*, place: Place, person: User, at: datetime) -> frozenset[Role]:
    """Take every role at ``place`` from ``person``; returns them, for an undo. Raises ``LastManager``.

    What they had begun there is settled: an open seat at a desk, say.
    """
    place = _locked(place)
    held = _held(place, person)
    if held & managers_at(place) and not _others_manage(place, person):
        raise LastManager
    Assignment.objects.at(place).filter(person=person).delete()
    _settle(place, person, frozenset(), at)
    return held


@transaction.atomic
def take_back_removal(*, place: Place, person: User, roles: Collection[Role], by: User, at: datetime) -> None:
    """Undo ``remove_from_team``: ``person`` holds ``roles`` again. Raises ``NotForOneself``, ``RoleNotGivenHere``."""
    if by == person:
        raise NotForOneself
    give_roles(place=place, person=person, roles=roles)
    if isinstance(place, Centre):
        leaving.restore_all(centre=place, person=person, by=by, at=at)


def _settle(place: Place, person: User, roles: frozenset[Role], at: datetime) -> None:
    """Where ``roles`` no longer let ``person`` receive visitors at a centre."""
    if isinstance(place, Centre) and not roles & roles_with(Permission.CALL):
        leaving.settle_all(centre=place, person=person, at=at)


def _locked(place: Place) -> Place:
    """The row that everybody who changes a team takes first, so that two last managers cannot remove each other."""
    if isinstance(place, Centre):
        return Centre.objects.select_for_update(no_key=True).get(pk=place.pk)
    return Network.objects.select_for_update(no_key=True).get(pk=place.pk)


def _unanswered(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(no_key=True).filter(pk=invitation.pk).unanswered().first()
    if found is None:
        raise InvitationClosed
    return found


def _held(place: Place, person: User) -> frozenset[Role]:
    held = Assignment.objects.at(place).filter(person=person).values_list("role", flat=True)
    return frozenset(map(Role, held))


def _check_roles(place: Place, roles: Collection[Role]) -> None:
    if not roles or not set(roles) <= roles_at(place):
        raise RoleNotGivenHere


def _others_manage(place: Place, person: User) -> bool:
    """Whether somebody other than ``person`` looks after the team."""
    managers = Assignment.objects.at(place).filter(role__in=managers_at(place), person__is_active=True)
    return managers.exclude(person=person).exists()


def _secret(place: Place, email: str, key: str) -> str:
    """The link's secret: 256 bits that only this installation can make from what the page sent, and never stored."""
    return salted_hmac(
        "parvis.centres.invitation",
        f"{type(place).__name__} {place.pk} {email} {key}",
        algorithm="sha256",
    ).hexdigest()


def _issue(invitation: Invitation, secret: str, at: datetime, address: Callable[[str], str]) -> Issued:
    invitation.digest, invitation.expires_at = digest_of(secret), at + LIFETIME
    invitation.save()
    issued = Issued(invitation, address(secret))
    transaction.on_commit(partial(_mail, issued))
    return issued


def _mail(issued: Issued) -> None:
    issued.mailed = send_invitation(issued.invitation, issued.link)
