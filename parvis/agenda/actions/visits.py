"""What happens to a class visit until its day: asked for, a date kept, confirmed, prepared; or cancelled, or let go."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.accounts.models import User
from parvis.agenda.actions.bookings import book, give_back
from parvis.agenda.actions.leading import lead, let_go
from parvis.agenda.actions.preparing import begin_checklist
from parvis.agenda.actions.visit_steps import (
    Changed,
    Doing,
    NotNow,
    SaidOtherwise,
    VisitError,
    allow,
    locked,
    step,
    word,
)
from parvis.agenda.models import AgendaSettings, ClassVisit, DayPlan, Kit, Room, School, Teacher, VisitDate
from parvis.agenda.queries.leading import COMING
from parvis.centres.models import Centre, Code

__all__ = [
    "Asking",
    "Changed",
    "Doing",
    "Kept",
    "NotNow",
    "NotWelcome",
    "Past",
    "SaidOtherwise",
    "TooMany",
    "VisitError",
    "ask",
    "cancel",
    "change_numbers",
    "confirm",
    "keep_date",
    "lapse_options",
    "move",
    "prepare",
    "say",
    "tell_arrival",
]
S = ClassVisit.State
BEFORE_THE_DAY = (S.ASKED, S.OPTION, S.CONFIRMED, S.PREPARED)


class NotWelcome(VisitError):
    """The centre takes no requests of classes online."""


class Past(VisitError):
    """The date is over."""


class TooMany(VisitError):
    """More pupils than the centre takes at a time; ``free`` is for how many there is still place then."""

    def __init__(self, free: int) -> None:
        super().__init__(free)
        self.free = free


@dataclass(frozen=True)
class Asking:
    """What a teacher says about a class that wants to come. ``dates``: the half-days that would suit it."""

    school_name: str
    pupils: int
    language: str
    name: str
    email: str
    school: School | None = None
    level: Code | None = None
    stream: Code | None = None
    adults: int = 1
    languages: Sequence[str] = ()
    needs: str = ""
    interviews: bool = False
    kits: Sequence[Kit] = ()
    objectives: Sequence[Code] = ()
    dates: Sequence[tuple[date, str]] = ()
    phone: str = ""


@dataclass(frozen=True)
class Kept:
    """A time for a class, with its rooms and who leads it. ``until``: the last day on which the teacher can say yes."""

    begins: datetime
    ends: datetime
    rooms: Sequence[Room] = ()
    people: Sequence[User] = ()
    until: date | None = None


@transaction.atomic
def ask(*, centre: Centre, key: UUID, asking: Asking, at: datetime) -> ClassVisit:
    """A teacher asks for a visit; asked by the same page again, it is the same visit. Raises ``NotWelcome``."""
    if not settings_of(centre).classes_welcome:
        raise NotWelcome
    school = _still_there(asking.school)
    said = {
        "school": school,
        "school_name": asking.school.name if asking.school else asking.school_name,
        "level": asking.level,
        "stream": asking.stream,
        "pupils": asking.pupils,
        "adults": asking.adults,
        "language": asking.language,
        "languages": list(asking.languages),
        "needs": asking.needs,
        "interviews": asking.interviews,
    }
    made = {"token": secrets.token_urlsafe(18), "uid": uuid4(), "state_since": at, "asked_at": at}
    visit, new = ClassVisit.objects.get_or_create(centre=centre, key=key, defaults=said | made)
    if not new:
        return visit
    visit.kits.set(asking.kits)
    visit.objectives.set(asking.objectives)
    Teacher.objects.create(visit=visit, name=asking.name, email=asking.email, phone=asking.phone)
    VisitDate.objects.bulk_create(
        [VisitDate(visit=visit, day=day, part=part) for day, part in dict.fromkeys(asking.dates)]
    )
    step(visit, Doing(key=key, at=at, by_teacher=True), to=S.ASKED)
    return visit


def _still_there(school: School | None) -> School | None:
    """The school, locked so that nobody takes it off the list meanwhile; none where somebody just did."""
    return school and School.objects.select_for_update(no_key=True, of=("self",)).filter(pk=school.pk).first()


@transaction.atomic
def keep_date(*, visit: ClassVisit, kept: Kept, doing: Doing) -> ClassVisit:
    """Keep a time for a class, with its rooms, until the teacher says yes; or another time than the one that was kept.

    Raises ``NotNow``, ``Changed``, ``Past``, ``TooMany``, ``Taken`` (by whom), ``Closed`` or ``Busy`` (who leads something
    else then), and changes nothing.
    """
    row, done = locked(visit, doing)
    if done:
        return row
    allow(row, S.ASKED, S.OPTION)
    _put(row, kept, doing.at)
    row.option_until = kept.until
    step(row, doing, to=S.OPTION)
    return row


@transaction.atomic
def move(*, visit: ClassVisit, kept: Kept, doing: Doing) -> ClassVisit:
    """Another time, or other rooms, for a class that is sure to come: it stays so. Raises what ``keep_date`` does."""
    row, done = locked(visit, doing)
    if done:
        return row
    allow(row, S.CONFIRMED, S.PREPARED)
    same = (row.begins_at, row.ends_at) == (kept.begins, kept.ends)
    _put(row, kept, doing.at)
    step(row, doing, to=row.state, tell=not same)  # a teacher need not hear of another room, or who leads
    return row


@transaction.atomic
def confirm(*, visit: ClassVisit, doing: Doing) -> ClassVisit:
    """The class comes: the teacher says so, or the centre for them. Raises ``NotNow`` and ``Changed``."""
    row, done = locked(visit, doing)
    if done:
        return row
    allow(row, S.OPTION)
    row.option_until = None
    step(row, doing, to=S.CONFIRMED)
    begin_checklist(visit=row)
    return row


@transaction.atomic
def prepare(*, visit: ClassVisit, doing: Doing) -> ClassVisit:
    """Everything is ready for the class. Raises ``NotNow`` and ``Changed``."""
    row, done = locked(visit, doing)
    if done:
        return row
    allow(row, S.CONFIRMED)
    step(row, doing, to=S.PREPARED)
    return row


@transaction.atomic
def cancel(*, visit: ClassVisit, doing: Doing) -> ClassVisit:
    """The class does not come: rooms and people are free again. Raises ``NotNow`` and ``Changed``."""
    row, done = locked(visit, doing)
    if done:
        return row
    allow(row, *BEFORE_THE_DAY)
    _give_up(row)
    step(row, doing, to=S.CANCELLED)
    return row


@transaction.atomic
def change_numbers(*, visit: ClassVisit, pupils: int, adults: int, doing: Doing) -> ClassVisit:
    """The class is another size. The teacher says so until the visit is confirmed, the centre until its day.

    Raises ``NotNow``, ``Changed`` and, where a date is kept and has no place for so many, ``TooMany``.
    """
    row, done = locked(visit, doing)
    if done or (row.pupils, row.adults) == (pupils, adults):
        return row
    allow(row, *((S.ASKED, S.OPTION) if doing.by_teacher else BEFORE_THE_DAY))
    before = row.pupils, row.adults
    row.pupils, row.adults = pupils, adults
    if row.begins_at and row.ends_at:
        _see_that_they_fit(row, row.begins_at, row.ends_at)
    with translation.override(row.centre.language if doing.by_teacher else row.language):
        said = _("Pupils: %(pupils)d, adults: %(adults)d. Before: %(was)d, %(adults_were)d.") % {
            "pupils": pupils,
            "adults": adults,
            "was": before[0],
            "adults_were": before[1],
        }
    step(row, replace(doing, words=said), tell=not doing.by_teacher)
    return row


@transaction.atomic
def say(*, visit: ClassVisit, doing: Doing) -> ClassVisit:
    """A word between the centre and the teacher; the centre's is mailed."""
    row, done = locked(visit, doing)
    if not done:
        word(row, doing)
    return row


