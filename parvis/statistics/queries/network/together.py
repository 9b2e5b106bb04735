"""A network's figures put together: sums of what every centre counted alike, and what is not added, with the reason.

Units are never added to one another. Nothing is estimated for a centre that gave nothing: a gap is said, not filled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.rota.periods import Period
from parvis.shared.charts import Bars, Row
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import ALL, Dimension
from parvis.statistics.protection import Figure, Hidden, Protected, percent
from parvis.statistics.queries.explorer import Vocabulary, unit_of, vocabulary
from parvis.statistics.queries.explorer.answering import engine_words
from parvis.statistics.queries.explorer.words import NAMES
from parvis.statistics.queries.network.indicators import Asking
from parvis.statistics.queries.network.present import expected_days, first_days
from parvis.statistics.ways_out import said

MONTHLY = (Unit.PASSAGES, Unit.CONTACTS, Unit.ACTS)  # an open month without any is a gap
NOW_AND_THEN = (Unit.GROUP_PEOPLE, Unit.EVENTS, Unit.PARTICIPANTS, Unit.CLASSES, Unit.PUPILS)
LISTS = (Dimension.THEME, Dimension.NEED, Dimension.SERVICE, Dimension.CHANNEL, Dimension.UNMET_NEED)


@dataclass(frozen=True)
class Line:
    """One entry of the network's list."""

    label: str
    figure: Figure
    share: Figure
    unsaid: bool = False


