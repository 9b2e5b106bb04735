"""A centre with two themes, a list of unmet needs and colleagues; and short ways to note and propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.guidance.actions import needs as actions
from parvis.guidance.models import Need, Proposal, ProposalState
from parvis.reception.factories import an_act, coded_centre, codes_of

AT = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)  # a Wednesday
TODAY = date(2026, 3, 18)


@dataclass
class AHouse:
    centre: Centre
    training: Theme
    jobs: Theme
    funding: Code
    transport: Code
    adviser: User
    director: User
    receptionist: User
    administrator: User
    stranger: User

    def open(self, name: str, *, by: User | None = None, more: str = "", **parts: object):
        return self.as_(by or self.adviser).get(self.address(name, **parts) + more)

    def post(self, name: str, data: dict | None = None, *, by: User | None = None, more: str = "", **parts):
        return self.as_(by or self.adviser).post(self.address(name, **parts) + more, data or {})

    def address(self, name: str, **parts: object) -> str:
        return reverse(f"guidance:{name}", kwargs={"centre": self.centre.slug} | parts)

    def as_(self, person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client


def a_house() -> AHouse:
    centre = coded_centre(language="en", languages=["en", "fr"])
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = AT, AT, 0
    centre.save()
    funding, transport = codes_of(centre, CodeList.UNMET_NEED, "no_funding", "transport")
    return AHouse(
        centre=centre,
        training=centre.themes.get(),
        jobs=a_theme(centre, "jobs"),
        funding=funding,
        transport=transport,
        adviser=a_person(Role.ADVISER, centre=centre, name="Ines Example"),
        director=a_person(Role.DIRECTOR, centre=centre, name="Dora Example"),
        receptionist=a_person(Role.RECEPTIONIST, centre=centre, name="Remi Example"),
        administrator=a_person(Role.ADMINISTRATOR, centre=centre),
        stranger=a_person(Role.DIRECTOR, centre=a_centre()),
    )


def recorded(house: AHouse, *codes: Code, at: datetime = AT, themes=None, **fields: object) -> None:
    """An act that could not meet those needs."""
    an_act(house.centre, at, codes=list(codes), themes=themes or [house.training], **fields)


def noted(house: AHouse, text: str = "Nothing in the evening", **fields: object) -> Need:
    usual = {"theme": house.training, "voiced": 2, "day": TODAY}
    entry = actions.Noted(text=text, **usual | fields)
    return actions.note_need(centre=house.centre, key=uuid4(), noted=entry, at=AT)


def proposed(house: AHouse, title: str = "An evening workshop", **fields: object) -> Proposal:
    usual = {"kind": "workshop", "themes": [house.training]}
    wanted = actions.Wanted(title=title, **usual | fields)
    return actions.make_proposal(centre=house.centre, key=uuid4(), wanted=wanted, by=house.adviser, at=AT)


def moved(house: AHouse, proposal: Proposal, *states: str, outcome: str = "It is there.") -> Proposal:
    for state in states:
        proposal = actions.move_proposal(
            proposal=proposal,
            key=uuid4(),
            to=ProposalState(state),
            version=proposal.version,
            outcome=outcome if state in ("done", "dropped") else "",
            by=house.director,
            at=AT,
        )
    return proposal
