"""How a file is to be read: proposed, changed by a person, kept as JSON with the import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from parvis.reception.past.headings import PROFILE_LISTS, Role, announces
from parvis.reception.past.wording import fold

VISITS, TALLIES = "visits", "tallies"
NEW, LEAVE = (
    "new",
    "leave",
)  # what to do with a wording, besides an entry: make a closed entry, or leave it out


@dataclass
class Column:
    """One column: what stands in it, and what it is for."""

    index: int
    heading: str
    role: Role = Role.IGNORE
    code_list: str = ""  # for CODE
    unit: str = ""  # for COUNT
    targets: list[str] = field(default_factory=list)  # for COUNT and TICK: theme or code, or NEW, or LEAVE
    hour: int | None = None  # for COUNT
    why: str = ""
    filled: int = 0
    distinct: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The last part of the heading: the wording of what is counted or ticked."""
        return self.heading.rpartition(" › ")[2]

    @property
    def group(self) -> str:
        """The heading above, where there are two."""
        return self.heading.rpartition(" › ")[0]

    @property
    def values_list(self) -> str:
        """The list whose entries stand in this column's cells, or ``""``."""
        return "theme" if self.role == Role.THEME else self.code_list if self.role == Role.CODE else ""

    @property
    def of_profile(self) -> bool:
        """Whether it describes the public: answers kept apart from acts."""
        return self.role == Role.COMMUNE or (self.role == Role.CODE and self.code_list in PROFILE_LISTS)

    @property
    def sums_up(self) -> bool:
        """Whether it gives the whole of its line, to be compared with the columns beside it."""
        whole = self.role == Role.COUNT and not self.targets and announces(self.words) == "total"
        return self.role == Role.TOTAL or whole

    @property
    def dimension(self) -> str:
        """What this column breaks a unit down by. Two dimensions of one unit are never added together."""
        kinds = "+".join(
            sorted({target.partition(":")[0] for target in self.targets if target not in (LEAVE,)})
        )
        return f"{self.unit}/{self.group}/{kinds}/{'hour' if self.hour is not None else ''}"


@dataclass
class SheetUse:
    """One sheet: whether it is read, where its table begins, and its own order of columns."""

    index: int
    name: str
    used: bool = True
    why: str = ""
    top: int = -1  # first row of the heading, from 0; -1 where there is none
    first: int = 0  # first row of data
    year: int | None = None
    month: int | None = None
    order: list[int] = field(
        default_factory=list
    )  # place in the plan → place in this sheet, -1 where missing
    rows: int = 0


@dataclass
class Plan:
    """Everything needed to turn the file into rows, and nothing else."""

    shape: str = VISITS
    transposed: bool = False
    order: str = "dmy"
    fill_down: bool = False
    needs_year: bool = False
    sheets: list[SheetUse] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # list → folded wording → target, NEW or LEAVE
    unit: str = "contact"  # of tallies whose columns do not say
    channel: str = ""  # of visits whose line does not say
    recorded_days: bool = False  # bring in days on which acts were recorded here as well
    sum_themes: bool = False  # of tallies by theme without a whole: each visitor stands under one theme only
    overlap: bool = False  # bring in days that another file has already brought in

    def as_json(self) -> dict[str, Any]:
        """A plain copy."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The plan behind :meth:`as_json`."""
        parts = dict(kept)
        sheets = [SheetUse(**sheet) for sheet in parts.pop("sheets", [])]
        columns = [Column(**{**column, "role": Role(column["role"])}) for column in parts.pop("columns", [])]
        return cls(sheets=sheets, columns=columns, **parts)

    def resolved(self, made: Callable[[str, str], str]) -> Plan:
        """A copy in which ``made(list, wording)`` gives the entry for each wording that asks for a new one."""
        columns = [
            replace(
                column,
                targets=[
                    made(target.partition(":")[2], fold(column.words)) if target.startswith(NEW) else target
                    for target in column.targets
                ],
            )
            for column in self.columns
        ]
        values = {
            name: {
                wording: made(name, wording) if target == NEW else target for wording, target in found.items()
            }
            for name, found in self.values.items()
        }
        return replace(self, columns=columns, values=values)

    def wanted(self) -> set[tuple[str, str]]:
        """The entries to be made: (list, folded wording), in the columns that are read."""
        lists = {column.values_list for column in self.columns if column.values_list}
        found = {
            (name, wording)
            for name, values in self.values.items()
            for wording, target in values.items()
            if target == NEW and name in lists
        }
        for column in self.of_role(Role.COUNT, Role.TICK):
            found |= {
                (target.partition(":")[2], fold(column.words))
                for target in column.targets
                if target.startswith(NEW)
            }
        return found

    @property
    def themes_only(self) -> list[Column]:
        """The counts by theme of a file whose columns give no whole; else nothing."""
        counts = self.of_role(Role.COUNT)
        if self.shape != TALLIES or not all(column.targets for column in counts):
            return []
        return [column for column in counts if all(_is_theme(target) for target in column.targets)]

    def of_role(self, *roles: Role) -> list[Column]:
        """The columns with one of these roles."""
        return [column for column in self.columns if column.role in roles]


def _is_theme(target: str) -> bool:
    return target.startswith("theme:") or target == f"{NEW}:theme"
