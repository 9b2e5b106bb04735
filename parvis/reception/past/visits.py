"""One row per visit: an act with its codes, and the answers about the public apart from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from parvis.reception.past.cells import Cell, Row, shown
from parvis.reception.past.dates import DAY, When, read_clock
from parvis.reception.past.headings import PROFILE_LISTS, Role, is_tick
from parvis.reception.past.languages import language_code
from parvis.reception.past.numbers import read_count, read_minutes
from parvis.reception.past.outcome import Line, Note, Reason, Visit
from parvis.reception.past.plan import LEAVE, Column
from parvis.reception.past.reader import Reader
from parvis.reception.past.wording import fold
from parvis.reception.past.wordings import parts_of

LARGEST = 2_000  # people in one group
Coded = tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]  # for the key, (id, people or 0), left out


@dataclass
class _Draft:
    """What is gathered from one row."""

    content: list[str] = field(default_factory=list)
    profile: list[str] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    codes: dict[int, int] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    channel: int = 0
    service: int | None = None
    non_contact: bool = False
    size: int = 1
    minutes: int | None = None
    minute: int | None = None
    language: str = ""
    commune: str = ""
    notes: list[Note] = field(default_factory=list)


T = TypeVar("T")
Take = Callable[[_Draft, Cell], None]


class VisitReader(Reader):
    """Reads visits. ``lists`` of targets come from the plan; their ids are the centre's."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.channel = _id(self.plan.channel) or 0
        self._coded: dict[int, dict[Cell, Coded]] = {column.index: {} for column in self.plan.columns}
        kinds = {
            Role.THEME: self._take_codes,
            Role.CODE: self._take_codes,
            Role.TICK: self._take_tick,
            Role.HOUR: self._take_hour,
            Role.SIZE: self._take_size,
            Role.MINUTES: self._take_minutes,
            Role.LANGUAGE: self._take_language,
            Role.COMMUNE: self._take_commune,
        }
        self._takes: list[tuple[int, Take]] = [
            (column.index, kinds[column.role](column)) for column in self.plan.columns if column.role in kinds
        ]

    def read(self, line: Line, row: Row, when: When) -> None:
        """The visit of this row."""
        if when.span != DAY:
            self.leave(line, row, Reason.NOT_A_DAY)
            return
        draft = _Draft(minute=when.minute)
        width = len(row)
        for index, take in self._takes:
            if index < width and (cell := row[index]) is not None:
                take(draft, cell)
        line.notes += draft.notes
        line.visit = self._visit(draft, when)

    def _visit(self, draft: _Draft, when: When) -> Visit:
        day = when.day.isoformat()
        group = draft.size > 1
        profile_key = self.key(f"profile|{day}|{'|'.join(sorted(draft.profile))}") if draft.profile else None
        # Nothing of the answers goes into the act's key: nobody may tell from it whose answers they were.
        content = f"visit|{day}|{draft.minute}|{'|'.join(sorted(draft.content))}"
        return Visit(
            key=self.key(content),
            day=when.day,
            minute=draft.minute,
            themes=tuple(dict.fromkeys(draft.themes)),
            channel=draft.channel or self.channel,
            service=draft.service,
            size=draft.size,
            minutes=draft.minutes,
            language=draft.language,
            codes=tuple(
                (code, (min(people, draft.size) or draft.size) if group else 1)
                for code, people in draft.codes.items()
            ),
            non_contact=draft.non_contact and not group,
            profile_key=profile_key,
            answers=tuple(dict.fromkeys(draft.answers)),
            commune=draft.commune,
        )

    # One taker per kind of column

    def _take_codes(self, column: Column) -> Take:
        name, known = column.values_list, self._coded[column.index]

        def take(draft: _Draft, cell: Cell) -> None:
            found = known.get(cell)
            if found is None:
                found = known[cell] = self._resolve(column, cell)
            content, targets, left = found
            (draft.profile if name in PROFILE_LISTS else draft.content).append(content)
            for target, people in targets:
                _put(draft, name, target, people)
            for text in left:
                draft.notes.append(Note(Reason.LEFT_OUT, text))

        return take

    def _resolve(self, column: Column, cell: Cell) -> Coded:
        """The entries that a cell means. Wordings that could name somebody are left out and not repeated."""
        name, text = column.values_list, shown(cell)
        chosen = self.plan.values.get(name, {})
        targets, left = [], []
        for part, people in parts_of(text, name, self.matcher):
            target = chosen.get(fold(part), LEAVE)
            if (number := _id(target)) is not None:
                targets.append((number, people if "×" in text else 0))
            elif fold(part):
                left.append(column.heading or name)
        return f"{name}={fold(text)}", tuple(targets), tuple(left)

    def _take_tick(self, column: Column) -> Take:
        target = column.targets[0] if column.targets else LEAVE
        number, name = _id(target), "theme" if target.startswith("theme:") else "need"
        content = f"tick={fold(column.heading)}"

        def take(draft: _Draft, cell: Cell) -> None:
            if number is not None and (cell == 1 or is_tick(str(cell))):
                draft.content.append(content)
                _put(draft, name, number, 0)

        return take

    def _take_hour(self, column: Column) -> Take:
        read = remembered(read_clock)

        def take(draft: _Draft, cell: Cell) -> None:
            minute = read(cell)
            if minute is None:
                draft.notes.append(Note(Reason.BAD_HOUR, shown(cell)[:40]))
            else:
                draft.minute = minute

        return take

    def _take_size(self, column: Column) -> Take:
        read = remembered(read_count)

        def take(draft: _Draft, cell: Cell) -> None:
            size = read(cell)
            if isinstance(size, int) and 1 <= size <= LARGEST:
                draft.size = size
                if size > 1:
                    draft.content.append(f"size={size}")
            elif isinstance(size, int) or size.value != "empty":
                draft.notes.append(Note(Reason.BAD_SIZE, shown(cell)[:40]))

        return take

    def _take_minutes(self, column: Column) -> Take:
        read = remembered(read_minutes)

        def take(draft: _Draft, cell: Cell) -> None:
            draft.minutes = read(cell)
            if draft.minutes is None:
                if read_count(cell) not in ("empty", "not_known"):
                    draft.notes.append(Note(Reason.BAD_MINUTES, shown(cell)[:40]))
            else:
                draft.content.append(f"minutes={draft.minutes}")

        return take

    def _take_language(self, column: Column) -> Take:
        read = remembered(lambda cell: language_code(shown(cell)))

        def take(draft: _Draft, cell: Cell) -> None:
            draft.language = read(cell)
            if draft.language:
                draft.content.append(f"language={draft.language}")

        return take

    def _take_commune(self, column: Column) -> Take:
        read = remembered(postcode_start)

        def take(draft: _Draft, cell: Cell) -> None:
            digits = read(cell)
            if digits:
                draft.commune = digits
                draft.profile.append(f"commune={digits}")

        return take

    def total(self, line: Line, row: Row, kind: str) -> None:
        """Totals below a list of visits are left aside."""
        self.leave(line, row, Reason.TOTAL if kind == "total" else Reason.AVERAGE)


