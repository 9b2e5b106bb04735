"""A demonstration centre as its writers need it: every row that visits refer to, found by its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre, Code, Desk, Site, Theme
from parvis.centres.queries import openings
from parvis.demonstration.arrivals import Hours
from parvis.demonstration.publics import Public
from parvis.demonstration.whole_day import PUBLICS, WholeDay
from parvis.reception.models import Device

ROBOTS = "robots"  # the mailbox name of advisers whom nobody plays


@dataclass(frozen=True)
class Ground:
    """One centre's rows by key. Read once, before a day is written or played."""

    centre: Centre
    seed: str
    site: Site
    themes: dict[str, Theme]
    codes: dict[tuple[str, str], Code]
    desks: list[Desk]
    devices: dict[str, Device]
    robots: list[User]
    receptionist: User

    @cached_property
    def public(self) -> Public:
        """Who comes."""
        return PUBLICS[self.centre.service_model]

    @cached_property
    def places(self) -> list[tuple[Desk, int]]:
        """Where advisers sit, in the order in which they are taken: one at each desk before the second."""
        most = max(desk.seats for desk in self.desks)
        return [(desk, place) for place in range(1, most + 1) for desk in self.desks if place <= desk.seats]

    def hours(self, first: date, last: date) -> dict[date, Hours]:
        """Opening of each day, in minutes from midnight: two queries."""
        found = openings([self.site], self.centre, first, last)[self.site.pk]
        return {
            opening.day: [(minutes(one.opens), minutes(one.closes)) for one in opening.stretches]
            for opening in found
        }

    def whole_day(self, day: date, hours: Hours) -> WholeDay:
        """What is to happen on ``day``."""
        return WholeDay(f"{self.seed}/{self.centre.slug}", day, hours, self.public)

    def instant(self, day: date, minute: float) -> datetime:
        """``minute`` of the local ``day`` as an instant: minutes run from the midnight that noon is twelve hours after."""
        return self.midnight(day) + timedelta(minutes=minute)

    def midnight(self, day: date) -> datetime:
        noon = datetime.combine(day, time(12), self.centre.zone).astimezone(UTC)
        return noon - timedelta(hours=12)

    def minute(self, at: datetime) -> float:
        """The other way round."""
        return (at - self.midnight(self.centre.local_day(at))).total_seconds() / 60


def minutes(local: time) -> int:
    """Minutes from midnight."""
    return local.hour * 60 + local.minute


def ground_of(centre: Centre, seed: str) -> Ground:
    """Everything of ``centre`` that the past and the robots refer to."""
    site = centre.sites.get(kind=Site.Kind.MAIN)
    people = User.objects.filter(assignments__centre=centre).order_by("pk")
    return Ground(
        centre=centre,
        seed=seed,
        site=site,
        themes={theme.key: theme for theme in centre.themes.all()},
        codes={(code.list, code.key): code for code in centre.codes.all()},
        desks=list(Desk.objects.filter(space__site=site, closed_on=None)),
        devices={device.kind: device for device in centre.devices.filter(revoked_at=None)},
        robots=list(people.filter(assignments__role=Role.ADVISER, email__startswith=ROBOTS)),
        receptionist=people.filter(assignments__role=Role.RECEPTIONIST)[0],
    )
