"""Figures that are evidence for the charter, counted from what happens every day, beside the same of the year before.

They are for learning: nobody is compared with anybody. What is about visitors says so, and is protected before it leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypeVar

from django.utils.translation import gettext as _

from parvis.centres.models import Centre, Theme
from parvis.centres.queries.opening import Stretch, open_minutes, openings
from parvis.guidance.models import OVER, ProposalStep
from parvis.guidance.queries.needs.page import needs_page
from parvis.guidance.queries.needs.periods import Span
from parvis.guidance.queries.needs.periods import Stretch as Days
from parvis.guidance.queries.redirected import redirected
from parvis.reception.queries.lines import language_name
from parvis.rota.models import DutyKind, DutySlot, Terms
from parvis.rota.periods import Period
from parvis.rota.queries.plurality import Plurality, views
from parvis.shared.disclosure import protected_list
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.blocks.crossed import cross
from parvis.statistics.queries.reports.blocks.programme import regularity
from parvis.statistics.queries.reports.blocks.typed import Commitment
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import Figure, Hidden, Line

C = Commitment
T = TypeVar("T")
CHARTER = "charter"  # the sentences are about the centre's own work: no table's hidden base hides them
Slot = tuple[int, date, time, time, int | None, int | None]  # site, day, from, to, theme, person


@dataclass(frozen=True)
class Evidence:
    """What one commitment of the charter can be told of."""

    commitment: Commitment
    content: Content


@dataclass(frozen=True)
class _Span:
    """A stretch of days, and what happened in it."""

    first: date
    last: date

    @property
    def earlier(self) -> _Span:
        """The same days of the year before."""
        return _Span(_a_year_before(self.first), _a_year_before(self.last))

    @property
    def months(self) -> Period:
        """Its months, the last one whole."""
        many = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return Period(self.first.replace(day=1), many)

    @property
    def days(self) -> Days:
        return Days(Span.OWN, self.first, self.last)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def charter(asked: Asked) -> list[Evidence]:
    """Every commitment that the centre's own work tells of, over the days that are over: a fixed number of queries."""
    today = asked.centre.local_day(asked.at)
    now = _Span(asked.first, max(asked.first, min(asked.last, today)))
    found = [
        Evidence(C.FREE, _opening(asked, now)),
        Evidence(C.SERVICES, _needs(asked, now)),
        Evidence(C.PLURALITY, _plurality(asked, now)),
        Evidence(C.SERVICES, _languages(asked, now)),
        Evidence(C.EVENTS, _events(asked, now)),
    ]
    return [one for one in found if one.content]


def _sentence(text: str, *numbers: tuple[str, Figure]) -> Sentence:
    """A sentence with its figures in the order of their names, each with a label."""
    return Sentence(text, [Number(label, value) for label, value in numbers], of=CHARTER)


def then_of(label: str) -> str:
    """What a figure's label is for the year before."""
    return _("%(what)s, a year before") % {"what": label}


def _beside(
    asked: Asked, name: str, title: str, unit: str, across: str, lines: Sequence[Line], method: str
) -> Table:
    columns = [_("This period"), _("A year before")]
    return Table(name, asked.table(title, unit, across, columns, lines, method=method), "beside")


# Open without appointment, and somebody there for each theme.


def _opening(asked: Asked, now: _Span) -> Content:
    centre = asked.centre
    sites = list(centre.sites.select_related("centre"))
    weeks, staffed, spans = [], [], (now, now.earlier)
    for span in spans:
        minutes = open_minutes(sites, span.first, span.last).get(centre.pk, {})
        lasts = max(1.0, ((span.last - span.first).days + 1) / 7)
        weeks.append(round(sum(minutes.values()) / 60 / lasts, 1))
        staffed.append(_staffed(centre, span, sum(minutes.values())))
    if not weeks[0]:
        return Content()
    text = _("Open without appointment: %(now)s hours a week on average; a year before %(then)s.")
    said = _sentence(
        text % {"now": figure_place(0), "then": figure_place(1)},
        (_("Hours open a week"), weeks[0]),
        (then_of(_("Hours open a week")), weeks[1]),
    )
    lines = _by_theme(centre, staffed, lambda share: share)
    method = _(
        "Of the hours in which a site is open, those in which the published rota has somebody on duty for the theme."
    )
    title = _("Open hours with somebody on duty")
    return Content(
        [said], [_beside(asked, "staffed", title, _("percent"), _("Theme"), lines, method)] if lines else []
    )


