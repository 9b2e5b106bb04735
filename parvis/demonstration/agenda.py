"""A year of the demonstration's agenda: events with who came, the coming month with registrations. Written in bulk, made anew relative to today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.agenda.actions.hours import count_hours
from parvis.agenda.actions.kit_ready import begin_ready
from parvis.agenda.actions.kit_versions import put_into_use
from parvis.agenda.models import (
    AgendaSettings,
    Booking,
    Coming,
    Equipment,
    Event,
    Facilitation,
    HeadCount,
    KitVersion,
    Organiser,
    Registration,
    Room,
    Session,
)
from parvis.agenda.ready import ready_kits
from parvis.centres.models import Code, CodeList, Space
from parvis.centres.visitor_words import KEYS
from parvis.demonstration.agenda_words import (
    CANCELLED,
    EQUIPMENT,
    EXHIBITIONS,
    PROGRAMMES,
    ROOMS,
    Programme,
    Words,
)
from parvis.demonstration.classes import write_classes
from parvis.demonstration.ground import Ground
from parvis.demonstration.rota import quarter_of
from parvis.demonstration.workshop_duty import write_workshop_duty
from parvis.partners.models import Belonging

SPACE_OF_KEYS = UUID("0c0a3f5e-7d63-4f0b-8a86-3a6e0f2c5d11")
AHEAD = timedelta(days=35)  # planned and published
DAY = timedelta(days=1)
AGES = (
    ("15_17", 6),
    ("18_20", 12),
    ("18_24", 12),
    ("21_24", 12),
    ("25_29", 14),
    ("30_44", 28),
    ("45_54", 18),
    ("55_64", 9),
)
GENDERS = (("woman", 54), ("man", 42), ("other", 1))


@dataclass
class Rows:
    """What is written at once, those that others point to first; and what it is made of."""

    ground: Ground
    now: datetime
    random: Random
    led_since: date  # as far back as the rota goes
    sessions: list[Session] = field(default_factory=list)
    heads: list[HeadCount] = field(default_factory=list)
    leads: list[Facilitation] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    comings: list[Coming] = field(default_factory=list)


def write_agenda(ground: Ground, since: date, now: datetime) -> int:
    """Rooms, kits, events of the days from ``since`` to a month from now, schools and class visits; returns how many sessions and visits."""
    centre = ground.centre
    random = Random(f"{ground.seed}/{centre.slug}/agenda")  # noqa: S311  # invented attendance
    AgendaSettings.objects.create(centre=centre)
    rooms = _rooms(ground)
    kits = _kits(ground, since)
    team = _team(ground)
    today = centre.local_day(now)
    led_since = quarter_of(quarter_of(today) - DAY)
    rows = Rows(ground, now, random, led_since)
    days = _open_days(ground, since, today + AHEAD)
    for n, one in enumerate(PROGRAMMES[centre.service_model]):
        event = _event(ground, one, since, kits.get(one.key), now)
        leader = team[(one.lead or 0) % len(team)] if team else None
        theirs = [day for day in days if _comes(one, n, day)]
        _sessions(rows, event, one, theirs, rooms[one.room % len(rooms)], leader)
    if exhibition := EXHIBITIONS.get(centre.service_model):
        event = _event(ground, exhibition, since, None, now)
        _exhibited(rows, event, exhibition, since, team[1] if team else None)
    _some_cancelled(rows)
    _write(rows)
    for session in {id(one.session): one.session for one in rows.leads}.values():
        if session and session.state == Session.State.HELD:
            count_hours(owner=session, at=session.ends_at)
    _waiting(rows)
    write_workshop_duty(ground, today, now)
    return len(rows.sessions) + write_classes(ground, since, now, rooms, (team, led_since))


def in_words(words: Words) -> LazyI18nString:
    """In the languages in which it was written."""
    return LazyI18nString(words)


def key_of(ground: Ground, *of: object) -> UUID:
    """The same for the same seed."""
    return uuid5(SPACE_OF_KEYS, "/".join(map(str, (ground.seed, ground.centre.slug, *of))))


def _rooms(ground: Ground) -> list[Room]:
    spaces = list(Space.objects.filter(site=ground.site, kind=Space.Kind.WORKSHOP, room=None))
    found = []
    for n, (name, places, connected) in enumerate(ROOMS[ground.centre.service_model]):
        space = spaces[n] if n < len(spaces) else Space(site=ground.site, kind=Space.Kind.WORKSHOP)
        space.name = in_words(name)
        space.save()
        found.append(
            Room.objects.create(
                space=space, places=places, step_free=True, connected=connected, hearing_loop=n == 0
            )
        )
    Equipment.objects.bulk_create(
        Equipment(centre=ground.centre, name=in_words(name), number=number)
        for name, number in EQUIPMENT[ground.centre.service_model]
    )
    return found


def _kits(ground: Ground, since: date) -> dict[str, KitVersion]:
    """Every ready kit is in use; one of them is what a programme is made from."""
    made = {}
    for ready in ready_kits():
        draft = begin_ready(holder=ground.centre, key=key_of(ground, "kit", ready.key), ready=ready)
        made[ready.key] = put_into_use(version=draft, on=since)
    return {"after": made["after_secondary"]} if "after_secondary" in made else {}


def _team(ground: Ground) -> list[User]:
    """Somebody lent by each partner that lends people, in the order of the partners."""
    lent = Belonging.objects.filter(centre=ground.centre, valid_to=None).select_related("person")
    found: dict[int, User] = {}
    for one in lent.order_by("institution", "person"):
        found.setdefault(one.institution_id, one.person)
    return list(found.values())


def _open_days(ground: Ground, since: date, last: date) -> list[date]:
    return [day for day, hours in ground.hours(since, last).items() if hours]


def _comes(one: Programme, number: int, day: date) -> bool:
    weeks = day.toordinal() // 7
    return day.weekday() == one.weekday and (weeks + number) % one.every == 0


def _event(ground: Ground, one: Programme, since: date, kit: KitVersion | None, now: datetime) -> Event:
    centre, codes = ground.centre, ground.codes
    key = key_of(ground, "event", one.key)
    event = Event.objects.create(
        key=key,
        slug=key.hex[:12],
        centre=centre,
        kind=codes[CodeList.EVENT_KIND, one.kind],
        kit_version=kit,
        title=in_words(one.title),
        summary=in_words(one.summary),
        languages=[centre.language],
        accessibility=["step_free", *(["captions"] if one.online else [])],
        state=Event.State.PUBLISHED,
        publish_at=ground.instant(since - timedelta(days=30), 540),
        registration=Registration.ALIAS if one.seats else Registration.NONE,
        changed_at=now,
    )
    event.themes.set(ground.themes[key] for key in one.themes if key in ground.themes)
    said = [(CodeList.SECTOR, key) for key in one.sectors] + [
        (CodeList.AUDIENCE, key) for key in one.audience
    ]
    event.codes.set(codes[pair] for pair in said if pair in codes)
    return event


def _sessions(
    rows: Rows, event: Event, one: Programme, days: list[date], room: Room, leader: User | None
) -> None:
    """Each of its days: counted where it is over, else with places that some have taken."""
    ground, now, random = rows.ground, rows.now, rows.random
    for number, day in enumerate(days, 1):
        begins = ground.instant(day, one.at)
        session = _session(rows, event, number, begins, begins + timedelta(minutes=one.minutes), one)
        rows.sessions.append(session)
        if session.ends_at <= now:
            _hold(rows, session, one)
        elif one.seats:
            _register(rows, session, random.randint(1, max(1, one.seats - 2)))
        if leader and day >= rows.led_since:
            rows.leads.append(Facilitation(session=session, person=leader, preparing=one.preparing))
        if room.pk and session.ends_at > now - AHEAD:
            times = {"begins_at": session.begins_at, "ends_at": session.ends_at}
            rows.bookings.append(Booking(centre=ground.centre, room=room, session=session, **times))
    _organised(event, one, leader, ground)


def _session(
    rows: Rows, event: Event, number: int, begins: datetime, ends: datetime, one: Programme
) -> Session:
    ground, now = rows.ground, rows.now
    return Session(
        event=event,
        centre=ground.centre,
        number=number,
        site=ground.site,
        link=f"https://meet.example.org/{event.slug}" if one.online else "",
        begins_at=begins,
        ends_at=ends,
        uid=key_of(ground, "session", event.slug, number),
        changed_at=now,
        room_seats=one.seats or None,
        online_seats=60 if one.online else None,
    )


def _hold(rows: Rows, session: Session, one: Programme) -> None:
    ground, random = rows.ground, rows.random
    came = max(2, round(random.gauss(one.people, one.people / 4)))
    session.state, session.counted_at = Session.State.HELD, session.ends_at
    session.participants = min(came, one.seats) if one.seats else came
    session.online_participants = random.randint(8, 30) if one.online else None
    every = session.participants + (session.online_participants or 0)
    if random.random() < 0.6:
        for listed, shares in ((CodeList.AGE_BAND, AGES), (CodeList.GENDER, GENDERS)):
            for code, n in parted(ground, listed, shares, every, random).items():
                rows.heads.append(HeadCount(session=session, code=code, count=n))


def parted(
    ground: Ground, listed: CodeList, shares: tuple[tuple[str, int], ...], every: int, random: Random
) -> dict[Code, int]:
    """So many people by the entries of a list that the centre has; of a few nobody knows. They add up to all of them."""
    known = [(ground.codes[listed, key], share) for key, share in shares if (listed, key) in ground.codes]
    unsaid = ground.codes.get((listed, "not_communicated"))
    codes = [code for code, _share in known] + ([unsaid] if unsaid else [])
    weights = [share for _code, share in known] + ([8] if unsaid else [])
    found: dict[Code, int] = {}
    for code in random.choices(codes, weights, k=every):
        found[code] = found.get(code, 0) + 1
    return found


def _register(rows: Rows, session: Session, people: int) -> None:
    """So many places are kept, a few of them together."""
    while session.room_taken < people:
        seats = min(rows.random.choice((1, 1, 1, 2, 3)), people - session.room_taken)
        session.room_taken += seats
        rows.comings.append(_coming(rows, session, Coming.State.HELD, seats))


def _coming(rows: Rows, session: Session, state: Coming.State, seats: int) -> Coming:
    ground, now, random = rows.ground, rows.now, rows.random
    session.last_number += 1
    key = key_of(ground, "coming", session.uid, session.last_number)
    waits = state == Coming.State.WAITING
    return Coming(
        key=key,
        token=key.hex,
        session=session,
        number=session.last_number,
        word=random.choice(KEYS),
        state=state,
        wanted=seats,
        seats=0 if waits else seats,
        fewer=waits and seats > 1,
        waiting_since=now - timedelta(hours=9 - session.last_number % 8) if waits else None,
        language=random.choice((ground.centre.language, ground.centre.language, "en")),
        said_at=now - timedelta(hours=30),
    )


def _organised(event: Event, one: Programme, leader: User | None, ground: Ground) -> None:
    """The partner whose person leads it puts it on with the centre."""
    if leader and one.lead is not None:
        belonging = leader.belongings.filter(centre=ground.centre, valid_to=None).first()
        if belonging:
            part = Organiser.Part.LEAD if one.preparing > 60 else Organiser.Part.WITH
            Organiser.objects.create(event=event, institution=belonging.institution, part=part)


def _exhibited(rows: Rows, event: Event, one: Programme, since: date, leader: User | None) -> None:
    """From Tuesday to Saturday, three times in the past year, and one that comes or is on."""
    ground, now = rows.ground, rows.now
    today = ground.centre.local_day(now)
    starts = [today - timedelta(days=back) for back in (300, 190, 80)] + [today + timedelta(days=9)]
    found = [day - timedelta(days=(day.weekday() - one.weekday) % 7) for day in starts]
    for number, day in enumerate((day for day in found if day >= since), 1):
        begins, ends = ground.centre.bounds(day)[0], ground.centre.bounds(day + 4 * DAY)[1]
        session = _session(rows, event, number, begins, ends, one)
        session.all_day = True
        rows.sessions.append(session)
        if ends <= now:
            _hold(rows, session, one)
        if leader and day >= rows.led_since:
            rows.leads.append(Facilitation(session=session, person=leader, preparing=one.preparing))
    _organised(event, one, leader, ground)


def _some_cancelled(rows: Rows) -> None:
    """One of those to come does not take place, and its reason can be read; its room is free again."""
    coming = [one for one in rows.sessions if one.begins_at > rows.now + 5 * DAY and not one.all_day]
    free = [one for one in coming if not one.room_taken]
    for session in (free or coming)[:1]:
        session.state, session.sequence = Session.State.CANCELLED, 1
        session.why = CANCELLED.get(rows.ground.centre.language, CANCELLED["en"])
        rows.comings = [one for one in rows.comings if one.session is not session]
        rows.bookings = [one for one in rows.bookings if one.session is not session]
        session.room_taken = 0


def _write(rows: Rows) -> None:
    Session.objects.bulk_create(rows.sessions)
    HeadCount.objects.bulk_create(rows.heads)
    Facilitation.objects.bulk_create(rows.leads)
    Booking.objects.bulk_create(rows.bookings)
    Coming.objects.bulk_create(rows.comings)


def _waiting(rows: Rows) -> None:
    """The next session with places is full, and three wait for it."""
    now = rows.now
    planned = [
        one for one in rows.sessions if one.state == Session.State.PLANNED and one.begins_at > now + DAY
    ]
    session = next((one for one in planned if one.room_seats and one.room_taken), None)
    if session is None:
        return
    more = Rows(rows.ground, now, rows.random, rows.led_since)
    _register(more, session, session.room_seats or 0)
    for seats in (1, 2, 4):
        more.comings.append(_coming(more, session, Coming.State.WAITING, seats))
    session.save(update_fields=["room_taken", "last_number"])
    Coming.objects.bulk_create(more.comings)
