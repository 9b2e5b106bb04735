"""The rota of a demonstration centre: who is needed, when each can come, who was and will be on duty, what was held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.demonstration.arrivals import (
    SCHOOLS_CLOSED,
    Duty,
    Hours,
    days_between,
    half_days,
    ordinary_seats,
    staffing_of,
)
from parvis.demonstration.crew import clock, crew_of, languages_of, part_of, themes_of, wishes_of
from parvis.demonstration.ground import Ground, minutes
from parvis.partners.models import Belonging, Liaison
from parvis.reception.models import Seat
from parvis.rota.actions import make_half_days
from parvis.rota.models import (
    Change,
    DutyKind,
    DutySlot,
    HalfDay,
    Held,
    Need,
    PatternHalfDay,
    PatternNeed,
    RosterAnswer,
    RosterCall,
    Rota,
    SchoolHoliday,
    Season,
    Terms,
    WorkingPattern,
)

AHEAD = timedelta(days=28)  # published at least so far, to the end of that quarter
MISSED, REPLACED = 0.03, 0.65  # of the slots, somebody was absent; of these, somebody else came
PUBLISHED = timedelta(days=30)  # before a half-day
ANSWERED = 0.6  # of the team, to the call for the next quarter
NAMES = {  # first month of a season -> what it is called
    "fr": {1: "Hiver", 4: "Printemps", 7: "Été", 9: "Automne", 12: "Fin d’année"},
    "fi": {1: "Talvi", 4: "Kevät", 7: "Kesä", 9: "Syksy", 12: "Loppuvuosi"},
}
SCHOOL = {"fr": "Vacances scolaires", "fi": "Koulujen loma"}
CALL = {
    "fr": "Le prochain trimestre se prépare : dites-nous quand vous pouvez venir.",
    "fi": "Suunnittelemme seuraavaa neljännestä: milloin pääset?",
}


def write_rota(ground: Ground, since: date, now: datetime) -> int:
    """Everything about the rota, from the last quarter (not before ``since``) to the end of what is published; how many rows.

    The institutions, and who comes from them, are there already; so is the day so far.
    """
    centre = ground.centre
    today = centre.local_day(now)
    first = max(since, quarter_of(quarter_of(today) - timedelta(days=1)))
    after = published_until(today)
    _seasons(ground, first, next_quarter(after))
    _school_holidays(ground, first)
    make_half_days(
        centre=centre, first=first, last=next_quarter(after) - timedelta(days=1), at=ground.instant(first, 0)
    )
    _team(ground, first)
    writer = Writer(ground)
    for day, hours in ground.hours(first, after - timedelta(days=1)).items():
        if hours:
            writer.day(day, hours, over=day < today)
    rows = writer.write() + _held_today(ground, today, now) + _call(ground, after, now)
    Rota.objects.update_or_create(centre=centre, defaults={"version": 1, "changed_at": now})
    return rows


def published_until(today: date) -> date:
    """The first day of which the rota is not published yet."""
    return next_quarter(today + AHEAD)


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(day: date) -> date:
    """The first day of the quarter after its own."""
    return quarter_of(quarter_of(day) + timedelta(days=100))


def _seasons(ground: Ground, first: date, after: date) -> None:
    """The ordinary weeks of the seasons between two days; the last one goes on until another is written."""
    names = NAMES.get(ground.centre.language, NAMES["fr"])
    begins = [
        day for day in days_between(first, after) if day == first or (day.day == 1 and day.month in names)
    ]
    for begin, end in zip(begins, [*begins[1:], None], strict=True):
        name = f"{names[staffing_of(begin.month)]} {begin.year}"
        season = Season.objects.create(centre=ground.centre, name=name, valid_from=begin, valid_to=end)
        _ordinary_week(ground, season)


def _ordinary_week(ground: Ground, season: Season) -> None:
    """Who is needed on each half-day that the centre is usually open."""
    open_on: dict[int, list[tuple[int, int]]] = {}
    for one in ground.site.hours.order_by("weekday", "opens"):
        open_on.setdefault(one.weekday, []).append((minutes(one.opens), minutes(one.closes)))
    first_days = [season.valid_from.replace(day=n) for n in range(1, 8)]
    for day in sorted(first_days, key=date.weekday):
        for starts, ends in half_days(open_on.get(day.weekday(), [])):
            seats = Counter(ordinary_seats(ground.public, day, starts))
            half_day = PatternHalfDay.objects.create(
                season=season,
                site=ground.site,
                weekday=day.weekday(),
                starts=clock(starts),
                ends=clock(ends),
                unpopular=day.weekday() == 5,
                institutions_min=2,
                institutions_aim=min(4, seats.total()),
            )
            PatternNeed.objects.bulk_create(
                PatternNeed(half_day=half_day, duty=DutyKind.ADVICE, theme=ground.themes[key], seats=n)
                for key, n in seats.items()
            )


def _school_holidays(ground: Ground, first: date) -> None:
    name = SCHOOL.get(ground.centre.language, SCHOOL["fr"])
    SchoolHoliday.objects.bulk_create(
        SchoolHoliday(
            centre=ground.centre, name=name, first_day=date(year, *starts), last_day=date(year, *ends)
        )
        for year in (first.year, first.year + 1)
        for starts, ends in SCHOOLS_CLOSED
    )


def _team(ground: Ground, since: date) -> None:
    """What each robot does and when it can come; the named adviser and facilitator, whom people play, as well."""
    centre = ground.centre
    keys = [*ground.public.talks]
    played = [Role.ADVISER, Role.FACILITATOR]
    others = User.objects.filter(assignments__centre=centre, assignments__role__in=played).exclude(
        pk__in=[robot.pk for robot in ground.robots]
    )
    for number, person in enumerate([*ground.robots, *others.distinct().order_by("pk")]):
        themes = themes_of(ground, number)
        terms = Terms.objects.create(
            person=person, centre=centre, languages=languages_of(ground, number), per_week=6, since=since
        )
        terms.themes.set(ground.themes[key] for key in themes)
        terms.learning.set(ground.themes[key] for key in keys if key not in themes and number % 4 == 0)
        WorkingPattern.objects.bulk_create(
            WorkingPattern(person=person, centre=centre, weekday=weekday, part=part, wish=wish)
            for (weekday, part), wish in wishes_of(ground, number).items()
        )
    for person in User.objects.filter(assignments__centre=centre, assignments__role=Role.PARTNER_COORDINATOR):
        belonging = Belonging.objects.filter(centre=centre, person__in=ground.robots).order_by("pk").first()
        if belonging:
            Liaison.objects.create(person=person, centre=centre, institution=belonging.institution)


class Writer:
    """Duty slots, and what was held in them, on their way to the database."""

    def __init__(self, ground: Ground) -> None:
        self.ground, centre = ground, ground.centre
        self.institutions = dict(Belonging.objects.filter(centre=centre).values_list("person", "institution"))
        found = HalfDay.objects.filter(centre=centre)
        self.half_days = {(one.date, one.part): one for one in found}
        self.slots: list[DutySlot] = []
        self.instead: list[tuple[int, DutySlot]] = []  # place of the absent one, who came instead
        self.held: list[Held] = []
        self.planner = User.objects.filter(
            assignments__centre=centre, assignments__role=Role.DIRECTOR
        ).first()

    def day(self, day: date, hours: Hours, *, over: bool) -> None:
        """One open day, which is over or to come."""
        whole = self.ground.whole_day(day, hours)
        crew = crew_of(self.ground, whole)
        busy = {person.pk for person in crew if person}
        free = [robot for robot in self.ground.robots if robot.pk not in busy]
        random = whole.random("rota")
        for duty, person in zip(whole.plan.duties, crew, strict=True):
            if person is None:
                continue
            slot = self._slot(self._half_day(day, duty, hours), person, duty)
            self.slots.append(slot)
            if over and random.random() < MISSED:
                slot.state, slot.sequence = DutySlot.State.ABSENT, 1
                if free and random.random() < REPLACED:
                    other = self._slot(slot.half_day, free.pop(0), duty)
                    self.instead.append((len(self.slots) - 1, other))
                    self._hold(other, duty)
            elif over:
                self._hold(slot, duty)

    def _half_day(self, day: date, duty: Duty, hours: Hours) -> HalfDay:
        """The half-day of a duty; made where a day is open that the season does not know."""
        part = part_of(duty.starts)
        if (day, part) not in self.half_days:
            starts, ends = next(one for one in half_days(hours) if part_of(one[0]) == part)
            half_day = self.half_days[day, part] = HalfDay.objects.create(
                centre=self.ground.centre,
                site=self.ground.site,
                date=day,
                starts=clock(starts),
                ends=clock(ends),
                by_hand=True,
            )
            seats = Counter(ordinary_seats(self.ground.public, day, duty.starts))
            Need.objects.bulk_create(
                Need(half_day=half_day, duty=DutyKind.ADVICE, theme=self.ground.themes[key], seats=n)
                for key, n in seats.items()
            )
        return self.half_days[day, part]

    def _slot(self, half_day: HalfDay, person: User, duty: Duty) -> DutySlot:
        return DutySlot(
            centre=self.ground.centre,
            half_day=half_day,
            person=person,
            institution_id=self.institutions.get(person.pk),
            duty=DutyKind.ADVICE,
            theme=self.ground.themes[duty.themes[0]],
            changed_at=self.ground.instant(half_day.date - PUBLISHED, 9 * 60),
        )

    def _hold(self, slot: DutySlot, duty: Duty) -> None:
        day = slot.half_day.date
        begun, ended = (self.ground.instant(day, float(int(minute))) for minute in (duty.starts, duty.ends))
        self.held.append(held_of(slot, begun, ended))

    def write(self) -> int:
        """Sends everything; returns how many rows."""
        DutySlot.objects.bulk_create(self.slots, batch_size=500)
        for place, slot in self.instead:
            slot.replaces = self.slots[place]
        DutySlot.objects.bulk_create([slot for _place, slot in self.instead])
        for held in self.held:
            held.slot_id = held.slot.pk if held.slot else None  # known only now
        Held.objects.bulk_create(self.held, batch_size=500)
        Change.objects.bulk_create(sorted(self._history(), key=lambda one: one.at), batch_size=500)
        return len(self.slots) + len(self.instead) + len(self.held)

    def _history(self) -> Iterator[Change]:
        """Each quarter was published as a whole; of who was absent, one knew on the morning of the day."""
        covers = {slot.replaces_id: slot for _place, slot in self.instead}
        for slot in self.slots:
            first, day = quarter_of(slot.half_day.date), slot.half_day.date
            published = self.ground.instant(first - PUBLISHED, 9 * 60)
            yield self._change(slot, Change.Kind.PUBLISHED, published, self.planner, first)
            if slot.state == DutySlot.State.ABSENT:
                told = self.ground.instant(day, 8 * 60 + slot.uid.int % 40)
                yield self._change(slot, Change.Kind.ABSENT, told, slot.person, slot.uid)
                if cover := covers.get(slot.pk):
                    at = told + timedelta(minutes=9)
                    yield self._change(cover, Change.Kind.COVERED, at, self.planner, slot.uid)

    def _change(
        self, slot: DutySlot, kind: Change.Kind, at: datetime, by: User | None, about: object
    ) -> Change:
        planned = {"state": DutySlot.State.PLANNED.value}
        new = {**planned, "duty": slot.duty, "theme": slot.theme_id, "space": slot.space_id}
        gone = kind == Change.Kind.ABSENT
        return Change(
            centre=self.ground.centre,
            deed=uuid5(NAMESPACE_URL, f"{self.ground.seed}/{self.ground.centre.slug}/{kind}/{about}"),
            kind=kind,
            slot=slot,
            at=at,
            by=by,
            before=planned if gone else {},
            after={"state": DutySlot.State.ABSENT.value} if gone else new,
        )


def held_of(slot: DutySlot, begun: datetime, ended: datetime | None) -> Held:
    """The time that somebody held a slot."""
    return Held(
        key=uuid5(NAMESPACE_URL, f"{slot.uid}/{begun}"),
        centre=slot.centre,
        slot=slot,
        institution_id=slot.institution_id,
        person=slot.person,
        duty=slot.duty,
        theme=slot.theme,
        date=slot.half_day.date,
        begun_at=begun,
        ended_at=ended,
    )


def _held_today(ground: Ground, today: date, now: datetime) -> int:
    """What those who sit at their desks now hold, and what those who left before have held."""
    sitting = dict(Seat.objects.open().filter(centre=ground.centre).values_list("person", "opened_at"))
    hours = ground.hours(today, today)[today]
    duties = ground.whole_day(today, hours).plan.duties
    crew = crew_of(ground, ground.whole_day(today, hours))
    ends = {person.pk: duty for person, duty in zip(crew, duties, strict=True) if person}
    slots = (
        DutySlot.objects.between(today, today)
        .filter(centre=ground.centre)
        .select_related("half_day", "centre", "person", "theme")
    )
    rows = []
    for slot in slots:
        if slot.person_id is None:
            continue
        duty = ends[slot.person_id]
        begun, ended = (ground.instant(today, float(int(minute))) for minute in (duty.starts, duty.ends))
        if slot.person_id in sitting:
            opened = sitting[slot.person_id].replace(second=0, microsecond=0)
            rows.append(held_of(slot, opened, None))
        elif ended <= now:
            rows.append(held_of(slot, begun, ended))
    Held.objects.bulk_create(rows)
    return len(rows)


def _call(ground: Ground, first: date, now: datetime) -> int:
    """The team is asked about the next quarter; most have answered."""
    centre = ground.centre
    random = Random(f"{ground.seed}/{centre.slug}/call")  # noqa: S311
    today = centre.local_day(now)
    planner = User.objects.filter(assignments__centre=centre, assignments__role=Role.DIRECTOR).first()
    call = RosterCall.objects.create(
        key=UUID(int=random.getrandbits(128), version=4),
        centre=centre,
        first_day=first,
        last_day=next_quarter(first) - timedelta(days=1),
        deadline=today + timedelta(days=9),
        words=CALL.get(centre.language, CALL["fr"]),
        opened_at=now - timedelta(days=5),
        opened_by=planner,
    )
    answers = [
        RosterAnswer(
            call=call,
            person=robot,
            answered_at=now - timedelta(days=random.uniform(0.2, 4.8)),
            answered_by=robot,
        )
        for robot in ground.robots
        if random.random() < ANSWERED
    ]
    RosterAnswer.objects.bulk_create(answers)
    return 1 + len(answers)
