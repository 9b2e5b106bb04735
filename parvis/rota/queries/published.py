"""The published rota between two days: who is on at which half-day, for what, and where somebody is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.text import capfirst
from django.utils.translation import get_language_info

from parvis.centres.models import Centre, Theme
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Need, Rota, Terms
from parvis.rota.queries.control import missing_speakers
from parvis.rota.queries.sight import Sight

ICONS = {DutyKind.RECEPTION: "door-open", DutyKind.FACILITATION: "presentation"}
ORDER = [DutyKind.RECEPTION, DutyKind.ADVICE, DutyKind.FACILITATION]
State = DutySlot.State
Kept = TypeVar("Kept", Need, DutySlot)


@dataclass(frozen=True)
class Lane:
    """What one is on for: a theme's advice, the reception, facilitation."""

    duty: DutyKind
    theme: Theme | None
    key: str

    @property
    def name(self) -> str:
        return str(self.theme.name) if self.theme else str(self.duty.label)

    @property
    def icon(self) -> str:
        return ICONS[self.duty]


@dataclass(frozen=True)
class On:
    """One person on duty, as far as the reader may know them."""

    slot: DutySlot
    name: str
    known: bool
    institution: str
    me: bool

    @property
    def absent(self) -> bool:
        return self.slot.state == State.ABSENT


@dataclass(frozen=True)
class Unspoken:
    """A language that is asked for at a half-day, and how many who speak it are missing."""

    language: str
    missing: int

    @property
    def name(self) -> str:
        """In the reader's own language."""
        return capfirst(str(get_language_info(self.language)["name_translated"]))


def unspoken(needs: Iterable[Need], spoken: Iterable[Sequence[str]]) -> list[Unspoken]:
    """What ``needs`` of one lane ask for and those who come, with the languages they speak, do not offer."""
    spoken = list(spoken)
    found = [missing_speakers(need.languages, spoken) for need in needs if need.languages]
    return [Unspoken(code, n) for missing in found for code, n in missing.items()]


@dataclass(frozen=True)
class Cell:
    """One lane at one half-day."""

    lane: Lane
    wanted: int
    people: list[On]
    rooms: list[str] = field(default_factory=list)
    unspoken: list[Unspoken] = field(default_factory=list)  # for who plans

    @property
    def on(self) -> list[On]:
        """Those who come."""
        return [one for one in self.people if not one.absent]

    @property
    def missing(self) -> int:
        return max(0, self.wanted - len(self.on))

    @property
    def empty(self) -> bool:
        return not self.wanted and not self.people


@dataclass(frozen=True)
class Row:
    """One half-day, a cell for each lane of the page."""

    half_day: HalfDay
    cells: list[Cell]
    institutions: int  # distinct ones; the centre's own staff is one
    now: bool

    @property
    def missing(self) -> int:
        return sum(cell.missing for cell in self.cells)

    @property
    def unspoken(self) -> int:
        """In how many lanes a language is missing."""
        return sum(bool(cell.unspoken) for cell in self.cells)

    @property
    def wanted(self) -> int:
        return sum(cell.wanted for cell in self.cells)

    @property
    def filled(self) -> int:
        return self.wanted - self.missing

    @property
    def one_sided(self) -> bool:
        """Whether fewer institutions come than the half-day asks for."""
        return self.institutions < self.half_day.institutions_min

    @property
    def others(self) -> list[Cell]:
        """The cells that say something."""
        return [cell for cell in self.cells if not cell.empty]


@dataclass(frozen=True)
class Day:
    """One day, with its half-days in order."""

    date: date
    rows: list[Row]
    today: bool
    past: bool

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.rows)


@dataclass(frozen=True)
class Stretch:
    """The rota from ``first`` to ``last``, both included."""

    first: date
    last: date
    days: list[Day]
    lanes: list[Lane]
    version: int
    changed_at: datetime | None
    several_sites: bool

    @property
    def rows(self) -> list[Row]:
        return [row for day in self.days for row in day.rows]

    @property
    def ahead(self) -> bool:
        """Whether it has half-days that are not over."""
        return any(day.rows and not day.past for day in self.days)

    @property
    def missing(self) -> int:
        """Seats that somebody can still be found for."""
        return sum(day.missing for day in self.days if not day.past)

    @property
    def unspoken(self) -> int:
        """In how many lanes of half-days a language is missing that somebody can still be found for."""
        return sum(row.unspoken for day in self.days if not day.past for row in day.rows)

    def narrowed(self, *, lane: str = "", site: int | None = None, gaps: bool = False) -> Stretch:
        """Only one lane, one site, or what lacks somebody."""
        lanes = [one for one in self.lanes if one.key == lane] or self.lanes
        kept = {one.key for one in lanes}
        days = []
        for day in self.days:
            rows = [_cut(row, kept) for row in day.rows if site in (None, row.half_day.site_id)]
            days.append(
                Day(day.date, [r for r in rows if r.missing or r.unspoken or not gaps], day.today, day.past)
            )
        return Stretch(self.first, self.last, days, lanes, self.version, self.changed_at, self.several_sites)


