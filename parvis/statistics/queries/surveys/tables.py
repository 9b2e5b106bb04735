"""Tables of a survey: what may be read of it, by whoever reads it. Everything that is shown or taken away is made of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.statistics.cube.questions import ALL
from parvis.statistics.protection import Audience, Figure, Hidden, percent
from parvis.statistics.protection.filterable import THRESHOLD
from parvis.statistics.queries.explorer.notes import protection_said
from parvis.statistics.queries.surveys.asked import Asked, Shown, told_of
from parvis.statistics.queries.surveys.counting import Counted, Share, draws_of, everybody, mean_of
from parvis.statistics.shown import CrossTable, Line, Run
from parvis.statistics.ways_out import said
from parvis.surveys.models import Collection
from parvis.surveys.queries.lists import UNSAID, Answers, Listed, answers_of
from parvis.surveys.queries.of_period import is_sample
from parvis.surveys.queries.samples import Sampled, sampled


@dataclass(frozen=True)
class Read:
    """A survey's answers within some days, for an audience."""

    survey: Collection
    answers: Answers
    lists: Sequence[Listed]
    draws: Sequence[int]
    sample: Sampled | None
    audience: Audience
    first: date
    last: date

    @property
    def is_told(self) -> bool:
        """Whether enough answered to break anything down."""
        return len(self.answers.rows) >= THRESHOLD

    def counted(self, rows: Listed, columns: Listed | None = None) -> Counted:
        return Counted(self.answers, self.draws, self.audience, self.sample, rows, columns)

    def find(self, key: str) -> Listed | None:
        """A list by what an address calls it."""
        return next((one for one in self.lists if one.key == key), None)

    @property
    def dated(self) -> str:
        """From when to when."""
        return f"{date_format(self.first, 'j F Y')} – {date_format(self.last, 'j F Y')}"

    @property
    def wave(self) -> str:
        """What tells this putting from another of the same questionnaire."""
        return f"{self.survey.name} · {self.dated}" if self.survey.name else self.dated


def read(survey: Collection, asked: Asked, audience: Audience, today: date) -> Read:
    """The answers that a question is about, as far as they are told: fifteen queries at most."""
    part = asked.part
    last = told_of(survey, part, today)
    since = part.first if part.key else None
    answers = answers_of(survey, last, since=since)
    sample = sampled(survey, last) if is_sample(survey) else None
    told = [one for one in answers.lists() if one.answered >= THRESHOLD]
    return Read(survey, answers, told, draws_of(answers), sample, audience, part.first, max(part.first, last))


def questions_of(survey: Collection) -> list[tuple[str, str]]:
    """What an address calls each list of a survey, and its words: seven queries at most."""
    return [(one.key, one.title) for one in answers_of(survey, survey.opens_on - timedelta(days=1)).lists()]


def tables(now: Read, asked: Asked, before: Read | None) -> list[CrossTable]:
    """Every list of the survey, or the one that was asked for, crossed or beside another wave."""
    if not now.is_told:
        return []
    rows, columns = now.find(asked.rows), now.find(asked.columns)
    if rows is not None and columns is not None:
        return [_crossed(now, now.counted(rows, columns), asked.shown)]
    lists = [rows] if rows is not None else now.lists
    if before is not None:
        pairs = [(one, other) for one in lists if (other := before.find(one.key))] if before.is_told else []
        return [_beside(now, before, one, other) for one, other in pairs]
    return [_listed(now, now.counted(one)) for one in lists]


def _listed(now: Read, counted: Counted) -> CrossTable:
    """One list: how many, percent, and its bounds."""
    one = counted.rows
    shares = {key: counted.share(key) for key, _label in one.lines}
    lines = [
        Line(
            label,
            [counted.figure(key)],
            share=shares[key].value,
            low=shares[key].low,
            high=shares[key].high,
            unsaid=key == UNSAID,
        )
        for key, label in one.lines
    ]
    base = counted.figure(ALL)
    return CrossTable(
        title=one.title,
        **_frame(now, base, _notes(now, one, mean=counted)),
        across=_("Answer"),
        along="",
        columns=[_("Answers")],
        lines=lines,
        column_totals=[base],
        total=base,
        shares_of=_shares_of(now, base),
        lines_run=Run.ORDER if one.is_number else Run.NAMES,
    )


