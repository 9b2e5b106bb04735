"""What people answered: satisfaction, the profile of a sample, what changed between before and now. Each list says n and method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.statistics.models import Part, PartKind
from parvis.statistics.protection import percent
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import Line
from parvis.surveys.models import Audience, Collection, Purpose, QuestionKind, Version
from parvis.surveys.queries.batches import told_until
from parvis.surveys.queries.choices import questions_of
from parvis.surveys.queries.lists import UNSAID
from parvis.surveys.queries.of_period import is_sample, surveys_of_period
from parvis.surveys.queries.results import LISTS, AnswerLine, Block, Found, Results, results

FEWEST = 10  # answers; below, nothing is told of a survey, to anybody


@dataclass(frozen=True)
class Told:
    """One survey as a block tells it. ``others``: whether another survey stands in the same block."""

    asked: Asked
    survey: Collection
    found: Results
    others: bool

    @property
    def name(self) -> str:
        """What its tables are called by, within the block."""
        return f"survey-{self.survey.pk}"

    @property
    def days(self) -> tuple[date, date]:
        """From when to when it is told: a sample whole, others within the period."""
        opens, closes = self.survey.opens_on, self.survey.closes_on
        if is_sample(self.survey):
            return opens, closes or opens
        first = max(opens, self.asked.first)
        return first, min(closes or self.asked.last, self.asked.last)

    @property
    def title(self) -> str:
        """“How was your visit?”, and what this putting of it is called."""
        title = self.survey.version.asked_as
        return f"{title} · {self.survey.name}" if self.survey.name else title


def chosen(asked: Asked, kind: PartKind) -> list[Collection]:
    """The surveys that the block's settings name, else all of the period: one query."""
    purpose, sampled_only = KINDS[kind]
    rows = surveys_of_period(asked.centre, asked.first, asked.last, [purpose], sampled_only=sampled_only)
    wanted = set(asked.settings.get("surveys", []))
    return [row for row in rows if row.pk in wanted] or rows


KINDS: Mapping[PartKind, tuple[Purpose, bool]] = {
    PartKind.SATISFIED: (Purpose.SATISFACTION, False),
    PartKind.SAMPLED: (Purpose.PROFILE, True),
    PartKind.CHANGED: (Purpose.IMPACT, False),
}  # the purpose of the surveys that a block tells, and whether they must be samples


def offered(part: Part) -> list[Collection]:
    """The surveys that a block of a report may tell: one query."""
    purpose, sampled_only = KINDS[PartKind(part.kind)]
    report = part.report
    return surveys_of_period(report.centre, report.first, report.last, [purpose], sampled_only=sampled_only)


def questions_offered(surveys: Sequence[Collection], part: Part) -> list[tuple[str, str]]:
    """Key and text of each question that it may tell, each key once: four queries."""
    kinds = {QuestionKind.PAIR} if part.kind == PartKind.CHANGED else LISTS
    versions = Version.objects.whole().filter(pk__in={one.version_id for one in surveys}).order_by("pk")
    return list(
        {
            one.key: str(one.text)
            for version in versions
            for one in questions_of(version)
            if one.kind in kinds and not one.conditions.all()
        }.items()
    )


def satisfied(asked: Asked) -> Content:
    """How satisfied people were: each question of the surveys about satisfaction."""
    none = _("No survey about satisfaction was answered in this period.")
    return _told(asked, chosen(asked, PartKind.SATISFIED), none)


def sampled(asked: Asked) -> Content:
    """Who came, by surveys of a sample: what is said of everybody, and how sure it is."""
    none = _("No sample survey of the public ended in this period.")
    return _told(asked, chosen(asked, PartKind.SAMPLED), none)


def changed(asked: Asked) -> Content:
    """What changed for people, where a question was asked about before and now."""
    none = _("No survey about what changed was answered in this period.")
    return _told(asked, chosen(asked, PartKind.CHANGED), none, pairs=True)


