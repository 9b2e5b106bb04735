"""What each centre of a network has handed in for a period that is over, and what is still to come.

Nothing here compares centres: what is asked is whether a figure is there, never how high it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery

from parvis.centres.models import Centre, Network, Site
from parvis.centres.queries.opening import open_minutes
from parvis.reception.models import Act, Day, PastImport, Ticket
from parvis.reception.models.past import Stage
from parvis.rota.periods import Period
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension, Question
from parvis.statistics.models import DashboardDay, Reminder, ReminderMail, Report
from parvis.statistics.queries.explorer.answering import answered, engine_words
from parvis.statistics.queries.network import words
from parvis.statistics.queries.network.measured import Otherwise, otherwise

DASHBOARD = "ready:dashboard"
NOT_BEGUN: tuple[Report | None, int] = (None, 0)
GRACE = timedelta(days=1)  # an evening is often signed the morning after


class State(StrEnum):
    """Of a centre, over the period. ``QUIET``: nothing was to be expected."""

    THERE = "there"
    PARTIAL = "partial"
    LATE = "late"
    NOTHING = "nothing"
    QUIET = "quiet"


@dataclass(frozen=True)
class Evenings:
    """Days on which the centre was open, and those of them that nobody signed."""

    opened: int
    brought_in: int  # figures came with a sheet of the past: nothing to sign
    missing: tuple[date, ...]

    @property
    def signed(self) -> int:
        return self.opened - self.brought_in - len(self.missing)


@dataclass(frozen=True)
class Dashboard:
    """A year's dashboard of one centre: whether it was begun or published, and until when it is asked for."""

    year: int
    due: date | None
    report: Report | None
    sent: int
    today: date

    @property
    def is_there(self) -> bool:
        return self.report is not None and not self.report.is_draft

    @property
    def is_late(self) -> bool:
        """Only where a day was set, and is past."""
        return not self.is_there and self.due is not None and self.due < self.today


@dataclass(frozen=True)
class CentreLine:
    """One centre: what is there, what is missing, what it measures otherwise."""

    centre: Centre
    since: date | None  # its first day in Parvis
    evenings: Evenings
    empty_months: tuple[date, ...]  # open, and nobody noted any contact
    dashboard: Dashboard
    otherwise: Otherwise
    reminders: tuple[Reminder, ...]  # the latest first
    reminded_today: bool
    period: Period

    @property
    def state(self) -> State:
        if self.dashboard.is_late:
            return State.LATE
        if not self.evenings.opened:
            return State.QUIET
        if self.evenings.signed <= 0 and not self.evenings.brought_in:
            return State.NOTHING
        return State.PARTIAL if self.evenings.missing or self.empty_months else State.THERE

    @property
    def state_said(self) -> str:
        return words.state_said(self.state)

    @property
    def missing_said(self) -> list[str]:
        """A sentence for each thing that is still to come, in the active language."""
        return list(words.missing_said(self))

    @property
    def otherwise_said(self) -> list[str]:
        return list(words.otherwise_said(self.otherwise))

    @property
    def is_missing(self) -> bool:
        """Whether there is anything to remind it of."""
        return self.state in {State.LATE, State.NOTHING, State.PARTIAL}


@dataclass(frozen=True)
class Presence:
    """Every centre of a network by name."""

    period: Period
    today: date
    year: int
    due: DashboardDay | None
    lines: list[CentreLine]

    @property
    def missing(self) -> list[CentreLine]:
        return [line for line in self.lines if line.is_missing]

    @property
    def complete(self) -> int:
        return sum(line.state is State.THERE for line in self.lines)


def dashboard_year(period: Period) -> int:
    """The last whole year that was over when the period was."""
    return period.last.year if (period.last.month, period.last.day) == (12, 31) else period.last.year - 1


def presence(
    network: Network, centres: Sequence[Centre], period: Period, today: date, at: datetime
) -> Presence:
    """All centres of ``network`` for ``period``, which is over: as many queries for one as for many."""
    year = dashboard_year(period)
    due = DashboardDay.objects.filter(network=network, year=year).select_related("set_by").first()
    reports = _dashboards(centres, year)
    since, imports = first_days(centres), _brought_in(centres, period)
    expected = expected_days(centres, since, period, today)
    signed, counted = _signed(centres, period), _months_with_contacts(centres, period, at)
    reminders, remarks = _reminders(centres), otherwise(centres, period, at)
    lines = []
    for centre in centres:
        pk, days = centre.pk, expected[centre.pk]
        asked = tuple(reminders[pk])
        lines.append(
            CentreLine(
                centre,
                since[pk],
                Evenings(len(days), len(days & imports[pk]), tuple(sorted(days - imports[pk] - signed[pk]))),
                _empty(days - imports[pk], counted[pk]),
                Dashboard(year, due.due if due else None, *reports.get(pk, NOT_BEGUN), today),
                remarks[pk],
                asked,
                any(one.on >= centre.local_day(centre.now()) for one in asked),
                period,
            )
        )
    return Presence(period, today, year, due, lines)


