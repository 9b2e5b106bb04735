"""Tickets, seats and devices for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import Centre, Desk, Theme
from parvis.reception import actions
from parvis.reception.models import Arrival, Device, Seat, Ticket


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