def _told(asked: Asked, surveys: Sequence[Collection], none: str, *, pairs: bool = False) -> Content:
    if not surveys:
        return Content(missing=none)
    told = [Told(asked, one, _results(asked, one), len(surveys) > 1) for one in surveys]
    contents = [_one(each, pairs=pairs) for each in told]
    return Content(
        [sentence for one in contents for sentence in one.sentences],
        [table for one in contents for table in one.tables],
        [line for one in contents for line in one.lines],
        note=_note(told),
    )


def _results(asked: Asked, survey: Collection) -> Results:
    """As far as they are told: of days that are not over in whole tens, for the team that refreshes a draft, too."""
    today = asked.centre.local_day(asked.at)
    drawn = is_sample(survey)
    last = (survey.closes_on or today) if drawn else asked.last
    if last >= today:
        last = min(last, told_until(survey, today) or survey.opens_on - timedelta(days=1))
    return results(survey, last, since=None if drawn else asked.first)


def _note(told: Sequence[Told]) -> str:
    said = []
    if any(is_sample(one.survey) for one in told):
        said.append(
            _(
                "Percentages of a sample are weighed to the contacts that were counted; in 95 of 100 such samples,"
                " that of everybody who came lies within the bounds."
            )
        )
    if any(not is_sample(one.survey) for one in told):
        said.append(_("Who was not drawn stands for themselves, not for everybody who came."))
    return " ".join(said)


def _one(told: Told, *, pairs: bool) -> Content:
    if told.found.answered < FEWEST:
        few = _("“%(survey)s”: fewer than ten answered, so nothing is told of it.")
        return Content(lines=[few % {"survey": told.title}])
    sentences, tables = [], []
    wanted = set(told.asked.settings.get("questions", []))
    asked = [one for one in told.found.found if one.question.key in wanted] or told.found.found
    for one in asked:
        # How many a later question was put to would tell how many gave the answer that leads to it.
        if one.question.kind not in LISTS or one.is_for_some:
            continue
        for block in [one.change] if pairs else one.blocks:
            if block is None or not block.is_shown:
                continue
            table = _table(told, one, block)
            tables.append(table)
            sentences += _means(told, one, block, table.name)
    return Content(
        [_method(told, tables), *sentences] if tables else [], tables, [] if tables else [_nothing(told)]
    )


def _nothing(told: Told) -> str:
    said = _("“%(survey)s” asks nothing that could be told here.")
    return said % {"survey": told.title}


def _method(told: Told, tables: Sequence[Table]) -> Sentence:
    """What the survey was, how people were asked, and how many of them answered."""
    first, last = told.days
    found, places = told.found, {"n": figure_place(0), "of": figure_place(1), "percent": figure_place(2)}
    names: dict[str, object] = {
        "survey": told.title,
        "days": f"{date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}",
        "way": told.survey.get_way_display(),
    }
    n = Number(_("Answers"), found.answered, _("answers"))
    base = tables[0].name
    if found.sampled is None:
        text = _("“%(survey)s” (%(way)s, %(days)s): %(n)s answered, of everybody who could.")
        return Sentence(text % (names | places), [n], base)
    sample = found.sampled
    units = {"half_day": _("half-days"), "hour": _("hours"), "day": _("days")}
    names |= {"drawn": len(sample.held), "slots": sample.slots, "units": units[sample.sample.unit]}
    text = _(
        "“%(survey)s” (%(days)s): a sample. In %(drawn)s of %(slots)s %(units)s, drawn by lot, everybody was asked;"
        " %(n)s of %(of)s answered (%(percent)s %%)."
    )
    asked = Number(_("People asked"), sample.asked, _("contacts"))
    return Sentence(
        text % (names | places), [n, asked, Number(_("Response rate, percent"), found.rate_percent)], base
    )