def _crossed(now: Read, counted: Counted, shown: Shown) -> CrossTable:
    """One list by another: how many, or percent of each line, or how unsure that is."""
    rows, columns = counted.rows, counted.columns
    assert columns is not None  # noqa: S101  # crossed by something
    if shown is Shown.DOUBT and now.sample is None:
        shown = Shown.PERCENT
    numbers = shown is Shown.NUMBER

    def cell(row: str, column: str) -> Figure:
        return counted.figure(row, column) if numbers else _part(counted.share(row, column), shown)

    units = {
        Shown.NUMBER: _("answers"),
        Shown.PERCENT: _("percent of the line’s answers"),
        Shown.DOUBT: _("points by which a percentage may be off"),
    }
    base = counted.figure(ALL)
    notes = _notes(now, rows) + [one for one in _notes(now, columns) if one not in _notes(now, rows)]
    return CrossTable(
        title=_("%(rows)s × %(columns)s") % {"rows": rows.title, "columns": columns.title},
        **_frame(now, base, notes) | {"unit": units[shown]},
        across=rows.title,
        along=columns.title,
        columns=[label for _key, label in columns.lines],
        lines=[
            Line(
                label,
                [cell(key, other) for other, _label in columns.lines],
                counted.figure(key) if numbers else None,
                unsaid=key == UNSAID,
            )
            for key, label in rows.lines
        ],
        column_totals=[counted.figure(ALL, key) for key, _label in columns.lines] if numbers else [],
        total=base if numbers else None,
        has_totals=numbers,
        lines_run=Run.ORDER,
        columns_run=Run.ORDER,
    )


def _part(share: Share, shown: Shown) -> Figure:
    if shown is Shown.PERCENT or isinstance(share.value, Hidden):
        return share.value
    if share.low is None or share.high is None:
        return None
    return round((float(share.high) - float(share.low)) / 2)


def _beside(now: Read, before: Read, one: Listed, other: Listed) -> CrossTable:
    """The same list in two waves: percentages, because as many need not have been asked."""
    waves = [(now, now.counted(one)), (before, before.counted(other))]
    labels = dict(one.lines) | {key: label for key, label in other.lines if key not in dict(one.lines)}
    bases = [counted.figure(ALL) for _each, counted in waves]
    told = _("n = %(now)s, and %(before)s in the wave before.") % {
        "now": said(bases[0]),
        "before": said(bases[1]),
    }
    return CrossTable(
        title=one.title,
        **_frame(now, bases[0], [told, *_notes(now, one)]) | {"unit": _("percent")},
        across=_("Answer"),
        along=_("Wave"),
        columns=[each.wave for each, _counted in waves],
        lines=[
            Line(label, [counted.share(key).value for _each, counted in waves], unsaid=key == UNSAID)
            for key, label in labels.items()
        ],
        column_totals=[],
        total=None,
        has_totals=False,
        lines_run=Run.ORDER,
    )


def _frame(now: Read, base: Figure, notes: list[str]) -> dict[str, Any]:
    centre = now.survey.centre
    return {
        "unit": _("answers"),
        "first": now.first,
        "last": now.last,
        "audience": now.audience,
        "n": base,
        "method": _method(now),
        "notes": notes,
        "holder": f"{centre.name} · {now.survey.version.asked_as}" if centre else "",
        "meaning": _("What one person answered; nothing says who."),
        "protection": protection_said(now.audience),
    }


def _method(now: Read) -> str:
    """How it is known; the response rate from figures as they are shown."""
    if now.sample is None:
        return _("%(way)s; everybody who wanted to answer: they stand for themselves") % {
            "way": now.survey.get_way_display()
        }
    one = now.sample
    units = {"half_day": _("half-days"), "hour": _("hours"), "day": _("days")}
    rate = percent(everybody(now.answers, now.draws, now.audience), one.asked)
    words = {"drawn": len(one.held), "slots": one.slots, "units": units[one.sample.unit], "rate": said(rate)}
    return (
        _(
            "sample; in %(drawn)s of %(slots)s %(units)s, drawn by lot, everybody was asked; %(rate)s %% answered"
        )
        % words
    )


def _shares_of(now: Read, base: Figure) -> str:
    if now.sample is None:
        return _("of %(n)s who were asked this") % {"n": said(base)}
    return _(
        "of everybody who came: weighed to the contacts that were counted; in 95 of 100 samples it lies within the bounds"
    )


def _notes(now: Read, one: Listed, *, mean: Counted | None = None) -> list[str]:
    found = []
    if one.several:
        found.append(_("Several answers were possible: percentages do not add up to 100."))
    if one.is_for_some:
        found.append(_("Asked only after some answers to an earlier question."))
    if now.audience is not Audience.TEAM:
        found.append(_("Each figure is rounded on its own, so lines need not add up to totals."))
    average = mean_of(mean) if mean is not None and one.is_number else None
    if average is not None and not isinstance(average, Hidden):
        names = {"mean": said(average), "low": one.options[0][0], "high": one.options[-1][0]}
        found.append(_("On average %(mean)s, on a scale from %(low)s to %(high)s; not weighed.") % names)
    return found
