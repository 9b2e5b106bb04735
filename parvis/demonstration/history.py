"""A believable past: every open day written, then signed in its evening, with a few corrections afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count

from parvis.demonstration.arrivals import Hours, days_between
from parvis.demonstration.ground import Ground
from parvis.demonstration.past import DayWriter, Ledger
from parvis.demonstration.rows import Table, numbered_here, write_all
from parvis.demonstration.whole_day import WholeDay
from parvis.reception.actions import correct_day, resolve_all, sign_day
from parvis.reception.models import Day, Ticket
from parvis.reception.queries.figures import DayFigures, figures_by_day

ROWS_AT_ONCE = 60_000
SIGNED_AFTER = 25  # minutes from closing to signature
GAPS = ("self_service", "companions", "in_and_out", "event", "staff")
REMARKS = {
    "fr": ("Compteur arrêté une heure.", "Groupe arrivé sans prévenir.", "Forum de l’emploi à côté."),
    "fi": (
        "Laskuri oli hetken pois päältä.",
        "Ryhmä saapui ilmoittamatta.",
        "Rekrytointitapahtuma naapurissa.",
    ),
}
REASONS = {
    "fr": ("Recompté d’après l’affichage du compteur.", "Une saisie oubliée, retrouvée le lendemain."),
    "fi": ("Laskettu uudelleen laskurin näytöltä.", "Unohtunut kirjaus löytyi seuraavana päivänä."),
}


@contextmanager
def swift_writes() -> Iterator[None]:
    """On SQLite, for a database that is only being made: one flush at the end instead of one a page of the cache."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size=-200000")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-32000")


def write_past(ground: Ground, first: date, last: date, *, all_signed: bool = False) -> int:
    """Every open day from ``first`` to ``last``, both over; returns how many rows that were. One transaction of the caller."""
    hours = ground.hours(first, last)
    ledger, count = Ledger(), 0
    for day in days_between(first, last):
        if hours[day]:
            DayWriter(ledger, ground, ground.whole_day(day, hours[day])).write()
        if sum(len(table.rows) for table in ledger.tables()) > ROWS_AT_ONCE:
            count += ledger.write()
    count += ledger.write()
    ledger.end()
    return count + _evenings(ground, first, last, hours, all_signed)


def write_today(ground: Ground, day: date, minute: float) -> int:
    """The day so far, as it stands at ``minute``; robots and people go on from there. Returns how many rows."""
    hours = ground.hours(day, day)[day]
    ledger = Ledger()
    room = DayWriter(ledger, ground, ground.whole_day(day, hours), until=minute).write()
    count = ledger.write()
    ledger.end()
    if room.places:
        Day.objects.create(centre=ground.centre, date=day, last_number=len(room.places))
    return count


def _evenings(ground: Ground, first: date, last: date, hours: dict[date, Hours], all_signed: bool) -> int:
    """Signed days with their door count and why it differs. Unless ``all_signed``, the last one still waits."""
    centre = ground.centre
    tickets = Ticket.objects.filter(centre=centre, date__range=(first, last)).order_by()
    numbers = dict(tickets.values_list("date").annotate(n=Count("pk")))
    figures = figures_by_day(centre, first, last)
    columns = "id centre_id date last_number door_count remark figures signed_at signed_by_id"
    days = Table(Day, *columns.split())
    reasons = Table(Day.gap_reasons.through, "day_id", "code_id")
    opened = [day for day in days_between(first, last) if hours[day]]
    unsigned = set() if all_signed else {*opened[-1:], *opened[-37:-36]}
    for day in opened:
        whole = ground.whole_day(day, hours[day])
        _evening(ground, whole, figures[day], numbers.get(day, 0), (days, reasons), day not in unsigned)
    count = write_all([days, reasons])
    numbered_here([days, reasons])
    return count + _corrections(ground, opened[:-8])


def _evening(
    ground: Ground,
    whole: WholeDay,
    counted: DayFigures,
    tickets: int,
    tables: tuple[Table, Table],
    signed: bool,
) -> None:
    days, reasons = tables
    key = days.next_key()
    if not signed:
        days.add(key, ground.centre.pk, whole.day, tickets, None, "", {}, None, None)
        return
    evening = _drawn_evening(ground, whole, counted)
    row = (ground.centre.pk, whole.day, tickets, evening.door, evening.remark, counted.to_sign(evening.door))
    days.add(key, *row, evening.signed_at, ground.receptionist.pk)
    for reason in evening.reasons:
        reasons.add(key, ground.codes["gap", reason].pk)


@dataclass(frozen=True)
class Evening:
    """What the receptionist notes before signing."""

    door: int
    remark: str
    reasons: list[str]
    signed_at: datetime


def _drawn_evening(ground: Ground, whole: WholeDay, counted: DayFigures) -> Evening:
    """The sensor's sum, sometimes recounted; why it is not what tickets and acts account for."""
    random = whole.random("evening")
    door = max(counted.live.passages + random.choice([0] * 9 + [-4, -2, 3, 6, 11]), 0)
    notes = REMARKS.get(ground.centre.language, REMARKS["fr"])
    remark = random.choice(notes) if random.random() < 0.06 else ""
    at = ground.instant(whole.day, whole.closes + SIGNED_AFTER + random.uniform(-8, 15))
    reasons = random.sample(GAPS, k=random.choices([1, 2, 3], [4, 5, 1])[0])
    return Evening(door, remark, reasons if door != counted.received else [], at)


def sign_evening(ground: Ground, whole: WholeDay, *, at: datetime) -> None:
    """A day that was played and that nobody signed: the receptionist does. What is left open ends the likely way."""
    centre, day = ground.centre, whole.day
    row = Day.objects.filter(centre=centre, date=day).first()
    if row is None or row.is_signed:
        return
    with transaction.atomic():
        resolve_all(centre=centre, day=day, at=at)
        evening = _drawn_evening(ground, whole, figures_by_day(centre, day, day)[day])
        reasons = [ground.codes["gap", reason] for reason in evening.reasons]
        sign_day(
            centre=centre,
            day=day,
            door_count=evening.door,
            reasons=reasons,
            remark=evening.remark,
            by=ground.receptionist,
            at=at,
        )


def _corrections(ground: Ground, opened: list[date]) -> int:
    """Some figures that were corrected the day after, by the action that people use."""
    every = opened[11::41]
    texts = REASONS.get(ground.centre.language, REASONS["fr"])
    for number, day in enumerate(every):
        row = Day.objects.get(centre=ground.centre, date=day)
        if not row.is_signed:
            continue
        correct_day(
            day=row,
            key=ground.whole_day(day, []).key("correction"),
            subject="passages",
            after=row.figures["passages"] + (7 if number % 2 else -5),
            reason=texts[number % len(texts)],
            by=ground.receptionist,
            at=ground.instant(day + timedelta(days=1), 10 * 60),
        )
    return len(every)
