"""What each column of a table is for, proposed from its heading and from what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.reception.past import headings as words
from parvis.reception.past.cells import shown
from parvis.reception.past.dates import looks_like_hours, read_clock, read_date
from parvis.reception.past.headings import ACT_LISTS, PROFILE_LISTS, Role, Why
from parvis.reception.past.matching import Matcher
from parvis.reception.past.numbers import read_minutes
from parvis.reception.past.personal import Spot, refusal
from parvis.reception.past.plan import TALLIES, VISITS, Column
from parvis.reception.past.survey import Stats

EXAMPLES = 3
LISTS = ("theme", *ACT_LISTS, *PROFILE_LISTS)


@dataclass
class Proposer:
    """What is known of the table while its columns are looked at."""

    headings: Sequence[str]
    stats: Sequence[Stats]
    date_column: int | None
    matcher: Matcher
    spot: Spot
    shape: str = ""
    titles: Sequence[str] = ()

    def columns(self) -> list[Column]:
        """Every column with a proposed role; sets ``shape`` where it was not told."""
        columns = [self._column(index) for index in range(len(self.stats))]
        self.shape = self.shape or self._shape(columns)
        for column, stats in zip(columns, self.stats, strict=True):
            if column.role != Role.REFUSED and not column.why:
                self._propose(column, stats)
        if self.shape == TALLIES:
            self._settle_totals(columns)
        self._one_of_each(columns)
        return columns

    def _column(self, index: int) -> Column:
        stats = self.stats[index]
        heading = self.headings[index] if index < len(self.headings) else ""
        column = Column(index=index, heading=heading, filled=stats.filled, distinct=stats.distinct)
        if not stats.filled:
            column.why = Why.EMPTY.value
        elif index != self.date_column and (why := self._refusal(heading, stats)):
            column.role, column.why = Role.REFUSED, why.value
        else:
            column.examples = [shown(cell)[:40] for cell in list(stats.values)[:EXAMPLES]]
        return column

    def _refusal(self, heading: str, stats: Stats) -> Why | None:
        counts_or_marks = stats.ticks or (
            stats.countable > 0.8
            and all(not isinstance(cell, int | float) or cell < 1_000_000 for cell in stats.values)
        )
        if counts_or_marks:  # “Téléphone” above counts or marks is a channel, not a number to ring
            return None
        if all(self.matcher.exact(words.code_list(heading) or "theme", shown(cell)) for cell in stats.values):
            return None
        return refusal(heading, stats.values, stats.distinct, stats.filled, self.spot)

    # The shape of the whole table

    def _shape(self, columns: list[Column]) -> str:
        counted = [column for column in columns if self._may_count(column)]
        if not counted:
            return VISITS
        if self.date_column is None:
            return TALLIES
        dates = self.stats[self.date_column]
        if dates.distinct > dates.filled * 0.8 or dates.filled < 4:
            return TALLIES
        told = any(words.is_count(column.words) or words.unit(column.words) for column in counted)
        known = sum(bool(self._entry_of(column)) for column in counted)
        return TALLIES if told or known >= 2 else VISITS

    def _may_count(self, column: Column) -> bool:
        stats = self.stats[column.index]
        if column.index == self.date_column or column.role == Role.REFUSED or not stats.filled:
            return False
        role = words.plain_role(column.words)
        if role in (
            Role.SIZE,
            Role.MINUTES,
            Role.COMMUNE,
            Role.YEAR,
            Role.HOUR,
            Role.DAY,
            Role.DATE,
            Role.MONTH,
        ):
            return False
        if (
            words.is_running_number(column.heading)
            or words.code_list(column.words) == "age_band"
            and not column.group
        ):
            return False
        beside_counts = (
            self.shape == TALLIES and not stats.texts
        )  # a column of ones among others is a count, too
        return (
            stats.countable > 0.8
            and stats.has_numbers
            and (beside_counts or stats.passes_one or not stats.ticks)
        )

    # One column

    def _propose(self, column: Column, stats: Stats) -> None:
        if column.index == self.date_column:
            column.role = Role.DATE
            named = words.plain_role(column.words)
            if named in (Role.YEAR, Role.MONTH) and stats.numbers > stats.filled * 0.5:
                column.role = named
            return
        if self.shape == TALLIES and self._may_count(column):
            self._count(column)
            return
        role = words.plain_role(column.words) or words.plain_role(column.heading)
        name = words.code_list(column.words) or words.code_list(column.group)
        if stats.ticks and (target := self._entry_of(column)) and self.shape == VISITS:
            column.role, column.targets = Role.TICK, [target]
        elif role is not None and self._fits(role, stats):
            column.role = role
        elif words.is_running_number(column.heading) or self._is_running(stats):
            column.why = Why.RUNNING_NUMBER.value
        elif words.is_remark(column.heading) or stats.many:
            column.why = Why.FREE_TEXT.value
        elif name and not (self.shape == TALLIES and not stats.texts):
            column.role, column.code_list = Role.CODE, name
        else:
            self._by_content(column, stats)

    def _fits(self, role: Role, stats: Stats) -> bool:
        """Whether what stands in the column can be what its heading says."""
        values = list(stats.values)[:100]
        if role == Role.HOUR:
            return sum(read_clock(cell) is not None for cell in values) > len(values) * 0.5
        if role == Role.MINUTES:
            return sum(read_minutes(cell) is not None for cell in values) > len(values) * 0.5
        if role in (Role.SIZE, Role.YEAR, Role.DAY):
            return stats.countable > 0.5
        if role == Role.COMMUNE:
            return any(character.isdigit() for cell in values for character in shown(cell))
        if role == Role.DATE:  # a second column of dates adds nothing, unless it makes the first whole
            return False
        if role == Role.THEME:
            return not stats.many and not (self.shape == TALLIES and not stats.texts)
        return role in (Role.LANGUAGE, Role.UNIT, Role.MONTH)

    def _is_running(self, stats: Stats) -> bool:
        return stats.numbers == stats.filled > 20 and stats.rising > stats.filled * 0.95 and stats.many

    def _by_content(self, column: Column, stats: Stats) -> None:
        column.why = Why.NOT_RECOGNISED.value
        texts = {shown(cell): times for cell, times in stats.values.items() if isinstance(cell, str)}
        if not texts or stats.texts < stats.filled * 0.5:
            return
        if all(words.unit(text) for text in texts) and self.shape == TALLIES:
            column.role, column.why = Role.UNIT, ""
            return
        shares = {
            name: sum(times for text, times in texts.items() if self.matcher.exact(name, text))
            for name in LISTS
        }
        best = max(shares, key=lambda name: shares[name])
        if shares[best] >= sum(texts.values()) * 0.4:
            column.why = ""
            column.role = Role.THEME if best == "theme" else Role.CODE
            column.code_list = "" if best == "theme" else best

    # Counts

    def _count(self, column: Column) -> None:
        kind = words.announces(column.words)
        if words.is_rate(column.heading) or kind == "average":
            column.why = Why.RATE.value
            return
        column.role = Role.TOTAL if kind == "total" else Role.COUNT
        column.hour = looks_like_hours(column.words)
        if column.role == Role.COUNT and column.hour is None:
            column.targets = self._targets(column)
        # “Accueil” may be a channel rather than the unit of what is counted.
        column.unit = words.unit(column.group) or ("" if column.targets else words.unit(column.words))

    def _targets(self, column: Column) -> list[str]:
        """The theme or code that a heading names; nothing where it names the whole of a unit."""
        found = self._entry_of(column)
        group = column.group
        if found and found.startswith("code:") and group and (theme := self.matcher.exact("theme", group)):
            return [theme, found]
        if found:
            return [found]
        whole = not column.words or words.unit(column.words) or words.is_count(column.words)
        if whole:
            over = self.matcher.exact("theme", group) if group else ""
            return [over] if over else []
        return [f"new:{words.code_list(group) or 'theme'}"]

    def _entry_of(self, column: Column) -> str:
        if not column.words:
            return ""
        named = words.code_list(column.group) if column.group else ""
        if column.group and words.plain_role(column.group) == Role.THEME:
            named = "theme"
        if named:
            return self.matcher.find(named, column.words)
        if words.unit(column.words) and not self.matcher.exact("theme", column.words):
            exact = [name for name in LISTS if self.matcher.exact(name, column.words)]
            return self.matcher.exact(exact[0], column.words) if exact else ""
        return self.matcher.anywhere(column.words, LISTS)

    def _settle_totals(self, columns: list[Column]) -> None:
        """A column named “Total” is the count itself where there is no other, and the whole beside counts by theme or code."""
        counts = [column for column in columns if column.role == Role.COUNT]
        totals = [column for column in columns if column.role == Role.TOTAL]
        if not counts and totals:
            totals[-1].role = Role.COUNT
            for column in totals[:-1]:
                column.why = Why.NOT_RECOGNISED.value
        elif len(totals) == 1 and all(column.targets for column in counts):
            totals[0].role = Role.COUNT

    def _one_of_each(self, columns: list[Column]) -> None:
        """A line has one theme column for tallies, one hour, one size: the first keeps the role."""
        single = {
            Role.HOUR,
            Role.SIZE,
            Role.MINUTES,
            Role.LANGUAGE,
            Role.COMMUNE,
            Role.UNIT,
            Role.YEAR,
            Role.MONTH,
        }
        taken: set[Role] = set()
        for column in columns:
            if column.role in single and column.role in taken:
                column.role, column.why = Role.IGNORE, Why.NOT_RECOGNISED.value
            taken.add(column.role)


def has_year(stats: Stats) -> bool:
    """Whether the dates of a column say their year themselves."""
    cells = list(stats.values)[:50]
    good = sum(read_date(cell) is not None for cell in cells)
    return good > len(cells) * 0.5
