"""What the pages of seasons show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from parvis.centres.models import Centre, Theme
from parvis.rota.models import DutyKind, HalfDay, Need, PatternHalfDay, PatternNeed, SchoolHoliday, Season


@dataclass(frozen=True)
class SeasonLine:
    """One season on the list; ``seats`` of its whole week."""

    season: Season
    half_days: int
    seats: int
    over: bool


@dataclass(frozen=True)
class Seasons:
    """The first page of needs."""

    lines: list[SeasonLine]
    holidays: list[SchoolHoliday]  # that have not ended
    laid_out_to: date | None  # the last half-day of the calendar


@dataclass(frozen=True)
class Column:
    """One duty of a season's grid."""

    duty: DutyKind
    theme: Theme | None

    @property
    def key(self) -> str:
        """A part of its fields’ names."""
        return f"{self.duty}.{self.theme.pk if self.theme else 0}"


@dataclass(frozen=True)
class Seats:
    """One cell: so many seats, and what else is asked for."""

    column: Column
    name: str
    n: int
    languages: list[tuple[str, int]]
    room: str


@dataclass(frozen=True)
class Row:
    """One half-day of a season's grid."""

    half_day: PatternHalfDay
    cells: list[Seats]
    several_sites: bool

    @property
    def weekday(self) -> str:
        """“Monday”."""
        return capfirst(str(WEEKDAYS[self.half_day.weekday]))

    @property
    def total(self) -> int:
        """All its seats."""
        return sum(cell.n for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """The week of a season."""

    season: Season
    columns: list[Column]
    rows: list[Row]


def seasons(centre: Centre, today: date) -> Seasons:
    """Every season, those over last, school holidays to come, and how far the calendar is laid out: five queries."""
    rows = list(centre.seasons.prefetch_related("half_days__needs"))
    lines = [
        SeasonLine(
            season,
            len(season.half_days.all()),
            sum(need.seats for half_day in season.half_days.all() for need in half_day.needs.all()),
            over=season.valid_to is not None and season.valid_to <= today,
        )
        for season in rows
    ]
    last = HalfDay.objects.filter(centre=centre).order_by("-date").first()
    return Seasons(
        lines=sorted(lines, key=lambda line: line.over),
        holidays=list(SchoolHoliday.objects.filter(centre=centre, last_day__gte=today)),
        laid_out_to=last.date if last else None,
    )


def columns(centre: Centre, day: date, used: Iterable[PatternNeed | Need]) -> list[Column]:
    """Advice on each theme that is open on ``day`` or used, the reception, facilitation: one query."""
    kept = [need.theme_id for need in used if need.theme_id]
    open_then = Q(valid_to=None) | Q(valid_to__gt=day) | Q(pk__in=kept)
    themes = Theme.objects.filter(open_then, centre=centre).order_by("position", "pk")
    found = [Column(DutyKind.ADVICE, theme) for theme in themes]
    found += [Column(DutyKind.RECEPTION, None), Column(DutyKind.FACILITATION, None)]
    by_pk = {theme.pk: theme for theme in themes}
    other = {
        (DutyKind(need.duty), need.theme_id)
        for need in used
        if need.duty != DutyKind.ADVICE and need.theme_id in by_pk
    }
    return found + [Column(duty, by_pk[pk]) for duty, pk in sorted(other, key=str) if pk]


def grid(season: Season, day: date) -> Grid:
    """The week of ``season``, half-day by half-day and duty by duty: four queries."""
    half_days = list(season.half_days.select_related("site").prefetch_related("needs__space"))
    used = [need for half_day in half_days for need in half_day.needs.all()]
    shown = columns(season.centre, day, used)
    several = len({half_day.site_id for half_day in half_days}) > 1
    return Grid(season, shown, [_row(half_day, shown, several) for half_day in half_days])


def _row(half_day: PatternHalfDay, shown: list[Column], several: bool) -> Row:
    needs = {(need.duty, need.theme_id): need for need in half_day.needs.all()}
    cells = []
    for column in shown:
        need = needs.get((column.duty, column.theme.pk if column.theme else None))
        cells.append(
            Seats(
                column,
                f"n.{half_day.pk}.{column.key}",
                need.seats if need else 0,
                sorted(need.languages.items()) if need else [],
                str(need.space) if need and need.space else "",
            )
        )
    return Row(half_day, cells, several)
