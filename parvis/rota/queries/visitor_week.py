"""What visitors read of the rota: when somebody is there for which theme, in which languages. Never who, from where, or how many.

docs/decisions/0047-who-is-on-when.md says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from parvis.centres.models import Centre, Theme
from parvis.rota.models import DutyKind, DutySlot, Terms
from parvis.shared.speaking import language_names

AHEAD = 7  # days, today included


@dataclass(frozen=True)
class Offer:
    """A theme for which somebody is there, and the languages they speak, in the centre's order."""

    theme: Theme
    languages: list[str]


@dataclass(frozen=True)
class Time:
    """Some hours of a day at a site."""

    date: date
    starts: time
    ends: time
    site: str
    offers: list[Offer]
    now: bool

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """The languages of any of its themes, with their own names."""
        found = (code for offer in self.offers for code in offer.languages)
        return language_names(dict.fromkeys(found))


@dataclass(frozen=True)
class Ahead:
    """The days to come on which somebody is there, and whether sites need to be told apart."""

    days: list[tuple[date, list[Time]]]
    several_sites: bool


def centres_with_a_rota() -> list[Centre]:
    """Every centre that has published who is on when, by name: one query."""
    return list(Centre.objects.filter(rota__version__gt=0).order_by("name"))


def centre_with_a_rota(slug: str) -> Centre | None:
    """That centre, if it has published its rota: one query."""
    return Centre.objects.filter(slug=slug, rota__version__gt=0).first()


def week_ahead(centre: Centre, at: datetime) -> Ahead:
    """The next seven days at ``centre`` from ``at`` on: two queries. What is over is left out."""
    today = centre.local_day(at)
    times = _times(centre, today, today + timedelta(days=AHEAD - 1), at)
    days: dict[date, list[Time]] = defaultdict(list)
    for one in times:
        days[one.date].append(one)
    return Ahead(list(days.items()), len({one.site for one in times}) > 1)


def rest_of_today(centre: Centre, at: datetime) -> list[Time]:
    """What is on now and later today, sites together: two queries."""
    today = centre.local_day(at)
    return _times(centre, today, today, at, sites=False)[:2]


def _times(centre: Centre, first: date, last: date, at: datetime, *, sites: bool = True) -> list[Time]:
    slots = DutySlot.objects.standing().filter(centre=centre, duty=DutyKind.ADVICE, person__isnull=False)
    rows: dict[tuple[date, time, time, str], list[DutySlot]] = defaultdict(list)
    for slot in slots.between(first, last).select_related("half_day__site", "half_day__centre", "theme"):
        half_day = slot.half_day
        if half_day.bounds[1] > at:
            site = half_day.site.name if sites else ""
            rows[half_day.date, half_day.starts, half_day.ends, site].append(slot)
    spoken = dict(Terms.objects.filter(centre=centre).values_list("person", "languages"))
    return [
        Time(*key, offers=_offers(centre, held, spoken), now=held[0].half_day.bounds[0] <= at)
        for key, held in sorted(rows.items())
    ]


def _offers(centre: Centre, slots: Iterable[DutySlot], spoken: dict[int, list[str]]) -> list[Offer]:
    """Each theme once: how many are there, and who speaks what, cannot be told from it."""
    themes: dict[Theme, set[str]] = defaultdict(set)
    for slot in slots:
        if slot.theme:
            themes[slot.theme] |= set(spoken.get(slot.person_id or 0) or [centre.language])
    offered = list(dict.fromkeys([*centre.languages, centre.language]))
    in_order = sorted(themes, key=lambda theme: (theme.position, theme.pk))
    return [Offer(theme, [code for code in offered if code in themes[theme]]) for theme in in_order]
