"""A house for page tests: a centre with two themes, two desks, people in their roles, and another centre."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_desk, a_person, a_theme
from parvis.centres.models import Centre, Desk, Theme


@dataclass
class AHouse:
    centre: Centre
    jobs: Theme
    training: Theme
    desks: list[Desk]
    adviser: User
    greeter: User
    partnership: User
    stranger: User

    def as_(self, person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client


def address(house: AHouse, name: str, **parts: object) -> str:
    """Where one of reception's pages is in that house."""
    return reverse(f"reception:{name}", kwargs={"centre": house.centre.slug} | parts)


def a_house(**fields: object) -> AHouse:
    centre = a_centre(language="en", languages=["en", "fr", "nl"], **fields)
    first = Desk.objects.get(space__site__centre=centre)
    return AHouse(
        centre=centre,
        jobs=a_theme(centre, "jobs"),
        training=a_theme(centre, "training"),
        desks=[first, a_desk(centre, "2")],
        adviser=a_person(Role.ADVISER, centre=centre, name="Ines Example"),
        greeter=a_person(Role.RECEPTIONIST, centre=centre),
        partnership=a_person(Role.PARTNERSHIP_MANAGER, centre=centre),
        stranger=a_person(Role.DIRECTOR, centre=a_centre()),
    )