def _staffed(centre: Centre, span: _Span, minutes: int) -> dict[int, int]:
    """Theme -> percent of the open minutes in which somebody is on duty for it."""
    opened = openings(list(centre.sites.all()), centre, span.first, span.last)
    hours = {(site, one.day): one.stretches for site, days in opened.items() for one in days}
    there: dict[int, dict[date, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for site, day, starts, ends, theme, _person in _slots(centre, span):
        if theme is not None:
            there[theme][day] += _within(hours.get((site, day), ()), starts, ends)
    return {
        theme: round(100 * sum(_length(some) for some in days.values()) / minutes) if minutes else 0
        for theme, days in there.items()
    }


def _slots(centre: Centre, span: _Span) -> list[Slot]:
    """Who stood in the published rota, absences and cancelled duties taken out."""
    rows = (
        DutySlot.objects.standing().between(span.first, span.last).filter(centre=centre, duty=DutyKind.ADVICE)
    )
    return list(
        rows.values_list(
            "half_day__site", "half_day__date", "half_day__starts", "half_day__ends", "theme", "person"
        )
    )


def _within(stretches: Iterable[Stretch], starts: time, ends: time) -> list[tuple[int, int]]:
    """The minutes of a day in which a site is open between two times."""
    found = []
    for one in stretches:
        begins, stops = max(_minute(one.opens), _minute(starts)), min(_minute(one.closes), _minute(ends))
        if begins < stops:
            found.append((begins, stops))
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _length(some: Iterable[tuple[int, int]]) -> int:
    """How long together; where two overlap, once."""
    total, until = 0, 0
    for begins, stops in sorted(some):
        total += max(0, stops - max(begins, until))
        until = max(until, stops)
    return total


# Several points of view.


def _plurality(asked: Asked, now: _Span) -> Content:
    centre = asked.centre
    found = [
        {line.theme.pk: line.now for line in views(centre, span.months).lines if line.now.half_days}
        for span in (now, now.earlier)
    ]
    shares = [redirected(centre, span.days).share for span in (now, now.earlier)]
    rota = _("The published rota, after absences and replacements. Institutions, never people.")
    tables = []
    told: list[tuple[str, str, str, Callable[[Plurality], int | None]]] = [
        ("institutions", _("Institutions on duty"), _("institutions"), lambda one: one.institutions),
        (
            "with-two",
            _("Half-days with two institutions or more"),
            _("percent"),
            lambda one: one.share_with_two,
        ),
        (
            "largest",
            _("Largest institution’s share of the minutes"),
            _("percent"),
            lambda one: one.share_largest,
        ),
    ]
    for name, title, unit, figure in told:
        if lines := _by_theme(centre, found, figure):
            tables.append(_beside(asked, name, title, unit, _("Theme"), lines, rota))
    return Content(_to_own(shares), tables)


def _to_own(shares: Sequence[int | None]) -> list[Sentence]:
    if shares[0] is None:
        return []
    text = _(
        "Of 100 visitors sent on, %(now)s went to the adviser’s own institution; a year before %(then)s. Rounded to five."
    )
    said = _sentence(
        text % {"now": figure_place(0), "then": figure_place(1)},
        (_("Sent on to one’s own institution, percent"), shares[0]),
        (then_of(_("Sent on to one’s own institution, percent")), shares[1]),
    )
    return [said]


def _by_theme(centre: Centre, found: Sequence[Mapping[int, T]], figure: Callable[[T], Figure]) -> list[Line]:
    """A line for each theme of now: this period, and the year before."""
    lines = []
    for theme in Theme.objects.filter(centre=centre).order_by("position", "pk"):
        if theme.pk in found[0]:
            told = [figure(one[theme.pk]) if theme.pk in one else None for one in found]
            lines.append(Line(str(theme.name), told, None, theme.tint, theme.shape))
    return lines


# Centred on what the public needs.


def _needs(asked: Asked, now: _Span) -> Content:
    themes = list(asked.centre.themes.order_by("position", "pk"))
    told, lengths = [], []
    for span in (now, now.earlier):
        found = needs_page(asked.centre, themes, span.days)
        told.append((len(found.codes), sum(bool(one.proposals) for one in found.codes)))
        lengths.append(_lengths(asked.centre, span))
    said = []
    if told[0][0]:
        text = _(
            "Different needs that could not be met: %(now)s, of which a proposal answers %(of)s; a year before %(then)s and %(then_of)s."
        )
        places = {name: figure_place(n) for n, name in enumerate(("now", "of", "then", "then_of"))}
        numbers = [
            (_("Different unmet needs"), told[0][0]),
            (_("of them answered by a proposal"), told[0][1]),
            (then_of(_("Different unmet needs")), told[1][0]),
            (then_of(_("of them answered by a proposal")), told[1][1]),
        ]
        said.append(_sentence(text % places, *numbers))
    if lengths[0]:
        said.append(_outcomes(lengths))
    return Content(said)


def _outcomes(lengths: Sequence[Sequence[int]]) -> Sentence:
    text = _(
        "Proposals that came to an outcome: %(now)s, half of them within %(days)s days; a year before %(then)s."
    )
    places = {name: figure_place(n) for n, name in enumerate(("now", "days", "then"))}
    return _sentence(
        text % places,
        (_("Proposals with an outcome"), len(lengths[0])),
        (_("Days from proposal to outcome, half of them at most"), _half(lengths[0])),
        (then_of(_("Proposals with an outcome")), len(lengths[1])),
    )


def _lengths(centre: Centre, span: _Span) -> list[int]:
    """Days from the making of a proposal to its first outcome in these days."""
    begins, ends = centre.bounds(span.first)[0], centre.bounds(span.last)[1]
    rows = ProposalStep.objects.filter(proposal__centre=centre, state__in=OVER).order_by("at", "pk")
    first: dict[int, tuple[date, datetime]] = {}
    for proposal, made, at in rows.values_list("proposal", "proposal__made_at", "at"):
        if proposal not in first:
            first[proposal] = (centre.local_day(made), at)
    return [(centre.local_day(at) - made).days for made, at in first.values() if begins <= at < ends]


def _half(days: Sequence[int]) -> int | None:
    """What half of them did not pass."""
    return sorted(days)[(len(days) - 1) // 2] if days else None


# In the languages that are asked for.


def _languages(asked: Asked, now: _Span) -> Content:
    centre = asked.centre
    spoken = dict(Terms.objects.filter(centre=centre).values_list("person", "languages"))
    shares = [_spoken(_slots(centre, span), spoken) for span in (now, now.earlier)]
    lines = [
        Line(language_name(code), [one.get(code, 0) if one else None for one in shares])
        for code in dict.fromkeys([centre.language, *centre.languages])
        if shares[0]
    ]
    method = _("Of the half-days with somebody on duty, those on which one of them speaks the language.")
    title = _("Languages spoken on duty")
    tables = [_beside(asked, "spoken", title, _("percent"), _("Language"), lines, method)] if lines else []
    wanted = cross(replace(asked, settings={"unit": "contacts", "rows": "language", "chart": "bars"}))
    for one in wanted.tables:
        tables.append(replace(one, table=replace(one.table, title=_("Languages asked for"))))
    return Content([], tables)


def _spoken(slots: Iterable[Slot], spoken: Mapping[int, Iterable[str]]) -> dict[str, int]:
    """Language -> percent of the half-days on which somebody on duty speaks it."""
    there: dict[tuple[int, date, time], set[str]] = defaultdict(set)
    for site, day, starts, _ends, _theme, person in slots:
        there[site, day, starts] |= set(spoken.get(person, ())) if person is not None else set()
    every = {code for found in there.values() for code in found}
    return {code: round(100 * sum(code in found for found in there.values()) / len(there)) for code in every}


# Events.


def _events(asked: Asked, now: _Span) -> Content:
    """How regular they are, and how many sectors they show."""
    told = [regularity(asked.centre, span.first, span.last) for span in (now, now.earlier)]
    if not told[0][0]:
        return Content()
    text = _(
        "Events held: %(now)s in %(months)s different months, about %(sectors)s sectors; a year before %(then)s in %(then_months)s, about %(then_sectors)s."
    )
    names = ("now", "months", "sectors", "then", "then_months", "then_sectors")
    labels = (_("Events held"), _("Months with events"), _("Sectors shown at events"))
    numbers = [*zip(labels, told[0], strict=True), *zip(map(then_of, labels), told[1], strict=True)]
    return Content([_sentence(text % {name: figure_place(n) for n, name in enumerate(names)}, *numbers)])


def protected(found: Iterable[Evidence], *, over: bool) -> list[Evidence]:
    """The same for whoever is not of the centre's team, and for files: tables about visitors as every other list of them leaves.

    Before the year is ``over`` they do not leave: one day's figure less that of the day before would tell of somebody.
    """
    left = [
        replace(
            one,
            content=replace(
                one.content,
                tables=[_left(each) for each in one.content.tables if over or not each.about_people],
            ),
        )
        for one in found
    ]
    return [one for one in left if one.content]


def _left(one: Table) -> Table:
    if not one.about_people:
        return one
    counts = [(str(line.label), int(line.figures[0] or 0)) for line in one.table.lines]
    lines = [Line(label, [Hidden.SMALL if n is None else n]) for label, n in protected_list(counts)]
    note = _("Below ten hidden, the rest rounded to five.")
    return replace(one, table=replace(one.table, lines=lines, total=None, n=None, notes=[note]))


def commitments(asked: Asked) -> Content:
    """All of it as one block of a report, each piece with the commitment that it is evidence for."""
    sentences: list[Sentence] = []
    tables: list[Table] = []
    for one in charter(asked):
        label = {"commitment": one.commitment.label}
        for said in one.content.sentences:
            text = _("%(commitment)s: %(what)s") % {**label, "what": said.text}
            sentences.append(replace(said, text=text))
        note = _("Evidence for: %(commitment)s.") % label
        tables += [
            replace(each, table=replace(each.table, notes=[*each.table.notes, note]))
            for each in one.content.tables
        ]
    missing = "" if sentences or tables else _("Nothing tells of the charter in this period yet.")
    return Content(sentences, tables, missing=missing)
