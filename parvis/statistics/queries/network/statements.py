"""Published figures beside each other: same subject, unit and period in one group, with what was counted here. Nobody chooses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parvis.centres.models import Centre, Network
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Count, Dimension, Question
from parvis.statistics.models import StatedUnit, Statement
from parvis.statistics.protection import Figure
from parvis.statistics.protection.filterable import shown
from parvis.statistics.queries.explorer.answering import answered, engine_words
from parvis.statistics.queries.network.present import first_days
from parvis.statistics.queries.reports.spans import months_from, name_of

HERE = {
    StatedUnit.PASSAGES: Unit.PASSAGES,
    StatedUnit.CONTACTS: Unit.CONTACTS,
    StatedUnit.ACTS: Unit.ACTS,
    StatedUnit.PARTICIPANTS: Unit.PARTICIPANTS,
    StatedUnit.GROUP_PEOPLE: Unit.GROUP_PEOPLE,
    StatedUnit.EVENTS: Unit.EVENTS,
}
Subject = tuple[int | None, str, date, date]


@dataclass(frozen=True)
class Wanted:
    """Which statements: what the address asks for."""

    q: str = ""
    centre: str = ""  # a key, "network" for the network as a whole
    unit: str = ""
    year: str = ""
    past: bool = False  # also what was corrected or taken back


@dataclass(frozen=True)
class Group:
    """Everything that was published about one subject, in one unit, for one period."""

    centre: Centre | None
    unit: str
    unit_said: str
    first: date
    last: date
    statements: list[Statement]
    counted: Figure  # here, protected; ``None`` where it is not counted here, or not yet whole
    is_counted: bool

    @property
    def period(self) -> str:
        return name_of(self.first, self.last)

    @property
    def contradict(self) -> bool:
        """Whether sources that stand say different figures."""
        return len({one.value for one in self.statements if one.is_in_force}) > 1


def statements_of(network: Network, wanted: Wanted) -> list[Statement]:
    """Those that the address asks for: one query."""
    rows = Statement.objects.filter(network=network)
    if not wanted.past:
        rows = rows.in_force()
    if wanted.centre == "network":
        rows = rows.filter(centre=None)
    elif wanted.centre.isascii() and wanted.centre.isdigit():
        rows = rows.filter(centre=int(wanted.centre))
    if wanted.unit in StatedUnit.values:
        rows = rows.filter(unit=wanted.unit)
    if wanted.year.isascii() and wanted.year.isdigit() and len(wanted.year) == 4:
        year = int(wanted.year)
        rows = rows.filter(first__year__lte=year, last__year__gte=year)
    found = list(rows.select_related("centre", "entered_by", "corrected_by", "corrects"))
    words = wanted.q.strip().casefold()
    return [one for one in found if words in f"{one.what} {one.source} {one.method}".casefold()]


def years_of(network: Network) -> list[int]:
    """The years of which anything was published, the last first: one query."""
    rows = Statement.objects.filter(network=network).values_list("first", "last")
    return sorted({year for first, last in rows for year in range(first.year, last.year + 1)}, reverse=True)


def groups(
    statements: Sequence[Statement], centres: Sequence[Centre], today: date, at: datetime
) -> list[Group]:
    """Statements beside each other, each group with the figure of here: two queries for each unit that is counted here."""
    found: dict[Subject, list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.centre_id, one.unit, one.first, one.last].append(one)
    counted = _counted(found, centres, today, at)
    return [
        Group(
            some[0].centre,
            subject[1],
            str(some[0].get_unit_display()),
            subject[2],
            subject[3],
            sorted(some, key=lambda one: (one.published_on, one.pk)),
            counted.get(subject),
            subject in counted,
        )
        for subject, some in found.items()
    ]


def _counted(
    subjects: Iterable[Subject], centres: Sequence[Centre], today: date, at: datetime
) -> Mapping[Subject, Figure]:
    """What was counted here of the same: whole months that are over, from the first record on; protected like any answer."""
    since = first_days(centres) if centres else {}
    began = min((day for day in since.values() if day), default=None)
    wanted: dict[Unit, list[Subject]] = defaultdict(list)
    for subject in subjects:
        centre, unit, first, last = subject
        begun = since.get(centre) if centre else began
        if (
            unit in HERE
            and months_from(first, last)
            and last < today
            and begun
            and begun.replace(day=1) <= first
        ):
            wanted[HERE[StatedUnit(unit)]].append(subject)
    found: dict[Subject, Figure] = {}
    for unit, some in wanted.items():
        months = _by_month(unit, some, centres, at)
        for subject in some:
            centre, _unit, first, last = subject
            found[subject] = shown(
                _summed(
                    count
                    for (of, month), count in months.items()
                    if first <= month <= last and centre in (None, of)
                )
            )
    return found


def _by_month(
    unit: Unit, subjects: Sequence[Subject], centres: Sequence[Centre], at: datetime
) -> dict[tuple[int, date], Count]:
    """True counts by centre and month: never shown as they are."""
    question = Question(
        unit,
        (Dimension.CENTRE, Dimension.MONTH),
        min(first for _centre, _unit, first, _last in subjects),
        max(last for _centre, _unit, _first, last in subjects),
        frozenset(one.pk for one in centres),
    )
    cells = answered(question, engine_words(centres), centres, at).cells
    return {
        (centre, month): count
        for (centre, month), count in cells.items()
        if isinstance(centre, int) and isinstance(month, date)
    }


def _summed(counts: Iterable[Count]) -> Count:
    """The same rows as of one question about the whole period: counts and draws add up."""
    some = list(counts)
    return Count(sum(one.n for one in some), sum(one.draw for one in some))


def history(statement: Statement) -> list[Statement]:
    """A statement with everything that it corrects and that corrects it, the oldest first."""
    rows = {
        one.pk: one
        for one in Statement.objects.filter(network=statement.network_id).select_related(
            "entered_by", "withdrawn_by", "centre"
        )
    }
    after = {one.corrects_id: one for one in rows.values() if one.corrects_id}
    first = rows[statement.pk]
    while first.corrects_id:
        first = rows[first.corrects_id]
    found = [first]
    while found[-1].pk in after:
        found.append(after[found[-1].pk])
    return found
