"""The first page of a new centre."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from parvis.accounts.roles import Permission
from parvis.centres.models import Centre, Desk, ServiceModel
from parvis.centres.service_models import preset
from parvis.shared.navigation import Place, places


@dataclass(frozen=True)
class Start:
    """What a new centre has already, and the places where the next steps are done."""

    themes: int
    desks: int
    languages: int
    people: int
    titles: list[str]  # who usually works in such a centre
    team: Place | None
    devices: Place | None
    settings: Place | None
    codes: Place | None


def start_of(centre: Centre, permissions: Collection[Permission], language: str) -> Start:
    """Counts and next steps: three queries. A step appears only for somebody who may take it."""
    model = preset(ServiceModel(centre.service_model))

    def place(permission: Permission) -> Place | None:
        """The first menu entry of that permission: the room that has the page registered it."""
        if permission not in permissions:
            return None
        return next((place for place in places() if place.permission == permission), None)

    return Start(
        themes=centre.themes.filter(valid_to=None).count(),
        desks=Desk.objects.filter(space__site__centre=centre, closed_on=None).count(),
        languages=len(centre.languages),
        people=centre.assignments.values("person").distinct().count(),
        titles=[title.name.get(language, title.name["en"]) for title in model.staff],
        team=place(Permission.MANAGE_TEAM),
        devices=place(Permission.MANAGE_DEVICES),
        settings=place(Permission.MANAGE_CENTRE),
        codes=place(Permission.MANAGE_CODES),
    )
