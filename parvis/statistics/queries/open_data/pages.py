"""The pages of open data: a centre’s years for its director, and its editions for everybody."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import models
from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre
from parvis.statistics.cube.questions import Dimension
from parvis.statistics.facts.clocks import settled_before
from parvis.statistics.facts.refresh import DATED
from parvis.statistics.facts.snapshots import months_between, next_month
from parvis.statistics.models import (
    LateChange,
    Licence,
    OpenEdition,
    OpenFile,
    PublishedTable,
    Snapshot,
    Touched,
)
from parvis.statistics.queries.open_data.frozen import TOTAL, UNKNOWN, Frozen, OpenTable, as_kept
from parvis.statistics.queries.open_data.year import TABLES
from parvis.statistics.queries.reports.content import Table
from parvis.statistics.queries.reports.pages import ShownTable
from parvis.statistics.queries.reports.spans import EARLIEST
from parvis.statistics.shown import Audience, CrossTable, Figure, Hidden, Line

UNITS = sorted({unit.value for unit, _by in TABLES})


class Waits(models.TextChoices):
    """Why a year is not published yet."""

    RUNS = "runs", _("The year is not over.")
    NOT_HELD = "not_held", _("The figures of its last months are not gathered yet: a few nights more.")
    CHANGED = (
        "changed",
        _("A day of it was changed since last night: after the next night the figures stand."),
    )


def waits_for(centre: Centre, year: int, at: datetime) -> Waits | None:
    """Why ``year`` cannot be published at ``at``, if anything: two queries. It is told from settled facts alone."""
    return _held(centre, at)(year)


def _held(centre: Centre, at: datetime) -> Callable[[int], Waits | None]:
    """The same of any year: two queries in all."""
    today = centre.local_day(at)
    rows = Snapshot.objects.in_force().filter(unit__in=UNITS).values_list("unit", "month", "as_of")
    read = {(unit, month): settled_before(centre, as_of) for unit, month, as_of in rows}
    begun = min((month for _unit, month in read), default=None)
    ours = Q(centre=None) | Q(centre=centre)
    touched = set(Touched.objects.filter(ours).values_list("first", "last"))

    def waits(year: int) -> Waits | None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        if last >= today:
            return Waits.RUNS
        months = [month for month in months_between(first, last) if begun and month >= begun]
        wanted = [(unit, month) for month in months for unit in UNITS]
        if not months or any(read.get(key, date.min) < next_month(key[1]) for key in wanted):
            return Waits.NOT_HELD
        changed = any((one or first) <= last and (other or last) >= first for one, other in touched)
        return Waits.CHANGED if changed else None

    return waits


def last_published(centre: Centre) -> int | None:
    """The newest table that left the centre: whoever publishes sees by it that nobody else did meanwhile."""
    found: int | None = PublishedTable.objects.filter(centre=centre).aggregate(last=Max("pk"))["last"]
    return found


def mark_of(frozen: Frozen) -> str:
    """Says whether two years are the same to the digit and word."""
    return sha256(json.dumps(as_kept(frozen), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def default_licence(centre: Centre) -> Licence:
    """What public bodies of the country publish under: France has its own, elsewhere it is Creative Commons."""
    return Licence.LICENCE_OUVERTE if centre.country == "FR" else Licence.CC_BY


@dataclass(frozen=True)
class YearRow:
    """One year of a centre, with its editions, latest first. ``late``: days corrected since the latest one."""

    year: int
    editions: list[OpenEdition]
    waits: Waits | None
    late: int

    @property
    def current(self) -> OpenEdition | None:
        """The edition that everybody reads now."""
        return next((one for one in self.editions if not one.is_withdrawn), None)

    @property
    def offers(self) -> bool:
        """Whether something is there to publish: nothing is out, or days were corrected since."""
        return self.waits is None and (self.current is None or self.late > 0)


def years_of(centre: Centre, at: datetime) -> list[YearRow]:
    """Every year that the centre counted anything in, latest first."""
    today = centre.local_day(at)
    begun: list[date] = []
    for model in DATED:
        rows = model._default_manager.filter(centre=centre, date__gte=date(EARLIEST, 1, 1)).order_by("date")
        begun += rows.values_list("date", flat=True)[:1]
    editions: dict[int, list[OpenEdition]] = {}
    for one in OpenEdition.objects.filter(centre=centre).select_related("published_by").defer("content"):
        editions.setdefault(one.year, []).append(one)
    late = _late(centre, editions)
    held = _held(centre, at)
    years = sorted({*editions, *range(min(begun, default=today).year, today.year + 1)}, reverse=True)
    return [YearRow(year, editions.get(year, []), held(year), late.get(year, 0)) for year in years]


def _late(centre: Centre, editions: dict[int, list[OpenEdition]]) -> dict[int, int]:
    """How many days of each published year were corrected since its latest edition: one query."""
    since = {year: found[0].published_at for year, found in editions.items()}
    if not since:
        return {}
    every = Q()
    for year, at in since.items():
        every |= Q(date__range=(date(year, 1, 1), date(year, 12, 31)), noticed_at__gt=at)
    rows = LateChange.objects.filter(every, centre=centre, unit__in=UNITS)
    days = rows.order_by().values_list("date", flat=True).distinct()
    return dict(Counter(day.year for day in days))


def open_editions(centre: Centre) -> QuerySet[OpenEdition]:
    """A centre's editions, those that were withdrawn too, the latest year first."""
    return OpenEdition.objects.filter(centre=centre).select_related("centre")


