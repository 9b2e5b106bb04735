"""A centre on a Thursday morning: Ann is on duty for jobs with Bob; Cleo, Dan and Eve could come, Finn cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import Centre, Theme
from parvis.partners.factories import an_institution
from parvis.partners.models import Institution
from parvis.rota.actions.absences import report_absence
from parvis.rota.factories import a_duty_slot, a_half_day, a_need, a_wish, comes_from, terms_for
from parvis.rota.models import DutySlot, HalfDay, Wish
from parvis.rota.tests.duty import DAY, at

FREE = ("cleo", "dan", "eve")


@dataclass
class House:
    centre: Centre
    jobs: Theme
    training: Theme
    people: dict[str, User]
    institutions: dict[str, Institution]
    half_day: HalfDay
    slots: dict[str, DutySlot]
    planner: User

    @property
    def early(self) -> datetime:
        """8:50 on the day."""
        return at(self.centre, 8, 50)

    def absent(self, who: str = "ann") -> DutySlot:
        """Somebody calls at 8:50; their slot, which is open now."""
        report_absence(
            centre=self.centre,
            person=self.people[who],
            days=(DAY, DAY),
            part=None,
            key=uuid4(),
            by=self.people[who],
            at=self.early,
        )
        self.slots[who].refresh_from_db()
        return self.slots[who]

    def client(self, who: str | User) -> Client:
        client = Client()
        client.force_login(self.people[who] if isinstance(who, str) else who)
        return client

    def address(self, name: str, **parts: Any) -> str:
        return reverse(f"rota:{name}", kwargs={"centre": self.centre.slug} | parts)


def a_house(free: tuple[str, ...] = FREE, **fields: Any) -> House:
    centre = a_centre(languages=["en", "fr", "nl"], language="en", **fields)
    jobs, training = a_theme(centre, "jobs"), a_theme(centre, "training")
    institutions = {name: an_institution(centre, name).institution for name in ("Chamber", "School")}
    half_day = a_half_day(centre, DAY, time(9))
    afternoon = a_half_day(centre, DAY, time(13, 30))
    a_need(half_day, jobs)
    a_need(afternoon, jobs)
    people = {}
    for n, name in enumerate(("ann", "bob", *free, "finn")):
        people[name] = a_person(Role.ADVISER, centre=centre, name=f"{name.title()} Example")
        comes_from(people[name], centre, institutions["School" if n % 2 else "Chamber"])
        terms_for(people[name], centre, jobs, languages=["fr"])
        a_wish(people[name], half_day, Wish.CANNOT if name == "finn" else Wish.CAN)
        a_wish(people[name], afternoon, Wish.CAN)
    slots = {who: a_duty_slot(centre, people[who], DAY, theme=jobs) for who in ("ann", "bob")}
    planner = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, name="Pia Planner")
    return House(centre, jobs, training, people, institutions, half_day, slots, planner)