def remembered(read: Callable[[Cell], T]) -> Callable[[Cell], T]:
    """``read`` with a memory: half a million lines have some hundred different cells in a column."""
    known: dict[Cell, T] = {}

    def again(cell: Cell) -> T:
        if cell not in known:
            if len(known) > 50_000:
                known.clear()
            known[cell] = read(cell)
        return known[cell]

    return again


def _put(draft: _Draft, name: str, target: int, people: int) -> None:
    if name == "theme":
        draft.themes.append(target)
    elif name == "channel":
        draft.channel = target
    elif name == "service":
        draft.service = target
    elif name in PROFILE_LISTS:
        draft.answers.append(target)
    else:
        draft.codes[target] = people
        draft.non_contact = draft.non_contact or name == "non_contact"


def _id(target: str) -> int | None:
    kind, _, number = target.partition(":")
    return int(number) if kind in ("theme", "code") else None


def postcode_start(cell: Cell) -> str:
    """The first three characters of a postcode: “75012 Paris” gives “750”. A town's name gives nothing."""
    text = shown(cell)
    if isinstance(cell, int):
        text = f"{cell:05d}" if cell > 999 else str(cell)
    first = text.replace(" ", "")[:3]
    return first if len(first) >= 2 and first[:2].isdigit() else ""