def public_editions(centre: Centre) -> list[OpenEdition]:
    """What everybody may have of a centre, with its files: two queries. The latest edition of a year comes first."""
    files = Prefetch("files", OpenFile.objects.defer("body"))
    return list(open_editions(centre).filter(withdrawn_at=None).prefetch_related(files))


def public_edition(slug: str, year: int, number: int) -> OpenEdition | None:
    """One edition, also a withdrawn one: its page says so."""
    files = Prefetch("files", OpenFile.objects.defer("body"))
    rows = OpenEdition.objects.filter(centre__slug=slug, year=year, number=number)
    return rows.select_related("centre").prefetch_related(files).first()


def tables_in(frozen: Frozen, language: str, year: int) -> list[ShownTable]:
    """The tables as a page shows them, in a language in which they are told."""
    return [ShownTable(Table(one.name, in_cells(frozen, one, language, year))) for one in frozen.tables]


def in_cells(frozen: Frozen, table: OpenTable, language: str, year: int) -> CrossTable:
    """One of them as lines and columns: the figures of its file."""
    told = dict(table.cells)
    columns = table.codes(1) if len(table.by) > 1 else []

    def figure(*at: str) -> Figure:
        found = told[at]
        return Hidden.SMALL if found is None else found

    lines = []
    for code in table.codes(0):
        label = _label(frozen, table.by[0], code, language)
        figures = [figure(code, one) for one in columns] or [figure(code)]
        lines.append(Line(label, figures, figure(code, TOTAL) if columns else None))
    unit = frozen.units[table.unit].labels[language]
    return CrossTable(
        title=table.titles[language],
        unit=unit,
        across=frozen.dimensions[table.by[0]].labels[language],
        along=frozen.dimensions[table.by[1]].labels[language] if columns else "",
        columns=[_label(frozen, table.by[1], code, language) for code in columns] or [unit],
        lines=lines,
        column_totals=[figure(TOTAL, one) for one in columns],
        total=figure(*[TOTAL] * len(table.by)),
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        audience=Audience.PUBLIC,
        n=figure(*[TOTAL] * len(table.by)),
        method=table.methods[language],
        notes=table.notes[language],
    )


def _label(frozen: Frozen, dimension: str, code: str, language: str) -> str:
    """A code in words, and a month as people write it."""
    if dimension != Dimension.MONTH or code in (TOTAL, UNKNOWN):
        return frozen.label(dimension, code, language)
    with translation.override(language):
        return date_format(date.fromisoformat(f"{code}-01"), "M Y")


def changes_in(edition: OpenEdition, frozen: Frozen, language: str) -> list[tuple[str, str, Figure, Figure]]:
    """What differs from the edition before, in words: table, line, before, after."""
    tables = {one.name: one for one in frozen.tables}
    found = []
    for name, at, before, after in edition.changes:
        one = tables.get(name)
        title = one.titles[language] if one else name
        by = one.by if one else []
        words = [
            frozen.label(each, code, language) for each, code in zip(by, at, strict=False) if code != TOTAL
        ]
        found.append((title, ", ".join(words), _figure(before), _figure(after)))
    return found


def _figure(n: int | None) -> Figure:
    return Hidden.SMALL if n is None else n


@dataclass(frozen=True)
class Meaning:
    """One column of the files in words, with the codes that it can have."""

    name: str
    label: str
    said: str
    codes: list[tuple[str, str]]


def dictionary(frozen: Frozen, language: str) -> list[Meaning]:
    """What each column of any file means: years, units, dimensions with their codes."""
    found = [
        Meaning(key, one.labels[language], one.meanings.get(language, ""), [])
        for key, one in frozen.units.items()
    ]
    for key, one in frozen.dimensions.items():
        codes = dict.fromkeys(
            code
            for table in frozen.tables
            for name, every in frozen.lists(table)
            if name == key
            for code in every
        )
        words = [(code, frozen.label(key, code, language)) for code in codes] if key in frozen.codes else []
        found.append(Meaning(key, one.labels[language], "", words))
    return found