@transaction.atomic
def tell_arrival(*, visit: ClassVisit, arrival: str) -> None:
    """What the teacher reads about arriving; said again, it is so."""
    ClassVisit.objects.filter(pk=visit.pk).update(arrival=arrival)


def lapse_options(*, at: datetime) -> int:
    """Dates that nobody said yes to are free again, and their teachers are told; returns how many."""
    waiting = ClassVisit.objects.filter(state=S.OPTION, option_until__isnull=False).select_related("centre")
    return sum(_lapse(one, at) for one in waiting if _is_over(one, at))


@transaction.atomic
def _lapse(visit: ClassVisit, at: datetime) -> bool:
    doing = Doing(key=uuid4(), at=at)
    row, _done = locked(visit, doing)
    if row.state != S.OPTION or not _is_over(row, at):
        return False
    _give_up(row)
    row.begins_at = row.ends_at = None
    step(row, doing, to=S.ASKED)
    return True


def _is_over(visit: ClassVisit, at: datetime) -> bool:
    return visit.option_until is not None and visit.option_until < visit.centre.local_day(at)


def _give_up(visit: ClassVisit) -> None:
    give_back(owner=visit)
    let_go(visit)
    visit.option_until = None
    visit.sequence += 1


def _put(visit: ClassVisit, kept: Kept, at: datetime) -> None:
    """The visit has this time, these rooms and these people."""
    if kept.begins <= at:
        raise Past
    _see_that_they_fit(visit, kept.begins, kept.ends)
    book(
        owner=visit,
        begins=kept.begins,
        ends=kept.ends,
        rooms=kept.rooms,
        equipment={
            one.equipment: one.number for one in visit.bookings.select_related("equipment") if one.equipment
        },
    )
    lead(visit, kept.people, begins=kept.begins, ends=kept.ends)
    _take_out_of_the_day(visit, kept)
    visit.begins_at, visit.ends_at = kept.begins, kept.ends
    visit.sequence += 1


def _take_out_of_the_day(visit: ClassVisit, kept: Kept) -> None:
    """Workshops of its planned day are in no room, and led by nobody, that the visit does not have any more."""
    rooms = visit.stations.filter(room__isnull=False).exclude(room__in=kept.rooms)
    people = visit.stations.filter(person__isnull=False).exclude(person__in=kept.people)
    if rooms.update(room=None) + people.update(person=None):
        # Who looked at it before is told.
        DayPlan.objects.filter(visit=visit).update(version=F("version") + 1)


def _see_that_they_fit(visit: ClassVisit, begins: datetime, ends: datetime) -> None:
    """Raises ``TooMany`` where the classes of that time would be more than the centre takes at once."""
    settings_of(visit.centre)
    rules = AgendaSettings.objects.select_for_update(no_key=True, of=("self",)).get(centre=visit.centre)
    others = ClassVisit.objects.filter(
        centre=visit.centre, state__in=COMING, begins_at__lt=ends, ends_at__gt=begins
    ).exclude(pk=visit.pk)
    free = rules.class_size - sum(others.values_list("pupils", flat=True))
    if visit.pupils > free:
        raise TooMany(max(0, free))


def settings_of(centre: Centre) -> AgendaSettings:
    """How a centre runs its agenda; its row is made where it has none."""
    return AgendaSettings.objects.get_or_create(centre=centre)[0]