def _cut(row: Row, kept: set[str]) -> Row:
    return Row(row.half_day, [c for c in row.cells if c.lane.key in kept], row.institutions, row.now)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of ``day``."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def stretch(centre: Centre, first: date, last: date, sight: Sight, at: datetime) -> Stretch:
    """The published rota of ``centre`` from ``first`` to ``last`` as a reader sees it at ``at``: four queries, five for who plans."""
    half_days = list(
        HalfDay.objects.filter(centre=centre).between(first, last).select_related("site", "centre")
    )
    needs, slots = _needs(centre, first, last), _slots(centre, first, last)
    rota = Rota.objects.filter(centre=centre).first()
    spoken = _spoken(centre) if sight.plans else None
    lanes = _lanes([*needs, *slots])
    wanted, held = _by_half_day(needs), _by_half_day(slots)
    rows: dict[date, list[Row]] = defaultdict(list)
    for one in half_days:
        here = _Here(wanted.get(one.pk, []), held.get(one.pk, []), sight, spoken)
        rows[one.date].append(_row(one, here, lanes, at))
    today = centre.local_day(at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Stretch(
        first=first,
        last=last,
        days=[Day(day, rows.get(day, []), day == today, day < today) for day in days],
        lanes=lanes,
        version=rota.version if rota else 0,
        changed_at=rota.changed_at if rota else None,
        several_sites=len({one.site_id for one in half_days}) > 1,
    )


def _needs(centre: Centre, first: date, last: date) -> list[Need]:
    found = Need.objects.filter(half_day__centre=centre, half_day__date__range=(first, last), seats__gt=0)
    return list(found.select_related("theme", "space"))


def _slots(centre: Centre, first: date, last: date) -> list[DutySlot]:
    found = DutySlot.objects.filter(centre=centre).exclude(state=State.CANCELLED).between(first, last)
    return list(found.select_related("person", "theme", "space", "institution"))


def _by_half_day(rows: Iterable[Kept]) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = defaultdict(list)
    for row in rows:
        found[row.half_day_id].append(row)
    return found


def lane_key(row: Need | DutySlot) -> str:
    """The lane that a need or a slot belongs to: whoever facilitates does so for no theme's desk."""
    return f"theme-{row.theme_id}" if row.duty == DutyKind.ADVICE else str(row.duty)


def _lanes(rows: Iterable[Need | DutySlot]) -> list[Lane]:
    """Every lane that is wanted or held: reception, the themes in the centre's order, facilitation."""
    found: dict[str, Lane] = {}
    for row in rows:
        duty, key = DutyKind(row.duty), lane_key(row)
        if key not in found:
            found[key] = Lane(duty, row.theme if duty == DutyKind.ADVICE else None, key)
    return sorted(
        found.values(),
        key=lambda one: (ORDER.index(one.duty), one.theme.position if one.theme else 0, one.key),
    )


def _spoken(centre: Centre) -> dict[int, list[str]]:
    """Person -> the languages in which they give advice."""
    return dict(Terms.objects.filter(centre=centre).values_list("person", "languages"))


@dataclass(frozen=True)
class _Here:
    """What is wanted and who is on at one half-day; ``spoken`` for who plans."""

    needs: list[Need]
    slots: list[DutySlot]
    sight: Sight
    spoken: dict[int, list[str]] | None


def _row(half_day: HalfDay, here: _Here, lanes: list[Lane], at: datetime) -> Row:
    standing = [one for one in here.slots if one.state == State.PLANNED]
    begins, ends = half_day.bounds
    return Row(
        half_day=half_day,
        cells=[_cell(lane, here) for lane in lanes],
        institutions=len({one.institution_id for one in standing}),
        now=begins <= at < ends,
    )


def _cell(lane: Lane, here: _Here) -> Cell:
    wanted = [one for one in here.needs if lane_key(one) == lane.key]
    people = [_on(one, here.sight) for one in here.slots if lane_key(one) == lane.key]
    spaces = [*(one.space for one in wanted), *(one.slot.space for one in people)]
    rooms = {str(space) for space in spaces if space}
    people.sort(key=lambda one: (one.absent, not one.known, one.name.casefold(), one.slot.pk))
    missing: list[Unspoken] = []
    if here.spoken is not None:
        on = [here.spoken.get(one.slot.person_id or 0, []) for one in people if not one.absent]
        missing = unspoken(wanted, on)
    return Cell(lane, sum(one.seats for one in wanted), people, sorted(rooms), missing)


def _on(slot: DutySlot, sight: Sight) -> On:
    return On(
        slot=slot,
        name=sight.name(slot),
        known=sight.knows(slot),
        institution=sight.institution(slot),
        me=slot.person_id == sight.person.pk,
    )