def _means(told: Told, one: Found, block: Block, table: str) -> list[Sentence]:
    """The mean of a scale; of a pair, the means before and now."""
    question, label = one.question, _label(told, one, block)
    names = {"question": label, "low": question.minimum, "high": question.maximum}
    if question.kind == QuestionKind.PAIR and block is one.change:
        before, now = (each.mean for each in one.blocks)
        if before is None or now is None:
            return []
        text = _("%(question)s %(before)s before and %(now)s now on average, from %(low)s to %(high)s.")
        said = text % (names | {"before": figure_place(0), "now": figure_place(1)})
        numbers = [
            Number(_("%(question)s (before, on average)") % names, round(before.value, 1)),
            Number(_("%(question)s (now, on average)") % names, round(now.value, 1)),
        ]
        return [Sentence(said, numbers, table)]
    if block.mean is None:
        return []
    mean = block.mean
    numbers = [Number(_("%(question)s (on average)") % names, round(mean.value, 1))]
    text = _("%(question)s %(mean)s on average, from %(low)s to %(high)s.")
    if mean.low is not None and mean.high is not None:
        text = _("%(question)s %(mean)s on average (%(least)s to %(most)s), from %(low)s to %(high)s.")
        numbers += [
            Number(_("%(question)s (at least)") % names, round(mean.low, 1)),
            Number(_("%(question)s (at most)") % names, round(mean.high, 1)),
        ]
    places = {"mean": figure_place(0), "least": figure_place(1), "most": figure_place(2)}
    return [Sentence(text % (names | places), numbers, table, is_mean=True)]


def _label(told: Told, one: Found, block: Block) -> str:
    label = f"{one.question.text} {block.label}" if block.label else str(one.question.text)
    return f"{label} ({told.title})" if told.others else label


def _table(told: Told, one: Found, block: Block) -> Table:
    """One list with true counts; what leaves is protected with all other tables of the report."""
    question, drawn = one.question, told.found.sampled is not None
    several = question.kind == QuestionKind.SEVERAL
    notes = [_("Several answers were possible: percentages do not add up to 100.")] if several else []
    if told.found.merged:
        notes.append(_("Mornings and afternoons are taken together where one had too few answers."))
    made = told.asked.table(
        _label(told, one, block),
        _("answers"),
        _("Answer"),
        [_("Answers")],
        [_line(line, block.base, drawn=drawn) for line in block.lines],
        total=block.base,
        method=_way(told),
    )
    return Table(
        f"{told.name}-{question.key}{'-' if block.key else ''}{block.key}",
        replace(made, notes=notes),
        "bars",
        about_people=True,
        question=_question(told, one, block, several=several),
    )


def _way(told: Told) -> str:
    rate = told.found.rate_percent
    if told.found.sampled is not None:
        return _("sample; %(n)s %% of those who were asked answered; percent of everybody who came") % {
            "n": rate
        }
    return _("everybody who wanted to answer; percent of those who did")


def _line(line: AnswerLine, base: int, *, drawn: bool) -> Line:
    share = round(line.share) if drawn else percent(line.n, base)
    bounds = (line.low, line.high)
    low, high = (round(one) if one is not None else None for one in bounds)
    return Line(line.label, [line.n], share=share, low=low, high=high)


def _question(told: Told, one: Found, block: Block, *, several: bool) -> dict[str, object]:
    """Which cells these are: the answers of one survey, the same in each report that tells them."""
    about: list[list[object]] = [["survey", told.survey.pk], ["unit", "answers"]]
    if is_sample(told.survey):
        about.append(["period", "/".join(day.isoformat() for day in told.days)])
    points = [int(line.key) for line in block.lines if line.key != UNSAID] if block.mean else []
    return {
        "about": about,
        "axes": [
            {
                "name": f"{one.question.key} {block.key}".strip(),
                "codes": [line.key or "?" for line in block.lines],
                "several": several,
            }
        ],
        "points": points,
        "minors": told.survey.version.questionnaire.audience == Audience.PUPIL,
    }
