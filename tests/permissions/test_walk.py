"""Every address of Parvis is opened as each role, in one's own centre, in another one, and signed out.

The expected answers come from two places that were written apart: ``expected/`` (address → permission) and
``parvis/accounts/roles.py`` (role → permissions). A forgotten or wrong decorator fails here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from parvis.accounts.models import User
from parvis.accounts.roles import GRANTS, Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Centre

from .expected import ANYWHERE, CENTRE, NETWORK, PUBLIC, STAFF

pytestmark = pytest.mark.once  # who may open an address is said by code and roles, on any database
HOW = (
    "is not declared. Add one line for it to its room in tests/permissions/expected: to CENTRE with its permission (the usual"
    " case), to NETWORK, to STAFF, or to PUBLIC with the reason why anybody may open it."
)


@dataclass(frozen=True)
class Address:
    """One named address and what its parts are made of."""

    name: str
    parts: tuple[tuple[str, object], ...]
    view: Callable[..., object]

    def at(self, **known: str) -> str:
        """The address with ``known`` parts; the others name rows that do not exist."""
        return reverse(self.name, kwargs={part: known.get(part, value) for part, value in self.parts})


def addresses(
    resolver: URLResolver | None = None, space: str = "", above: tuple[URLResolver, ...] = ()
) -> Iterator[Address]:
    """Every address of the root configuration; one without a name is listed by its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner, (*above, pattern))
        elif isinstance(pattern, URLPattern):
            name = space + pattern.name if pattern.name else f"(no name) {pattern.pattern}"
            parts = [part for one in (*above, pattern) for part in _parts(one)]
            yield Address(name, tuple(parts), pattern.callback)


def _parts(pattern: URLPattern | URLResolver) -> Iterator[tuple[str, object]]:
    converters = pattern.pattern.converters
    for name in pattern.pattern.regex.groupindex:
        converter = converters.get(name)
        if isinstance(converter, UUIDConverter):
            yield name, uuid.UUID(int=7)
        else:
            yield name, 999_999_999 if isinstance(converter, IntConverter) else "nothing"


ALL = {address.name: address for address in addresses()}
BROWSER = Client()  # one for all: each new one would set up every middleware again
PASSWORD = make_password("never typed here")
WITHOUT_A_SECOND_STEP = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}  # 403 for who has set none up
DECLARED = [*PUBLIC, *STAFF, *CENTRE, *NETWORK, *ANYWHERE]


@dataclass(frozen=True)
class Cast:
    """A centre with somebody in each role, and another centre of another network with its own people."""

    centre: Centre
    other: Centre
    people: dict[Role, User]
    stranger: User
    flagged: User


@pytest.fixture
def cast(db) -> Cast:
    centre, other = a_centre(), a_centre()
    people = {role: a_person(role, centre=centre) for role in Role}
    for role in Role:
        a_person(role, centre=other)
    stranger, flagged = a_person(), a_person(is_superuser=True)
    User.objects.update(password=PASSWORD)
    for person in [*people.values(), stranger, flagged]:
        person.password = PASSWORD
    return Cast(centre, other, people, stranger, flagged)


def answers(address: str, person: User | None) -> set[int | str]:
    """What GET and POST answer: a status, or where a redirect to sign-in leads. 405 does not count as an answer."""
    BROWSER.cookies.clear()
    if person:
        BROWSER.force_login(person)
    found: set[int | str] = set()
    for method in (BROWSER.get, BROWSER.post):
        response = method(address)
        to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
        found.add("sign in" if to_sign_in else response.status_code)
    assert found != {405}, f"{address} answers neither GET nor POST"
    return found - {405}


def may_enter(found: set[int | str]) -> bool:
    """Let in, whatever the page then says: the rows in the address do not exist, and the form was empty."""
    return not found & {401, 403, "sign in"} and all(int(status) < 500 for status in found)


@pytest.mark.parametrize("name", sorted(ALL))
def test_an_address_is_declared(name):
    assert name in DECLARED, f"{name} {HOW}"


