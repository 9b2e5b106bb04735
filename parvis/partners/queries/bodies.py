"""What the pages of bodies show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.centres.queries.team import members_of
from parvis.partners.models import ActionPoint, Body, Institution, Mandate, Meeting, Relation, Seat
from parvis.partners.queries.neutrality import Neutrality, SeatHeld, weigh

SOON = timedelta(days=90)  # a mandate that ends within it is shown: time enough to ask an institution


@dataclass(frozen=True)
class SeatLine:
    """One seat on a day: who holds it, who held it last, and who will."""

    seat: Seat
    mandate: Mandate | None
    next: Mandate | None
    ends_soon: bool

    @property
    def is_vacant(self) -> bool:
        return self.mandate is None


@dataclass(frozen=True)
class BodyLine:
    """One body on the list, with what asks for somebody's attention."""

    body: Body
    seats: list[SeatLine]
    neutrality: Neutrality
    last: Meeting | None
    next: Meeting | None
    overdue: int

    @property
    def vacant(self) -> int:
        return self.neutrality.vacant

    @property
    def ending(self) -> list[SeatLine]:
        return [line for line in self.seats if line.ends_soon]


@dataclass(frozen=True)
class Bodies:
    """The bodies of a centre, those that are over apart."""

    here: list[BodyLine]
    over: list[Body]


@dataclass(frozen=True)
class BodyPage:
    """One body: its seats, whether somebody could decide alone, its meetings."""

    line: BodyLine
    former: list[Seat]
    meetings: list[Meeting]


def bodies(centre: Centre, day: date) -> Bodies:
    """Every body of ``centre``: five queries."""
    rows = list(Body.objects.filter(centre=centre))
    rows.sort(key=lambda one: ([*Body.Kind].index(Body.Kind(one.kind)), one.name.casefold(), one.pk))
    here = [body for body in rows if not body.is_over_on(day)]
    return Bodies(_lines(here, day), [body for body in rows if body.is_over_on(day)])


def body_page(body: Body, day: date) -> BodyPage:
    """One body on ``day``: five queries."""
    former = [seat for seat in body.seats.order_by("pk") if seat.is_over_on(day)]
    return BodyPage(_lines([body], day)[0], former, list(body.meetings.order_by("-day", "-pk")))


def representatives(centre: Centre, day: date) -> list[tuple[int, str]]:
    """Institutions that somebody can name here: of the centre, by name. One query."""
    found = Relation.objects.filter(centre=centre).open_on(day).by_name()
    return [(one.institution_id, one.institution.name) for one in found]


def institutions_by_pk(centre: Centre) -> dict[str, Institution]:
    """Every institution that the centre ever worked with: one query."""
    found = Institution.objects.filter(relations__centre=centre)
    return {str(one.pk): one for one in found}


def team(centre: Centre) -> list[User]:
    """Everybody who works at the centre, by name: one query."""
    return [line.person for line in members_of(centre)]


def _lines(bodies: list[Body], day: date) -> list[BodyLine]:
    seats: dict[int, list[Seat]] = {body.pk: [] for body in bodies}
    for seat in Seat.objects.filter(body__in=bodies).order_by("pk"):
        if not seat.is_over_on(day):
            seats[seat.body_id].append(seat)
    mandates: dict[int, list[Mandate]] = {}
    for mandate in Mandate.objects.filter(seat__body__in=bodies).select_related("institution"):
        mandates.setdefault(mandate.seat_id, []).append(mandate)
    meetings: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(body__in=bodies).order_by("day", "pk"):
        meetings.setdefault(meeting.body_id, []).append(meeting)
    overdue = ActionPoint.objects.filter(meeting__body__in=bodies, done_on=None, due__lt=day)
    late = list(overdue.values_list("meeting__body", flat=True))
    return [
        _line(body, day, seats[body.pk], mandates, meetings.get(body.pk, []), late.count(body.pk))
        for body in bodies
    ]


def _line(
    body: Body,
    day: date,
    seats: list[Seat],
    mandates: dict[int, list[Mandate]],
    meetings: list[Meeting],
    overdue: int,
) -> BodyLine:
    lines = [seat_line(seat, mandates.get(seat.pk, []), day) for seat in seats]
    lines.sort(key=lambda line: (line.seat.category.casefold(), line.is_vacant, line.seat.pk))
    return BodyLine(
        body=body,
        seats=lines,
        neutrality=weigh(held(lines, day)),
        last=next((one for one in reversed(meetings) if one.day < day), None),
        next=next((one for one in meetings if one.day >= day), None),
        overdue=overdue,
    )


def seat_line(seat: Seat, mandates: Iterable[Mandate], day: date) -> SeatLine:
    """Who holds a seat on ``day``. A seat that begins later is shown, and counts from its day on."""
    in_order = sorted(mandates, key=lambda one: one.valid_from)
    now = next((one for one in in_order if _holds(one, day)), None)
    coming = next((one for one in in_order if one.valid_from > day), None)
    ends = now.valid_to if now else None
    soon = ends is not None and ends <= day + SOON and coming is None and seat.valid_to != ends
    return SeatLine(seat, now, coming, soon)


def held(lines: Iterable[SeatLine], day: date) -> list[SeatHeld]:
    """The seats of the day as the neutrality check takes them."""
    return [
        SeatHeld(
            line.seat.category,
            line.seat.category_key,
            line.mandate.institution.name if line.mandate else None,
            line.mandate.institution_id if line.mandate else None,
        )
        for line in lines
        if line.seat.valid_from <= day
    ]


def _holds(mandate: Mandate, day: date) -> bool:
    return mandate.valid_from <= day and (mandate.valid_to is None or mandate.valid_to > day)