@dataclass(frozen=True)
class Together:
    """One figure of the network. ``reasons``: why it is not added; where there is none, every centre counted it alike."""

    key: str
    label: str
    meaning: str
    figure: Figure
    n: int  # centres that gave it
    of: int
    reasons: tuple[str, ...]
    lines: tuple[Line, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.reasons

    @property
    def picture(self) -> Bars:
        """A list's lines, in the list's own order; what was not said stands beside, or the others would have no length."""
        told = [one for one in self.lines if not one.unsaid] or self.lines
        rows = [Row(one.label, _drawn(one.figure), note=share_said(one.share)) for one in told]
        left = next((one for one in self.lines if one.unsaid and one not in told), None)
        note = ""
        if left:
            note = _("without “%(line)s”: %(figure)s") % {"line": left.label, "figure": said(left.figure)}
        return Bars(self.label, _("acts"), rows, note=note)


@dataclass(frozen=True)
class Consolidation:
    """The page. ``never``: what no network can add, whatever its centres do."""

    period: Period
    figures: list[Together]
    never: list[tuple[str, str]]

    @property
    def added(self) -> list[Together]:
        return [one for one in self.figures if one.is_whole]

    @property
    def not_added(self) -> list[Together]:
        return [one for one in self.figures if not one.is_whole]


def share_said(share: Figure) -> str:
    """“27 %”; nothing where it is not told."""
    return f"{share}\u00a0%" if isinstance(share, int) else ""


def _drawn(figure: Figure) -> float | None:
    return None if isinstance(figure, Hidden) else figure


def together(centres: Sequence[Centre], period: Period, today: date, at: datetime) -> Consolidation:
    """Every figure of ``centres``, of one network: as many queries for one as for many."""
    ask = Asking(centres, period, at, engine_words(centres))
    expected = expected_days(centres, first_days(centres), period, today)
    there = [one for one in centres if expected[one.pk]]  # who was open, and had begun
    months = {pk: {day.replace(day=1) for day in days} for pk, days in expected.items()}
    found = [_unit(ask, unit, there, months) for unit in (*MONTHLY, *NOW_AND_THEN)]
    acting = _gave(ask, Unit.ACTS)
    lists = _unmapped(centres, period.last)
    words = vocabulary(centres[0].network, centres, in_network_words=True)
    found += [_list(ask, one, [c for c in there if c.pk in acting], lists, words) for one in LISTS]
    return Consolidation(period, [one for one in found if one.n], _never())


def _gave(ask: Asking, unit: Unit) -> dict[int, set[date]]:
    """By centre the months of which it counted any."""
    found: dict[int, set[date]] = defaultdict(set)
    for (centre, month), count in ask.true(unit, Dimension.CENTRE, Dimension.MONTH).cells.items():
        if isinstance(centre, int) and isinstance(month, date) and count.n > 0:
            found[centre].add(month)
    return found


def _unit(ask: Asking, unit: Unit, there: Sequence[Centre], months: dict[int, set[date]]) -> Together:
    """One unit's sum over the network, and who keeps it from being whole."""
    gave = _gave(ask, unit)
    meant = unit_of(unit)
    reasons = [
        reason
        for centre in there
        if (reason := _gap(centre, months[centre.pk], gave[centre.pk], monthly=unit in MONTHLY))
    ]
    total = ask.told(unit).at(())
    given = sum(bool(gave[centre.pk]) for centre in ask.centres)
    return Together(
        unit.value, str(meant.label), str(meant.meaning), total, given, len(there), tuple(reasons)
    )


def _gap(centre: Centre, months: set[date], gave: set[date], *, monthly: bool) -> str:
    """What a centre did not give; nothing where it gave all."""
    if not gave:
        return _("%(centre)s did not count this.") % {"centre": centre.name}
    if monthly and (missing := sorted(months - gave)):
        names = ", ".join(date_format(month, "F Y") for month in missing)
        return _("%(centre)s has none in %(months)s, though it was open.") % {
            "centre": centre.name,
            "months": names,
        }
    return ""


def _unmapped(centres: Sequence[Centre], day: date) -> dict[str, dict[int, int]]:
    """List -> centre -> how many of its entries count as nothing in the network: two queries."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    codes = Code.objects.filter(centre__in=centres, network_code=None).open_on(day)
    for listed, centre in codes.values_list("list", "centre"):
        found[listed][centre or 0] += 1
    for centre in (
        Theme.objects.filter(centre__in=centres, network_code=None)
        .open_on(day)
        .values_list("centre", flat=True)
    ):
        found[CodeList.THEME][centre] += 1
    return found


def _list(
    ask: Asking,
    dimension: Dimension,
    there: Sequence[Centre],
    unmapped: dict[str, dict[int, int]],
    words: Vocabulary,
) -> Together:
    """Acts by a list in the network's words; whole where every centre's entries count as one of them, and every centre says any."""
    told = ask.told(Unit.ACTS, Dimension.CENTRE, dimension, network=True)
    summed = ask.told(Unit.ACTS, dimension, network=True)
    gave = {centre for centre, value in told.figures if centre is not ALL and value not in (None, ALL)}
    lost = unmapped.get(dimension.value, {})
    reasons = [
        reason for centre in there if (reason := _loss(centre, lost.get(centre.pk, 0), centre.pk in gave))
    ]
    label = _("Acts by %(list)s") % {"list": str(NAMES[dimension]).lower()}
    meaning = _("In the words of the network’s list. One act may count in several lines.")
    lines = tuple(_lines(summed, dimension, words))
    return Together(
        f"acts-{dimension.value}",
        label,
        meaning,
        summed.at((ALL,)),
        len(gave),
        len(there),
        tuple(reasons),
        lines,
    )


def _loss(centre: Centre, lost: int, gave: bool) -> str:
    if not gave:
        return _("%(centre)s shows none: it does not say this, or of fewer than ten acts.") % {
            "centre": centre.name
        }
    if lost:
        words = ngettext(
            "%(centre)s: %(n)s entry of its list counts as nothing in the network’s.",
            "%(centre)s: %(n)s entries of its list count as nothing in the network’s.",
            lost,
        )
        return words % {"centre": centre.name, "n": lost}
    return ""


def _lines(told: Protected, dimension: Dimension, words: Vocabulary) -> Iterator[Line]:
    """In the order of the list; what was not said last."""
    for value in sorted(told.values(0), key=lambda one: words.word(dimension, one).order):
        figure = told.at((value,))
        share = percent(figure, told.at((ALL,)))
        yield Line(words.word(dimension, value).label, figure, share, unsaid=value is None)


def _never() -> list[tuple[str, str]]:
    return [
        (
            _("Persons"),
            _(
                "Nobody has to say who they are, so nobody can be counted once. Passages, contacts and acts are not persons."
            ),
        ),
        (
            _("Waits"),
            _(
                "The middle of several centres’ waits is not the middle of their middles. Each centre’s stands in the spread."
            ),
        ),
        (
            _("Profile of the public"),
            _(
                "Each centre’s answers describe those who were asked there. They are read beside each other, each with its n and method."
            ),
        ),
    ]
