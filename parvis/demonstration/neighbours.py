"""Four small centres of the demonstration's network: a few acts a day, signed, so that the network's figures have a spread.

Nobody works in them on screen and no robot plays them: what they have is what their coordinator reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from parvis.accounts.roles import Role
from parvis.centres.actions import Plan, create_centre
from parvis.centres.factories import a_person
from parvis.centres.models import Centre, ServiceModel
from parvis.centres.queries import openings
from parvis.centres.service_models import HoursPreset
from parvis.demonstration.past import Ledger
from parvis.demonstration.rows import Table, numbered_here, write_all
from parvis.reception.models import Act, Day
from parvis.reception.queries.figures import Counts

MOST_DAYS = 200  # of past: two quarters that are over
WEEK = tuple(HoursPreset(day, time(9), time(17)) for day in range(5))


@dataclass(frozen=True)
class Place:
    """A small centre: its usual acts a day, how often something could not be found, and until when its evenings are signed."""

    name: str
    town: str
    director: str
    acts: int
    unmet: float
    unsigned: int  # the last so many days


PLACES = (
    Place("Cité des métiers de la Baie", "Portclair", "Marc Aubert", 9, 0.06, 0),
    Place("Cité des métiers du Lac", "Valdor", "Lucie Perrin", 16, 0.11, 0),
    Place("Cité des métiers du Plateau", "Hautmont", "Karim Haddad", 6, 0.03, 45),
    Place("Cité des métiers des Deux Rives", "Entreponts", "Élodie Simon", 22, 0.16, 1),
)


def played() -> Centre:
    """The first of the centres that robots play: its network and its clock are the neighbours', too."""
    return Centre.objects.exclude(demonstration=None).select_related("network").order_by("pk")[0]


@transaction.atomic
def open_neighbours(first: Centre, *, days: int, seed: str) -> int:
    """Opens them in the network of ``first``, on its clock, and writes their past; returns how many rows."""
    rows, now = 0, first.local(first.now())
    for place in PLACES:
        since = now.date() - timedelta(days=MOST_DAYS + 30)
        plan = Plan(address=f"1, rue du Parvis, {place.town}", hours=WEEK, open_since=since)
        at = datetime.combine(since, time(8), now.tzinfo)
        centre = create_centre(
            network=first.network,
            service_model=ServiceModel.CITE_DES_METIERS,
            name=place.name,
            at=at,
            plan=plan,
        )
        centre.is_demonstration = True
        centre.clock_set_at, centre.clock_showed = first.clock_set_at, first.clock_showed
        centre.clock_speed = first.clock_speed
        centre.save()
        a_person(
            Role.DIRECTOR, centre=centre, email=f"director@{place.town.lower()}.example", name=place.director
        )
        rows += _Past(centre, place, Random(f"{seed}/{place.name}")).write(  # noqa: S311
            now.date() - timedelta(days=min(days, MOST_DAYS)), now.date() - timedelta(days=1)
        )
    return rows


class _Past:
    """Writes the days of one centre."""

    def __init__(self, centre: Centre, place: Place, random: Random) -> None:
        self.centre, self.place, self.random = centre, place, random
        codes = list(centre.codes.filter(not_communicated=False).order_by("position", "pk"))
        self.codes = {
            kind: [one.pk for one in codes if one.list == kind] for kind in {one.list for one in codes}
        }
        self.channels = {one.key: one.pk for one in codes if one.list == "channel"}
        self.themes = list(centre.themes.order_by("position").values_list("pk", flat=True))
        self.weights = [random.uniform(0.5, 2) for _theme in self.themes]
        self.ledger = Ledger()

    def write(self, first: date, last: date) -> int:
        site = self.centre.sites.get()
        opened = [one.day for one in openings([site], self.centre, first, last)[site.pk] if one.is_open]
        days = Table(Day, *["id", "centre_id", "date", "last_number", "remark", "figures", "signed_at"])
        for day in opened:
            acts = max(0, round(self.random.gauss(self.place.acts, self.place.acts / 5)))
            for number in range(acts):
                self._act(day, number)
            signed = (last - day).days >= self.place.unsigned
            figures = Counts(contacts=acts, acts=acts).as_dict() if signed else {}
            at = datetime.combine(day, time(17, 20), self.centre.zone) if signed else None
            days.add(days.next_key(), self.centre.pk, day, 0, "", figures, at)
        count = self.ledger.write() + write_all([days])
        self.ledger.end()
        numbered_here([days])
        return count

    def _act(self, day: date, number: int) -> None:
        draw, ledger = self.random, self.ledger
        key = ledger.acts.next_key()
        at = datetime.combine(day, time(9, 30), self.centre.zone) + timedelta(minutes=draw.randrange(420))
        channel = self.channels[draw.choices(["desk", "phone"], [4, 1])[0]]
        row = (
            uuid5(NAMESPACE_URL, f"{self.centre.slug}/{day}/{number}/{draw.random()}"),
            self.centre.pk,
            day,
            at,
        )
        service, language = draw.choice(self.codes["service"]), self.centre.language
        ledger.acts.add(
            key,
            *row,
            Act.Kind.INDIVIDUAL.value,
            None,
            None,
            channel,
            service,
            language,
            1,
            draw.randrange(8, 40),
            "",
        )
        ledger.act_themes.add(key, draw.choices(self.themes, self.weights)[0])
        for code in self._said():
            ledger.act_codes.add(key, code, 1)

    def _said(self) -> Iterator[int]:
        """What an adviser taps: a need, what came of it, now and then what could not be found."""
        yield self.random.choice(self.codes["need"])
        yield self.random.choice(self.codes["outcome"])
        if self.random.random() < self.place.unmet:
            yield self.random.choice(self.codes["unmet_need"])
