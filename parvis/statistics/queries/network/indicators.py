"""What a centre may look at itself by: figures that mean the same everywhere, whatever the size of a centre.

Counts are taken as they may leave a centre (nothing below ten, rounded), so that nothing can be worked back from a spread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from parvis.centres.models import Centre, Code, CodeList, Site
from parvis.centres.queries.opening import open_minutes
from parvis.rota.periods import Period
from parvis.rota.queries.plurality import shares_with_two
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import ALL, Answer, Dimension, Question
from parvis.statistics.cube.words import Words
from parvis.statistics.protection import Audience, Figure, Protected, percent, protect
from parvis.statistics.queries.explorer.answering import answered, engine_words
from parvis.statistics.queries.network.present import first_days

ENOUGH, STEP = 100, 5  # a response rate is told of so many contacts or more, to the nearest five
HOUR = 60


@dataclass(frozen=True)
class Indicator:
    """One figure of each centre that gave it, by the centre's key. ``decimals``: how exactly it is told."""

    key: str
    label: str
    unit: str
    meaning: str
    values: Mapping[int, float]
    decimals: int = 0


@dataclass(frozen=True)
class Asking:
    """Puts questions about all centres at once."""

    centres: Sequence[Centre]
    period: Period
    at: datetime
    words: Words

    def true(self, unit: Unit, *by: Dimension, network: bool = False) -> Answer:
        """What was counted: never shown as it is."""
        first, last = self.period.first, self.period.last
        keys = frozenset(one.pk for one in self.centres)
        question = Question(unit, by, first, last, keys, in_network_words=network)
        return answered(question, self.words, self.centres, self.at)

    def told(self, unit: Unit, *by: Dimension, network: bool = False) -> Protected:
        """The same as it may leave."""
        return protect(self.true(unit, *by, network=network), Audience.PUBLIC)


def indicators(centres: Sequence[Centre], period: Period, at: datetime) -> list[Indicator]:
    """Every indicator of ``centres``, of one network: as many queries for one as for many."""
    ask = Asking(centres, period, at, engine_words(centres))
    return [
        _contacts_an_hour(ask),
        _median_wait(ask),
        _plurality(ask),
        _unmet(ask),
        _response(ask),
        *_themes(ask),
    ]


def _numbers(found: Mapping[int, Figure]) -> dict[int, float]:
    """Only those that are told."""
    return {key: float(value) for key, value in found.items() if isinstance(value, int)}


def _contacts_an_hour(ask: Asking) -> Indicator:
    sites = Site.objects.filter(centre__in=ask.centres).select_related("centre")
    opened = open_minutes(sites, ask.period.first, ask.period.last)
    since = first_days(ask.centres)
    told, values = ask.told(Unit.CONTACTS, Dimension.CENTRE), {}
    for centre in ask.centres:
        begun = since[centre.pk] or date.max
        minutes = sum(n for day, n in opened.get(centre.pk, {}).items() if day >= begun)
        figure = told.at((centre.pk,))
        if minutes and isinstance(figure, int):
            values[centre.pk] = round(figure * HOUR / minutes, 1)
    return Indicator(
        "contacts-an-hour",
        _("Contacts an opening hour"),
        "",
        _("Contacts of every channel, divided by the hours in which a site of the centre was open."),
        values,
        decimals=1,
    )


def _median_wait(ask: Asking) -> Indicator:
    told = ask.told(Unit.WAITS, Dimension.CENTRE)
    return Indicator(
        "wait",
        _("Minutes that half waited at most"),
        _("minutes"),
        _("From taking a ticket to the first call on the same day."),
        _numbers({one.pk: told.wait((one.pk,)).half for one in ask.centres}),
    )


def _plurality(ask: Asking) -> Indicator:
    found = shares_with_two(ask.centres, ask.period.first, ask.period.last)
    return Indicator(
        "plurality",
        _("Half-days with two institutions or more"),
        "%",
        _("Of the half-days on which somebody was on duty for a theme, by the published rota."),
        {key: float(value) for key, value in found.items()},
    )


def _unmet(ask: Asking) -> Indicator:
    told = ask.told(Unit.ACTS, Dimension.CENTRE, Dimension.UNMET_NEED)
    found = {}
    for one in ask.centres:
        met = percent(told.at((one.pk, None)), told.at((one.pk, ALL)))
        found[one.pk] = 100 - met if isinstance(met, int) else met
    return Indicator(
        "unmet",
        _("Acts in which something could not be found"),
        "%",
        _("Of all acts. A centre that notes more of it does not find less: it writes it down."),
        _numbers(found),
    )


def _response(ask: Asking) -> Indicator:
    """Questionnaires of a hundred contacts, on the days on which they were put."""
    days = ask.true(Unit.PROFILES, Dimension.CENTRE, Dimension.DAY).cells
    contacts = ask.true(Unit.CONTACTS, Dimension.CENTRE, Dimension.DAY).cells
    values = {}
    for one in ask.centres:
        put = [key for key in days if key[0] == one.pk and key[1] is not ALL and days[key].n]
        could = sum(contacts[key].n for key in put if key in contacts)
        answers = sum(days[key].n for key in put)
        if could >= ENOUGH and answers <= could:
            values[one.pk] = float(STEP * round(100 * answers / could / STEP))
    return Indicator(
        "response",
        _("Who answered voluntary questions"),
        "%",
        _("Questionnaires begun of the contacts of the days on which they were put, to the nearest five."),
        values,
    )


def _themes(ask: Asking) -> list[Indicator]:
    """Of each theme of the network its share of a centre's acts. An act may be about several."""
    told = ask.told(Unit.ACTS, Dimension.CENTRE, Dimension.THEME, network=True)
    codes = Code.objects.filter(network=ask.centres[0].network, centre=None, list=CodeList.THEME)
    rows = codes.open_on(ask.period.last).filter(not_communicated=False).order_by("position", "pk")
    found = []
    for code in rows:
        shares = {one.pk: percent(told.at((one.pk, code.pk)), told.at((one.pk, ALL))) for one in ask.centres}
        label = _("Share of acts: %(theme)s") % {"theme": code.label}
        meaning = _("Of all acts of a centre; an act may be about several themes.")
        found.append(Indicator(f"theme-{code.key}", label, "%", meaning, _numbers(shares)))
    return found