def first_days(centres: Sequence[Centre]) -> dict[int, date | None]:
    """The first day of which a centre recorded anything: one query, read from the front of three indexes."""

    def first(model: type[Act | Ticket | Day]) -> Subquery:
        rows = model.objects.filter(centre=OuterRef("pk")).order_by("date")
        return Subquery(rows.values("date")[:1])

    found: dict[int, date | None] = {}
    rows = Centre.objects.filter(pk__in=[one.pk for one in centres])
    for pk, *days in rows.annotate(act=first(Act), ticket=first(Ticket), day=first(Day)).values_list(
        "pk", "act", "ticket", "day"
    ):
        found[pk] = min((day for day in days if day), default=None)
    return found


def _brought_in(centres: Sequence[Centre], period: Period) -> dict[int, set[date]]:
    """The days whose figures came with sheets of the past, by centre: one query."""
    rows = PastImport.objects.filter(
        centre__in=centres, stage=Stage.DONE, first_day__lte=period.last, last_day__gte=period.first
    )
    found: dict[int, set[date]] = defaultdict(set)
    for row in rows.only("centre", "first_day", "last_day"):
        first, last = (
            max(row.first_day or period.first, period.first),
            min(row.last_day or period.last, period.last),
        )
        found[row.centre_id] |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


def expected_days(
    centres: Sequence[Centre], since: dict[int, date | None], period: Period, today: date
) -> dict[int, set[date]]:
    """The days on which a centre was open by its hours, since it works with Parvis: three queries."""
    last = min(period.last, today - GRACE - timedelta(days=1))
    sites = Site.objects.filter(centre__in=centres).select_related("centre")
    opened = open_minutes(sites, period.first, last)
    return {
        one.pk: {day for day in opened.get(one.pk, {}) if day >= (since[one.pk] or period.first)}
        for one in centres
    }


def _signed(centres: Sequence[Centre], period: Period) -> dict[int, set[date]]:
    """The signed days by centre: one query."""
    rows = Day.objects.filter(
        centre__in=centres, date__range=(period.first, period.last), signed_at__isnull=False
    )
    found: dict[int, set[date]] = defaultdict(set)
    for centre, day in rows.values_list("centre", "date"):
        found[centre].add(day)
    return found


def _months_with_contacts(centres: Sequence[Centre], period: Period, at: datetime) -> dict[int, set[date]]:
    """The months in which a centre counted any contact: from the files of facts."""
    asked = Question(
        Unit.CONTACTS,
        (Dimension.CENTRE, Dimension.MONTH),
        period.first,
        period.last,
        frozenset(one.pk for one in centres),
    )
    found: dict[int, set[date]] = defaultdict(set)
    for (centre, month), count in answered(asked, engine_words(centres), centres, at).cells.items():
        if isinstance(centre, int) and isinstance(month, date) and count.n > 0:
            found[centre].add(month)
    return found


def _empty(days: set[date], counted: set[date]) -> tuple[date, ...]:
    """Months in which figures were to be expected, and there are none."""
    return tuple(sorted({day.replace(day=1) for day in days} - counted))


def _dashboards(centres: Sequence[Centre], year: int) -> dict[int, tuple[Report | None, int]]:
    """By centre the year's dashboard, the published one where there is one, and to how many people it went: one query."""
    rows = Report.objects.filter(
        centre__in=centres, model=DASHBOARD, first=date(year, 1, 1), last=date(year, 12, 31)
    ).exclude(state=Report.State.REPLACED)
    found: dict[int, tuple[Report | None, int]] = {}
    for row in rows.annotate(sent=Count("sendings", filter=Q(sendings__left_at__isnull=False))):
        held, _sent = found.get(row.centre_id, NOT_BEGUN)
        if held is None or (held.is_draft and not row.is_draft):
            found[row.centre_id] = (row, row.sent)
    return found


def _reminders(centres: Sequence[Centre]) -> dict[int, list[Reminder]]:
    """By centre its reminders, the latest first, each with its mails: two queries."""
    rows = Reminder.objects.filter(centre__in=centres).order_by("-asked_at", "-pk")
    mails = Prefetch("mails", ReminderMail.objects.order_by("pk"))
    found: dict[int, list[Reminder]] = defaultdict(list)
    for row in rows.select_related("asked_by").prefetch_related(mails):
        found[row.centre_id].append(row)
    return found
