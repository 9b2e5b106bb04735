"""Dimensions, and the values of each, in words: a centre's own, or its network's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from babel import Locale
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from parvis.agenda.models import School
from parvis.centres.models import Centre, Code, CodeList, Network, Site, Theme
from parvis.reception.models import Act, Arrival, Profile
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension, Value
from parvis.statistics.queries.explorer.periods import end_of, label
from parvis.statistics.shown import Run

D = Dimension
TIMES = (D.DAY, D.WEEK, D.MONTH, D.QUARTER, D.YEAR, D.SCHOOL_YEAR)
CODES = {D(listed.value): listed for listed in CodeList if listed.value in set(D)}
WHEN = (D.HOUR, D.WEEKDAY, D.DAY, D.WEEK, D.MONTH, D.QUARTER, D.YEAR, D.SCHOOL_YEAR)
PROFILE = (D.AUDIENCE, D.AGE_BAND, D.STATUS, D.EDUCATION, D.GENDER, D.FIRST_VISIT, D.REFERRAL)
NO_HOUR = tuple(one for one in WHEN if one is not D.HOUR)
OF_EVENTS = (D.THEME, D.EVENT_KIND, D.AUDIENCE, D.SECTOR, D.PRESENCE, D.LANGUAGE)
OF_CLASSES = (D.SCHOOL_LEVEL, D.SCHOOL_NETWORK, D.STREAM, D.OBJECTIVE, D.PLACE)
# In the order in which they are offered. What the engine can answer is its own matter; here is what makes sense to ask.
OFFERED: dict[Unit, tuple[Dimension, ...]] = {
    Unit.PASSAGES: (*WHEN, D.SITE),
    Unit.CONTACTS: (D.THEME, D.CHANNEL, D.LANGUAGE, D.ARRIVAL, *WHEN, D.SITE),
    Unit.ACTS: (
        *(D.THEME, D.NEED, D.SERVICE, D.REDIRECTION, D.UNMET_NEED, D.OUTCOME, D.RESOURCE),
        *(D.CHANNEL, D.LANGUAGE, D.KIND, *WHEN, D.SITE),
    ),
    Unit.PARTICIPANTS: (*OF_EVENTS, D.AGE_BAND, D.GENDER, D.STATUS, *WHEN, D.SITE),
    Unit.WAITS: (D.THEME, D.LANGUAGE, D.ARRIVAL, *WHEN, D.SITE),
    Unit.GROUP_PEOPLE: (D.AUDIENCE, D.AGE_BAND, D.THEME, D.CHANNEL, D.LANGUAGE, *NO_HOUR, D.SITE),
    Unit.PROFILES: (*PROFILE, D.PREFIX, D.METHOD, *NO_HOUR),
    Unit.EVENTS: (*OF_EVENTS, *WHEN, D.SITE),
    Unit.CLASSES: (*OF_CLASSES, *NO_HOUR, D.SITE),
    Unit.PUPILS: (*OF_CLASSES, D.AGE_BAND, D.GENDER, *NO_HOUR, D.SITE),
}
PLACES = (D.CENTRE, D.COUNTRY)  # of a network only
LOCAL_ONLY = (D.SITE,)  # of a centre only
NAMES: dict[Dimension, Promise] = {
    D.CENTRE: gettext_lazy("Centre"),
    D.COUNTRY: gettext_lazy("Country"),
    D.SITE: gettext_lazy("Site"),
    D.THEME: gettext_lazy("Theme"),
    D.NEED: gettext_lazy("Need"),
    D.SERVICE: gettext_lazy("Service given"),
    D.CHANNEL: gettext_lazy("Channel"),
    D.LANGUAGE: gettext_lazy("Language"),
    D.ARRIVAL: gettext_lazy("Way in"),
    D.KIND: gettext_lazy("Alone or in a group"),
    D.RESOURCE: gettext_lazy("Resource used"),
    D.REDIRECTION: gettext_lazy("Redirection"),
    D.OUTCOME: gettext_lazy("Outcome"),
    D.UNMET_NEED: gettext_lazy("Unmet need"),
    D.AUDIENCE: gettext_lazy("Audience"),
    D.AGE_BAND: gettext_lazy("Age band"),
    D.STATUS: gettext_lazy("Status"),
    D.EDUCATION: gettext_lazy("Education"),
    D.GENDER: gettext_lazy("Gender"),
    D.FIRST_VISIT: gettext_lazy("First visit"),
    D.REFERRAL: gettext_lazy("How they heard of the centre"),
    D.METHOD: gettext_lazy("How the questions were put"),
    D.PREFIX: gettext_lazy("Beginning of the postcode"),
    D.EVENT_KIND: gettext_lazy("Kind of event"),
    D.SECTOR: gettext_lazy("Sector"),
    D.PRESENCE: gettext_lazy("On site or online"),
    D.OBJECTIVE: gettext_lazy("Objective"),
    D.SCHOOL_LEVEL: gettext_lazy("School level"),
    D.SCHOOL_NETWORK: gettext_lazy("Network of schools"),
    D.STREAM: gettext_lazy("School stream"),
    D.PLACE: gettext_lazy("Where the school is"),
    D.HOUR: gettext_lazy("Hour"),
    D.WEEKDAY: gettext_lazy("Weekday"),
    D.DAY: gettext_lazy("Day"),
    D.WEEK: gettext_lazy("Week"),
    D.MONTH: gettext_lazy("Month"),
    D.QUARTER: gettext_lazy("Quarter"),
    D.YEAR: gettext_lazy("Year"),
    D.SCHOOL_YEAR: gettext_lazy("School year"),
}
PRESENCE: list[tuple[str, str | Promise]] = [
    ("room", gettext_lazy("On site")),
    ("online", gettext_lazy("Online")),
    ("both", gettext_lazy("On site and online")),
]
NONE = "none"  # in an address: not known, not communicated, or counted as nothing


def offered(unit: Unit, *, of_network: bool) -> list[Dimension]:
    """By what a unit can be broken down: in a network also by place, and in the words that its centres share."""
    if not of_network:
        return list(OFFERED[unit])
    return [*(one for one in OFFERED[unit] if one not in LOCAL_ONLY), *PLACES]


def in_address(dimension: Dimension) -> str:
    """How a dimension is called in an address."""
    return dimension.value.replace("_", "-")


def run_of(dimension: Dimension | None) -> Run:
    """How its values follow each other."""
    if dimension in TIMES:
        return Run.TIME
    return Run.ORDER if dimension in (D.HOUR, D.WEEKDAY, D.AGE_BAND, D.EDUCATION) else Run.NAMES


@dataclass(frozen=True)
class Word:
    """A value: how it reads, what it is called in an address, where it stands among the others."""

    label: str
    key: str
    order: tuple[int, int] = (0, 0)
    tint: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The words for every value that a question of some centres can have."""

    known: dict[Dimension, dict[Value, Word]] = field(default_factory=dict)

    def word(self, dimension: Dimension, value: Value) -> Word:
        """A value's word; values of time speak for themselves."""
        if dimension in TIMES and isinstance(value, date):
            return Word(_column(dimension, value), value.isoformat(), (0, value.toordinal()))
        if dimension is D.HOUR and isinstance(value, int):
            return Word(_("%(hour)s h") % {"hour": value}, str(value), (0, value))
        if found := self.known.get(dimension, {}).get(value):
            return found
        if value in (None, ""):
            return Word(_unknown(dimension), NONE, (9, 0))
        return Word(str(value), str(value), (8, 0))

    def choices(self, dimension: Dimension) -> list[tuple[str, Word, Value]]:
        """What a filter offers: key, word and value, in order; what is not known last. None of time: that is the period."""
        if dimension is D.HOUR:
            values: Iterable[Value] = [*range(6, 23), None]
        else:
            values = [*(value for value in self.known.get(dimension, {}) if value not in (None, "")), None]
        words = sorted(((self.word(dimension, one), one) for one in values), key=lambda pair: pair[0].order)
        return [(word.key, word, value) for word, value in words]

    def value(self, dimension: Dimension, key: str) -> tuple[bool, Value]:
        """Whether there is a value of this key, and the value."""
        if key == NONE and dimension is D.ARRIVAL:  # came without a ticket: that is known
            return True, ""
        return next(
            ((True, value) for known, _word, value in self.choices(dimension) if known == key), (False, None)
        )


