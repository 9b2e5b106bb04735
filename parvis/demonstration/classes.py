"""The demonstration's schools, and their classes in each state: asked for, kept, sure, prepared, held, evaluated, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from parvis.accounts.models import User
from parvis.agenda.actions.day_plan import DaySaid, StationSaid, plan_day
from parvis.agenda.actions.hours import count_hours
from parvis.agenda.actions.preparing import begin_checklist, tick
from parvis.agenda.models import (
    Booking,
    ClassVisit,
    Facilitation,
    Kit,
    ObjectiveDone,
    PartOfDay,
    PupilCount,
    Room,
    School,
    Teacher,
    VisitDate,
    VisitStep,
)
from parvis.centres.models import Centre, CodeList
from parvis.demonstration.agenda_words import NEEDS, SCHOOLS, TEACHERS
from parvis.demonstration.ground import Ground
from parvis.surveys.models import ClassRound

KEYS = UUID("4b7de6a1-95c8-4a0e-9a40-1f1f2a6f7c21")
S = ClassVisit.State
WAY = (S.ASKED, S.OPTION, S.CONFIRMED, S.PREPARED, S.HELD, S.EVALUATED)
COMING = (  # days from today on which a class comes, and how far its visit is
    (6, S.PREPARED),
    (12, S.CONFIRMED),
    (20, S.OPTION),
    (27, S.ASKED),
    (33, S.CANCELLED),
)
TURN = timedelta(minutes=40)


@dataclass(frozen=True)
class Classes:
    """What visits are made of."""

    ground: Ground
    now: datetime
    random: Random
    schools: list[School]
    kits: list[Kit]
    rooms: list[Room]
    team: list[User]
    led_since: date


def write_classes(
    ground: Ground, since: date, now: datetime, rooms: list[Room], led: tuple[list[User], date]
) -> int:
    """Schools, and visits from ``since`` on; returns how many visits. ``led``: by whom, as far back as the rota goes."""
    random = Random(f"{ground.seed}/{ground.centre.slug}/classes")  # noqa: S311  # invented visits
    kits = list(Kit.objects.filter(centre=ground.centre, for_classes=True).order_by("pk"))
    made = Classes(ground, now, random, _schools(ground, since), kits, rooms, *led)
    today = ground.centre.local_day(now)
    many = len(made.schools) > 5
    count = 0
    for number, back in enumerate(range(4, (today - since).days, 11 if many else 40)):
        day = today - timedelta(days=back)
        if day.weekday() < 5 and day.month not in (7, 8):
            _visit(made, number, day, S.HELD if back < 14 else S.EVALUATED)
            count += 1
    for number, (ahead, state) in enumerate(COMING if many else COMING[1:4], 100):
        day = today + timedelta(days=ahead)
        _visit(
            made, number, day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0), state
        )
        count += 1
    return count


def next_visits(centres: Iterable[Centre]) -> list[ClassVisit]:
    """Of each centre the class that comes next and is sure to."""
    sure = ClassVisit.objects.filter(state__in=(S.CONFIRMED, S.PREPARED)).order_by("begins_at")
    found = (sure.filter(centre=centre).select_related("centre").first() for centre in centres)
    return [visit for visit in found if visit]


def _schools(ground: Ground, since: date) -> list[School]:
    codes, centre = ground.codes, ground.centre
    made = []
    for number, one in enumerate(SCHOOLS[centre.service_model], 1):
        school = School.objects.create(
            centre=centre,
            reference=f"D{number:04d}",
            name=one.name,
            place=one.place,
            school_network=codes.get((CodeList.SCHOOL_NETWORK, one.network)),
            specialised=one.stream == "specialised_teaching",
            pupils=one.pupils,
            counted_on=since if one.pupils else None,
            opened_on=since - timedelta(days=365),
        )
        school.levels.set(filter(None, [codes.get((CodeList.SCHOOL_LEVEL, one.level))]))
        school.streams.set(filter(None, [codes.get((CodeList.STREAM, one.stream))]))
        made.append(school)
    return made


def _visit(made: Classes, number: int, day: date, state: ClassVisit.State) -> ClassVisit:
    """A class of one of the schools, in a morning, from nine to eleven."""
    ground, random = made.ground, made.random
    school = made.schools[number * 5 % len(made.schools)]
    key = uuid5(KEYS, f"{ground.seed}/{ground.centre.slug}/{number}")
    begins = ground.instant(day, 9 * 60)
    kept = state not in (S.ASKED, S.CANCELLED)
    asked = min(begins - timedelta(days=30), made.now - timedelta(days=3))
    came = random.randint(19, 27)
    visit = ClassVisit.objects.create(
        key=key,
        token=key.hex,
        uid=uuid5(key, "uid"),
        centre=ground.centre,
        school=school,
        school_name=school.name,
        level=school.levels.first(),
        stream=school.streams.first(),
        pupils=came + random.randint(0, 2),
        adults=2,
        language=ground.centre.language,
        languages=[ground.centre.language],
        needs=NEEDS.get(ground.centre.language, "") if number % 7 == 3 else "",
        state=state,
        state_since=asked + timedelta(days=2),
        asked_at=asked,
        option_until=day - timedelta(days=8) if state == S.OPTION else None,
        begins_at=begins if kept else None,
        ends_at=begins + 3 * TURN if kept else None,
        came=came if state in (S.HELD, S.EVALUATED) else None,
        adults_came=2 if state in (S.HELD, S.EVALUATED) else None,
    )
    visit.kits.set(made.kits[:3])
    objectives = [code for (listed, _key), code in ground.codes.items() if listed == CodeList.OBJECTIVE]
    visit.objectives.set(objectives[: 1 + number % 3])
    _around(made, visit, number, day, asked)
    if visit.came:
        _held(made, visit, objectives)
    if state == S.PREPARED:
        _prepared(made, visit)
    return visit


def _around(made: Classes, visit: ClassVisit, number: int, day: date, asked: datetime) -> None:
    """Who asked, which half-days would do, and what happened since."""
    if visit.state != S.EVALUATED:  # else their name has served
        name = TEACHERS[number % len(TEACHERS)]
        Teacher.objects.create(visit=visit, name=name, email=f"teacher{number}@example.org")
    VisitDate.objects.create(visit=visit, day=day, part=PartOfDay.MORNING)
    VisitDate.objects.create(visit=visit, day=day + timedelta(days=1), part=PartOfDay.MORNING)
    way = (S.ASKED, S.CANCELLED) if visit.state == S.CANCELLED else WAY[: WAY.index(S(visit.state)) + 1]
    VisitStep.objects.bulk_create(
        VisitStep(
            visit=visit,
            key=uuid5(visit.key, state),
            state=state,
            at=max(asked + timedelta(hours=9 * n), visit.ends_at)
            if visit.ends_at and state in (S.HELD, S.EVALUATED)
            else asked + timedelta(hours=9 * n),
            by_teacher=state in (S.ASKED, S.CONFIRMED),
            mailed_at=asked + timedelta(hours=9 * n),
        )
        for n, state in enumerate(way)
    )


def _held(made: Classes, visit: ClassVisit, objectives: list) -> None:  # type: ignore[type-arg]
    """What was done, who came as a total, and hours of whoever led it."""
    depths = list(ObjectiveDone.Depth)
    ObjectiveDone.objects.bulk_create(
        ObjectiveDone(visit=visit, objective=one, depth=made.random.choices(depths, (3, 5, 1))[0])
        for one in objectives
    )
    code = made.ground.codes.get((CodeList.AGE_BAND, "15_17"))
    if code:
        PupilCount.objects.create(visit=visit, code=code, count=visit.came or 0)
    if made.team and visit.day and visit.day >= made.led_since:
        person = made.team[visit.pk % len(made.team)]
        Facilitation.objects.create(visit=visit, person=person, preparing=20)
        count_hours(owner=visit, at=visit.ends_at or made.now)


def _prepared(made: Classes, visit: ClassVisit) -> None:
    """Three groups that go round three workshops in the rooms that are free, a list half seen to, and the class's own questionnaire."""
    assert visit.begins_at is not None  # noqa: S101  # prepared
    taken = Booking.objects.during(visit.begins_at, visit.begins_at + 3 * TURN).values("room")
    spare = [room for room in made.rooms if room.pk not in {row["room"] for row in taken}]
    stations = [
        StationSaid(kit.versions.order_by("-number")[0], spare[n] if n < len(spare) else None)
        for n, kit in enumerate(made.kits[:3])
    ]
    sizes = [visit.pupils // 3 + (n < visit.pupils % 3) for n in range(len(stations))]
    plan_day(visit=visit, said=DaySaid(groups=sizes, stations=stations, welcome=10, minutes=30))
    for item in begin_checklist(visit=visit)[::2]:
        tick(item=item, done=True, at=made.now)
    visit.expectations = ClassRound.objects.filter(collection__centre=visit.centre).order_by("pk").first()
    visit.save(update_fields=["expectations"])
