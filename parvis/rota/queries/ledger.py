"""The ledger: what partners pledged, what was planned in their name, and what was held; per institution, never per person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from parvis.centres.models import Centre, Theme
from parvis.partners.models import FTE_HOURS, Institution, PartnerSettings
from parvis.partners.queries.contributions import contributed_by_month
from parvis.partners.queries.pledges import pledged_by_month
from parvis.rota.ledger import Account, Cell, HeldRow, SlotRow, Why, account, by, hundredths
from parvis.rota.models import Change, DutySlot, Held
from parvis.rota.periods import Period


@dataclass(frozen=True)
class Figures:
    """Minutes of one row of a table."""

    pledged: int = 0
    planned: int = 0
    held: int = 0  # on duty
    given: int = 0  # events outside duty, trainings, meetings

    @property
    def total(self) -> int:
        """Everything that was given."""
        return self.held + self.given

    @property
    def left(self) -> int:
        """What is missing to what was pledged; below zero, more was given."""
        return self.pledged - self.total

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.pledged + other.pledged,
            self.planned + other.planned,
            self.held + other.held,
            self.given + other.given,
        )


@dataclass(frozen=True)
class Ledger:
    """A centre's ledger of a period."""

    period: Period
    fte_hours: int
    pledged: Mapping[Cell, int]
    account: Account
    given: Mapping[Cell, int]

    @property
    def fte_minutes(self) -> Fraction:
        """Minutes of one full-time equivalent in the period."""
        return Fraction(self.fte_hours * 60 * self.period.months, 12)

    @cached_property
    def institutions(self) -> set[int | None]:
        """Everybody who is in it; none: the centre's own staff."""
        tables = (self.pledged, self.account.planned, self.account.held, self.given)
        return {cell[0] for cells in tables for cell in cells}

    def rows(self, place: int, institution: int | None | str = "") -> dict[int | date | None, Figures]:
        """Figures by institution (0), theme (1) or month (2); of one institution, or of all."""
        tables = [
            by({cell: n for cell, n in cells.items() if institution in ("", cell[0])}, place)
            for cells in (self.pledged, self.account.planned, self.account.held, self.given)
        ]
        return {
            key: Figures(*(table.get(key, 0) for table in tables)) for key in dict.fromkeys(_keys(tables))
        }

    def cells(self, institution: int | None | str = "") -> dict[Cell, Figures]:
        """Figures by institution, theme and month; of one institution, or of all."""
        tables = (self.pledged, self.account.planned, self.account.held, self.given)
        keys = {cell for cells in tables for cell in cells if institution in ("", cell[0])}
        return {cell: Figures(*(cells.get(cell, 0) for cells in tables)) for cell in keys}

    def total(self, institution: int | None | str = "") -> Figures:
        """The sum of all, or of one institution."""
        return sum(self.rows(0, institution).values(), Figures())

    def fte(self, minutes: Iterable[int]) -> list[Fraction]:
        """Each in full-time equivalents of the period, to the hundredth; they add up as they should."""
        whole = self.fte_minutes
        scaled = [part * whole.denominator for part in minutes]
        return [Fraction(n, 100) for n in hundredths(scaled, whole.numerator)]


def ledger(centre: Centre, period: Period, at: datetime) -> Ledger:
    """The ledger of ``period`` as it is known at ``at``: eight queries."""
    first, last = period.first, period.last
    settings = PartnerSettings.objects.filter(centre=centre).first()
    return Ledger(
        period,
        settings.fte_hours if settings else FTE_HOURS,
        _cells(pledged_by_month(centre, first, last)),
        account(slots(centre, first, last, at), stretches(centre, first, last)),
        _cells(contributed_by_month(centre, first, last)),
    )


def slots(centre: Centre, first: date, last: date, at: datetime) -> list[SlotRow]:
    """Every slot of the published rota between two days, both in: two queries."""
    found = DutySlot.objects.filter(centre=centre, half_day__date__range=(first, last))
    told: dict[int, date] = {}
    absences = Change.objects.filter(centre=centre, slot__in=found, after__state=DutySlot.State.ABSENT)
    for slot, when in absences.order_by("at").values_list("slot", "at"):
        told[slot] = centre.local_day(when)  # the last time, where it was taken back in between
    rows = []
    for slot_row in found.select_related("half_day").order_by("pk"):
        half_day = slot_row.half_day
        half_day.centre = centre
        rows.append(
            SlotRow(
                key=slot_row.pk,
                institution=slot_row.institution_id,
                theme=slot_row.theme_id,
                month=half_day.date.replace(day=1),
                minutes=half_day.minutes,
                state=slot_row.state,
                replaces=slot_row.replaces_id,
                over=half_day.bounds[1] <= at,
                late=told.get(slot_row.pk, date.min) >= half_day.date,
            )
        )
    return rows


def stretches(centre: Centre, first: date, last: date) -> list[HeldRow]:
    """Every stretch that was held between two days, both in: one query."""
    return [
        HeldRow(
            slot=held.slot_id,
            institution=held.institution_id,
            theme=held.theme_id,
            month=held.date.replace(day=1),
            minutes=held.minutes,
            lasting=held.ended_at is None,
        )
        for held in Held.objects.filter(centre=centre, date__range=(first, last))
    ]


@dataclass(frozen=True)
class Names:
    """Institutions and themes by key, in the order of tables."""

    institutions: dict[int, Institution]
    themes: dict[int, Theme]


def names(centre: Centre) -> Names:
    """Every institution and theme that can stand in a ledger: two queries."""
    institutions = Institution.objects.filter(relations__centre=centre).order_by("name", "pk")
    themes = Theme.objects.filter(centre=centre).order_by("position", "pk")
    return Names({one.pk: one for one in institutions}, {one.pk: one for one in themes})


def differences(found: Ledger, institution: int | None | str = "") -> list[tuple[Why, int]]:
    """Why what was held is not what was planned, in order; zeros are left out. They add up exactly."""
    sums = {why: 0 for why in Why}
    for key, reasons in found.account.differences.items():
        if institution in ("", key):
            for why, minutes in reasons.items():
                sums[why] += minutes
    return [(why, minutes) for why, minutes in sums.items() if minutes]


def _cells(months: Mapping[date, Mapping[tuple[int, int | None], int]]) -> dict[Cell, int]:
    return {
        (institution, theme, month): minutes
        for month, cells in months.items()
        for (institution, theme), minutes in cells.items()
    }


def _keys(tables: Iterable[Mapping[int | date | None, int]]) -> Iterable[int | date | None]:
    for table in tables:
        yield from table