def _column(dimension: Dimension, start: date) -> str:
    """A span as the head of a line: short where the heading says what it is."""
    if dimension is D.SCHOOL_YEAR:
        return f"{start.year}–{start.year + 1}"
    if dimension is D.QUARTER:
        return _("Q%(n)s %(year)s") % {"n": (start.month + 2) // 3, "year": start.year}
    if dimension is D.MONTH:
        return date_format(start, "M Y")
    if dimension in (D.WEEK, D.DAY):
        return date_format(start, "j M Y")
    return label(dimension, start, end_of(dimension, start))


def _unknown(dimension: Dimension) -> str:
    if dimension is D.ARRIVAL:
        return _("Without a ticket")
    if dimension is D.PRESENCE:
        return _("Both, counted together")
    if dimension in CODES:
        return _("Not said")
    return _("Not known")


def vocabulary(holder: Centre | Network, centres: Sequence[Centre], *, in_network_words: bool) -> Vocabulary:
    """The words of a centre or a network: four queries at most."""
    known: dict[Dimension, dict[Value, Word]] = {
        D.WEEKDAY: {n: Word(capfirst(str(name)), str(n + 1), (0, n)) for n, name in WEEKDAYS.items()},
        D.LANGUAGE: _languages(centres),
        D.ARRIVAL: _choices(Arrival.choices),
        D.KIND: _choices([one for one in Act.Kind.choices if one[0] != Act.Kind.NON_CONTACT]),
        D.METHOD: _choices(Profile.Method.choices),
        D.PRESENCE: _choices(PRESENCE),
        D.PLACE: _places(centres),
        D.CENTRE: {one.pk: Word(one.name, one.slug, (0, n)) for n, one in enumerate(centres)},
        D.COUNTRY: _countries(centres),
    }
    network = holder if isinstance(holder, Network) else holder.network_id
    mine = Q(network=network, centre=None) if in_network_words else Q(centre__in=centres)
    for code in Code.objects.filter(mine).order_by("list", "not_communicated", "position", "pk"):
        if code.list in set(D):
            order = (int(code.not_communicated), code.position)
            known.setdefault(D(code.list), {})[code.pk] = Word(str(code.label), code.key, order)
    if not in_network_words:
        for theme in Theme.objects.filter(centre__in=centres):
            word = Word(str(theme.name), theme.key, (0, theme.position), theme.tint, theme.shape)
            known.setdefault(D.THEME, {})[theme.pk] = word
    if isinstance(holder, Centre):
        sites = Site.objects.filter(centre=holder).order_by("pk")
        known[D.SITE] = {one.pk: Word(str(one.name), str(one.pk), (0, n)) for n, one in enumerate(sites)}
    return Vocabulary(known)


def _choices(pairs: Iterable[tuple[str, str | Promise]]) -> dict[Value, Word]:
    return {key: Word(str(words), key.replace("_", "-"), (0, n)) for n, (key, words) in enumerate(pairs)}


def _places(centres: Sequence[Centre]) -> dict[Value, Word]:
    """Where schools of the territory are."""
    found = School.objects.filter(centre__in=centres).exclude(place="").order_by("place")
    names = found.values_list("place", flat=True).distinct()
    return {name: Word(name, name, (0, n)) for n, name in enumerate(names)}


def _languages(centres: Sequence[Centre]) -> dict[Value, Word]:
    codes = dict.fromkeys(code for centre in centres for code in (centre.language, *centre.languages))
    named = {code: capfirst(str(get_language_info(code)["name_local"])) for code in codes}
    return {code: Word(name, code, (0, n)) for n, (code, name) in enumerate(named.items())}


def _countries(centres: Sequence[Centre]) -> dict[Value, Word]:
    names = Locale.parse(to_locale(get_language() or "en"), sep="_").territories
    codes = sorted({centre.country for centre in centres}, key=lambda code: names.get(code, code))
    return {code: Word(names.get(code, code), code.lower(), (0, n)) for n, code in enumerate(codes)}
