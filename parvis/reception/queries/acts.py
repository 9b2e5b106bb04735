"""What the coding form and the list of today's acts need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.reception.models import Act, Seat, State, Ticket
from parvis.reception.queries.closing import minutes_of

CODING_LISTS = [
    CodeList.CHANNEL,
    CodeList.NEED,
    CodeList.SERVICE,
    CodeList.RESOURCE,
    CodeList.REDIRECTION,
    CodeList.OUTCOME,
    CodeList.UNMET_NEED,
    CodeList.NON_CONTACT,
    CodeList.AGE_BAND,
    CodeList.GENDER,
    CodeList.STATUS,
    CodeList.EDUCATION,
    CodeList.AUDIENCE,
]


@dataclass(frozen=True)
class Choices:
    """What can be chosen at a centre on a day: its themes, and the codes of each list, in the centre's order."""

    themes: list[Theme]
    codes: dict[str, list[Code]]

    def of(self, code_list: str) -> list[Code]:
        return self.codes.get(code_list, [])


def choices(centre: Centre, day: date, lists: list[CodeList]) -> Choices:
    """Themes and codes in force on ``day``: two queries."""
    codes: dict[str, list[Code]] = {}
    for code in Code.objects.filter(centre=centre, list__in=lists).open_on(day):
        codes.setdefault(code.list, []).append(code)
    return Choices(list(Theme.objects.filter(centre=centre).open_on(day)), codes)


@dataclass(frozen=True)
class Interview:
    """A ticket as its coding form needs it: where it was received, and for how long."""

    ticket: Ticket
    seat: Seat
    minutes: int
    act: Act | None


def interview(ticket: Ticket, person: User, at: datetime) -> Interview | None:
    """The interview to record: the person's own if they held one, else the latest without an act, else the latest."""
    lengths: dict[int, timedelta] = {}
    seats: dict[int, Seat] = {}
    periods = ticket.periods.filter(state=State.INTERVIEW, undone_at=None, seat__isnull=False)
    for period in periods.select_related("seat__desk"):
        if period.seat is None:
            continue
        seats[period.seat.pk] = period.seat
        lasted = max(timedelta(), (period.ended_at or at) - period.started_at)
        lengths[period.seat.pk] = lengths.get(period.seat.pk, timedelta()) + lasted
    acts = {act.seat_id: act for act in ticket.acts.filter(undone_at=None)}
    best = sorted(
        seats.values(),
        key=lambda seat: (seat.person_id == person.pk, seat.pk not in acts, list(seats).index(seat.pk)),
    )
    if not best:
        return None
    seat = best[-1]
    return Interview(ticket, seat, minutes_of(lengths[seat.pk]), acts.get(seat.pk))


@dataclass(frozen=True)
class ActLine:
    """One act in the list of today: codes in words, and nobody's name."""

    act: Act
    themes: list[Theme]
    outcome: str
    codes: list[str]
    mine: bool


def acts_of(centre: Centre, day: date, person: User) -> list[ActLine]:
    """The acts of ``day`` that were not taken back, latest first: three queries."""
    acts = (
        Act.objects.filter(centre=centre, date=day, undone_at=None, past_import=None)
        .select_related("channel", "ticket", "seat__desk")
        .prefetch_related("themes", "codes__code")
        .order_by("-at", "-pk")
    )
    return [
        ActLine(
            act,
            list(act.themes.all()),
            next((str(one.code) for one in act.codes.all() if one.code.list == CodeList.OUTCOME), ""),
            [
                str(one.code)
                for one in act.codes.all()
                if one.code.list in (CodeList.NEED, CodeList.NON_CONTACT)
            ],
            act.seat is not None and act.seat.person_id == person.pk,
        )
        for act in acts
    ]
