"""What a day amounts to, each thing in its own unit. Nothing here is per adviser, and units are never added together.

*Passages*: people through the door, as clicked, typed in or told by a sensor.
*Contacts*: occasions on which somebody answered a visitor: an entry at the greeter, by phone, with an appointment or a
class; a ticket from the kiosk or the visitor's own phone that was received at a desk; an act without a ticket. A
non-contact (wrong door, hang-up) is none.
*Acts*: services given, as recorded; a group's act is one act. *Groups* and *people in groups* are theirs.
*Participants*: at events, as their heads were counted; of an imported past where the agenda knows nothing of that day. They are counted when
an event is over, so an evening's signature does not hold them fast: only a correction does.
*Left*: tickets whose holder left unreceived. *No-shows*: called, and did not come.
Of an imported past, acts count as acts and tallies in the unit that their sheet gave, and as nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum

from parvis.agenda.queries.held import participants_by_day
from parvis.centres.models import Centre
from parvis.reception.models import Act, Arrival, Correction, Day, Period, State, Tally, Ticket
from parvis.reception.queries.passages import passages_by_hour

ANSWERED_AT_ENTRY = {Arrival.GREETER, Arrival.PHONE_CALL, Arrival.APPOINTMENT, Arrival.CLASS}
UNRECEIVED = {State.LEFT: "left", State.NO_SHOW: "no_shows"}
AWAY = {"phone", "email", "chat", "video", "post", "outside"}  # channels that bring nobody through the door


@dataclass(frozen=True)
class Counts:
    """Numbers of one day or of several, side by side."""

    passages: int = 0
    contacts: int = 0
    acts: int = 0
    groups: int = 0
    people_in_groups: int = 0
    non_contacts: int = 0
    participants: int = 0
    left: int = 0
    no_shows: int = 0

    def plus(self, other: Counts) -> Counts:
        """The same units of another day added, each to its own."""
        return Counts(**{unit: getattr(self, unit) + getattr(other, unit) for unit in SIGNED_UNITS})

    def as_dict(self) -> dict[str, int]:
        return {unit: getattr(self, unit) for unit in SIGNED_UNITS}


SIGNED_UNITS = [unit.name for unit in fields(Counts)]


@dataclass(frozen=True)
class DayFigures:
    """A day as it stands, and as it was signed and corrected."""

    date: date
    live: Counts
    received: int  # people on the spot that a ticket or an act without ticket accounts for
    tickets: int  # people on tickets among them
    day: Day | None = None
    corrections: list[Correction] = field(default_factory=list)

    @property
    def signed(self) -> Counts | None:
        """What was signed, with the corrections made since."""
        if self.day is None or not self.day.is_signed:
            return None
        figures = {unit: self.day.figures.get(unit, 0) for unit in SIGNED_UNITS}
        figures["participants"] = self.live.participants
        return Counts(**figures | {one.subject: one.after for one in self.corrections})

    @property
    def shown(self) -> Counts:
        """The figures of record: signed and corrected, else as they stand."""
        return self.signed or self.live

    @property
    def changed(self) -> dict[str, tuple[int, int]]:
        """Unit -> (of record, as it stands now), where something was entered after the signature."""
        if (signed := self.signed) is None:
            return {}
        units = [unit for unit in SIGNED_UNITS if unit != "passages"]
        pairs = {unit: (getattr(signed, unit), getattr(self.live, unit)) for unit in units}
        return {unit: pair for unit, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def by_door(self) -> int:
        """People through the door: the signed count, else what was counted so far."""
        return self.shown.passages

    @property
    def gap(self) -> int:
        """How many more came through the door than tickets and acts account for."""
        return self.by_door - self.received

    def to_sign(self, door_count: int | None) -> dict[str, int]:
        """What a signature keeps."""
        passages = self.live.passages if door_count is None else door_count
        return replace(self.live, passages=passages).as_dict()


def figures_by_day(centre: Centre, first: date, last: date) -> dict[date, DayFigures]:
    """Every day from ``first`` to ``last``: seven queries, however many."""
    counts: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    received: dict[date, int] = defaultdict(int)
    on_tickets: dict[date, int] = defaultdict(int)
    for hour in passages_by_hour(centre, first, last):
        counts[hour.date]["passages"] += hour.count
    _add_tickets(centre, first, last, counts, on_tickets)
    _add_acts(centre, first, last, counts, received)
    _add_tallies(centre, first, last, counts)
    for on, participants in participants_by_day(centre, first, last).items():
        counts[on]["participants"] = participants
    days = {
        day.date: day
        for day in Day.objects.filter(centre=centre, date__range=(first, last))
        .select_related("signed_by")
        .prefetch_related("corrections__made_by")
    }
    return {
        on: DayFigures(
            date=on,
            live=Counts(**counts[on]),
            received=on_tickets[on] + received[on],
            tickets=on_tickets[on],
            day=days.get(on),
            corrections=list(days[on].corrections.all()) if on in days else [],
        )
        for on in (first + timedelta(days=n) for n in range((last - first).days + 1))
    }


def _add_tickets(
    centre: Centre, first: date, last: date, counts: dict[date, dict[str, int]], on_tickets: dict[date, int]
) -> None:
    received = Period.objects.filter(ticket=OuterRef("pk"), state=State.INTERVIEW, undone_at=None)
    rows = (
        Ticket.objects.filter(centre=centre, date__range=(first, last))
        .exclude(state=State.VOID)
        .annotate(came=Exists(received))
        .order_by()
        .values_list("date", "arrival", "state", "came")
        .annotate(n=Count("pk"), people=Sum("size"))
    )
    for day, arrival, state, came, n, people in rows:
        for unit in units_of_ticket(arrival, state, came=came):
            counts[day][unit] += n
        if arrival != Arrival.PHONE_CALL:
            on_tickets[day] += people


def units_of_ticket(arrival: str, state: str, *, came: bool) -> tuple[str, ...]:
    """The units in which one ticket counts. ``came``: it was received at a desk at some time."""
    units = ["contacts"] if came or arrival in ANSWERED_AT_ENTRY else []
    if not came and state in UNRECEIVED:
        units.append(UNRECEIVED[State(state)])
    return tuple(units)


def _add_acts(
    centre: Centre, first: date, last: date, counts: dict[date, dict[str, int]], received: dict[date, int]
) -> None:
    rows = (
        Act.objects.counted()
        .filter(centre=centre, date__range=(first, last))
        .order_by()
        .values_list("date", "kind", "channel__key")
        .annotate(
            n=Count("pk"),
            people=Sum("size"),
            loose=Count("pk", filter=Q(ticket=None, past_import=None)),
            loose_people=Sum("size", filter=Q(ticket=None, past_import=None)),
        )
    )
    for day, kind, channel, n, people, loose, loose_people in rows:
        if kind == Act.Kind.NON_CONTACT:
            counts[day]["non_contacts"] += n
            continue
        counts[day]["acts"] += n
        counts[day]["contacts"] += loose
        if kind == Act.Kind.GROUP:
            counts[day]["groups"] += n
            counts[day]["people_in_groups"] += people
        if channel not in AWAY:
            received[day] += loose_people or 0


UNITS = {
    Tally.Unit.PASSAGE: "passages",
    Tally.Unit.CONTACT: "contacts",
    Tally.Unit.ACT: "acts",
    Tally.Unit.PARTICIPANT: "participants",
}


def _add_tallies(centre: Centre, first: date, last: date, counts: dict[date, dict[str, int]]) -> None:
    """Only a whole counts: of the day where the sheet gives it, else of its hours. Breakdowns are of the same visitors."""
    rows = (
        Tally.objects.counted()
        .plain()
        .filter(centre=centre, span=Tally.Span.DAY, date__range=(first, last))
        .order_by()
        .values_list("date", "unit")
        .annotate(
            whole=Sum("count", filter=Q(hour=None)),
            hours=Sum("count", filter=Q(hour__isnull=False)),
        )
    )
    for day, unit, whole, hours in rows:
        counts[day][UNITS[Tally.Unit(unit)]] += (hours or 0) if whole is None else whole
