"""Tickets, seats and devices for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_code, a_person, a_theme
from parvis.centres.models import Centre, Code, CodeList, Desk, Theme
from parvis.reception import actions
from parvis.reception.models import Act, Arrival, Device, Seat, Ticket

CODES = {
    CodeList.CHANNEL: ["desk", "phone", "email"],
    CodeList.SERVICE: ["advice", "information"],
    CodeList.NEED: ["find_training", "application", "not_communicated"],
    CodeList.RESOURCE: ["leaflet"],
    CodeList.REDIRECTION: ["chamber"],
    CodeList.OUTCOME: ["answered", "next_step", "not_communicated"],
    CodeList.UNMET_NEED: ["no_funding", "transport"],
    CodeList.NON_CONTACT: ["wrong_door", "hang_up"],
    CodeList.AGE_BAND: ["15_17", "18_24", "not_communicated"],
    CodeList.GENDER: ["woman", "man", "not_communicated"],
    CodeList.STATUS: ["pupil", "employed", "not_communicated"],
    CodeList.EDUCATION: ["secondary", "not_communicated"],
    CodeList.AUDIENCE: ["general"],
    CodeList.FIRST_VISIT: ["first", "again", "not_communicated"],
    CodeList.REFERRAL: ["friend", "not_communicated"],
    CodeList.GAP: ["companions", "unexplained"],
}


def a_ticket(theme: Theme, at: datetime, *, language: str = "fr", **fields: Any) -> Ticket:
    """Somebody who arrived ``at`` for ``theme``."""
    arrival = fields.pop("arrival", Arrival.GREETER)
    arriving = actions.Arriving(theme=theme, language=language, arrival=arrival, **fields)
    return actions.issue_ticket(centre=theme.centre, arriving=arriving, key=uuid4(), at=at)


def a_seat(
    themes: Sequence[Theme],
    at: datetime,
    *,
    desk: Desk | None = None,
    place: int = 1,
    person: User | None = None,
    languages: Sequence[str] = ("fr",),
) -> Seat:
    """An adviser who sat down ``at`` a desk of the themes' centre."""
    centre = themes[0].centre
    desk = desk or Desk.objects.filter(space__site__centre=centre).order_by("pk")[0]
    person = person or a_person(Role.ADVISER, centre=centre)
    return actions.open_seat(desk=desk, place=place, person=person, themes=themes, languages=languages, at=at)


def a_device(centre: Centre, kind: Device.Kind, **fields: Any) -> Device:
    token = fields.pop("token", uuid4().hex)
    site = centre.sites.get(kind="main")
    return Device.objects.create(centre=centre, site=site, kind=kind, name=str(kind), token=token, **fields)


def coded_centre(**fields: Any) -> Centre:
    """A centre with one theme and a few entries in each list that acts and the evening need."""
    centre = a_centre(**fields)
    a_theme(centre)
    for code_list, keys in CODES.items():
        for position, key in enumerate(keys):
            left_out = key == "not_communicated"
            a_code(centre, code_list, key, position=position, not_communicated=left_out)
    return centre


def codes_of(centre: Centre, code_list: CodeList, *keys: str) -> list[Code]:
    """Entries of a centre's list by key, in that order."""
    found = {code.key: code for code in centre.codes.filter(list=code_list)}
    return [found[key] for key in keys]


def a_coding(centre: Centre, **fields: Any) -> actions.Coding:
    """What an adviser chooses in a hurry: the first theme, at a desk."""
    usual: dict[str, Any] = {
        "kind": Act.Kind.INDIVIDUAL,
        "channel": codes_of(centre, CodeList.CHANNEL, "desk")[0],
        "themes": list(centre.themes.order_by("position")[:1]),
    }
    return actions.Coding(**usual | fields)


def an_act(centre: Centre, at: datetime, **fields: Any) -> Act:
    """An act without a ticket, recorded ``at``."""
    return actions.record_act(centre=centre, key=uuid4(), coding=a_coding(centre, **fields), at=at)