def test_each_address_is_declared_once_and_exists():
    assert sorted(DECLARED) == sorted(set(DECLARED))
    assert [name for name in DECLARED if name not in ALL] == [], (
        "declared in tests/permissions/expected, but no such address"
    )


@pytest.mark.parametrize("name", sorted(CENTRE.keys() & ALL.keys()))
def test_an_address_inside_a_centre_says_so(name):
    assert ("centre" in dict(ALL[name].parts), getattr(ALL[name].view, "permission", None)) == (
        True,
        CENTRE[name],
    )


@pytest.mark.parametrize("name", sorted(NETWORK.keys() & ALL.keys()))
def test_an_address_inside_a_network_says_so(name):
    assert ("network" in dict(ALL[name].parts), getattr(ALL[name].view, "permission", None)) == (
        True,
        NETWORK[name],
    )


@pytest.mark.parametrize("name", sorted(CENTRE.keys() & ALL.keys()))
def test_each_role_gets_its_answer_in_a_centre(name, cast):
    address, here, there = ALL[name], cast.centre.slug, cast.other.slug
    for role, person in cast.people.items():
        found = answers(address.at(centre=here), person)
        if CENTRE[name] in GRANTS[role]:
            assert may_enter(found), f"{role} may {CENTRE[name]}, but got {found}"
        else:
            assert found == {403}, f"{role} may not {CENTRE[name]}, but got {found}"
        assert answers(address.at(centre=there), person) == {404}, f"{role} of another centre"
    assert answers(address.at(centre=here), cast.stranger) == {404}, "somebody without a role"
    assert answers(address.at(centre=here), cast.flagged) == {404}, "a superuser's flag opens no centre"
    assert answers(address.at(centre=here), None) == {"sign in"}


@pytest.mark.parametrize("name", sorted(NETWORK.keys() & ALL.keys()))
def test_only_coordinators_enter_a_network(name, cast):
    address, here, there = ALL[name], cast.centre.network.slug, cast.other.network.slug
    for role, person in cast.people.items():
        found = answers(address.at(network=here), person)
        assert may_enter(found) if role == Role.NETWORK_COORDINATOR else found == {404}, f"{role}: {found}"
        assert answers(address.at(network=there), person) == {404}, f"{role} of another network"
    assert answers(address.at(network=here), cast.flagged) == {404}
    assert answers(address.at(network=here), None) == {"sign in"}


@pytest.mark.parametrize("name", sorted(ANYWHERE.keys() & ALL.keys()))
def test_some_addresses_need_a_permission_somewhere(name, cast):
    address = ALL[name].at()
    for role, person in cast.people.items():
        found = answers(address, person)
        assert may_enter(found) if ANYWHERE[name] in GRANTS[role] else found <= {403, 404}, f"{role}: {found}"
    assert may_enter(answers(address, cast.flagged))
    assert answers(address, cast.stranger) <= {403, 404}
    assert answers(address, None) == {"sign in"}


@pytest.mark.parametrize("name", sorted(STAFF & ALL.keys()))
def test_ones_own_account_needs_a_sign_in_and_nothing_more(name, cast):
    assert answers(ALL[name].at(), None) == {"sign in"}
    for person in [*cast.people.values(), cast.stranger]:
        found = answers(ALL[name].at(), person)
        assert may_enter(found - {403} if name in WITHOUT_A_SECOND_STEP else found)


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() & ALL.keys()))
def test_a_public_address_asks_nobody_who_they_are(name, cast):
    found = answers(ALL[name].at(), None)
    if name not in {
        "reception:sensor",  # answers 401 itself: it knows devices, not people
        "mfa_authenticate",
        "mfa_login_webauthn",
    }:  # without a sign-in under way they lead to its start
        assert may_enter(found)


def test_somebody_whose_account_is_closed_is_signed_out(cast):
    director = cast.people[Role.DIRECTOR]
    client = Client()
    client.force_login(director)
    director.is_active = False
    director.save()
    assert client.get(reverse("accounts:account")).status_code == 302
