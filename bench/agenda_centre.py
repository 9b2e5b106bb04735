"""A centre with years of events: 400 a year, each with a room and a facilitator, the last months with registrations; class visits, too.

Sets it up in the house that the environment names, and says as JSON where its pages are and how many queries each takes.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from bench.scene import session  # sets Django up
from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.agenda.factories import a_class_visit, a_coming, a_room, a_school, an_event
from parvis.agenda.models import Booking, ClassVisit, Coming, Event, Facilitation, Room, Session
from parvis.centres.factories import a_person, a_ready_centre
from parvis.centres.models import Centre, Theme

A_YEAR, EVERY = 400, 10  # sessions a year; sessions of an event
SLOTS = (time(9, 30), time(14))
PEOPLE = 12  # that have registered for each session near today
NEAR = timedelta(days=45)
VISITS = 90  # classes a year


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        centre = a_ready_centre(languages=("fr", "en"))
        person = a_person(Role.DIRECTOR, Role.FACILITATOR, centre=centre, language="fr")
        sessions = _year_by_year(centre, options.years)
        visit = _visits(centre, options.years)
    cookie = session(person)
    pages = {name: path for name, path in _pages(centre, sessions, visit).items() if path}
    print(
        json.dumps(
            {
                "cookie": cookie,
                "pages": pages,
                "queries": {name: _queries(person, path) for name, path in pages.items()},
                "sessions": len(sessions),
                "registrations": Coming.objects.count(),
                "bookings": Booking.objects.count(),
                "visits": ClassVisit.objects.count(),
            }
        )
    )


def _year_by_year(centre: Centre, years: int) -> list[Session]:
    """Sessions from so many years ago to half a year from now, on working days."""
    random, now = Random(1), centre.now()
    rooms = [a_room(centre, f"Room {n}", places=30) for n in range(3)]
    people = [a_person(Role.FACILITATOR, centre=centre) for _ in range(6)]
    themes = list(Theme.objects.filter(centre=centre))
    first = centre.local_day(now) - timedelta(days=365 * years - 182)
    times = list(_times(centre, first, A_YEAR * years))
    made: list[Session] = []
    for number in range(0, len(times), EVERY):
        event = an_event(centre, f"Workshop {number // EVERY}", registration="alias")
        event.themes.set(random.sample(themes, min(2, len(themes))))
        for place, begins in enumerate(times[number : number + EVERY], 1):
            made.append(_session(event, place, begins, now))
    Session.objects.bulk_create(made, batch_size=500)
    _around(made, rooms, people, now)
    return made


def _times(centre: Centre, day: date, many: int) -> list[datetime]:
    """Working days, so many of them used that a year has its number."""
    found: list[datetime] = []
    step = 365 / A_YEAR
    for n in range(many):
        on = day + timedelta(days=int(n * step))
        on -= timedelta(days=max(0, on.weekday() - 4))
        found.append(datetime.combine(on, SLOTS[n % len(SLOTS)], centre.zone))
    return found


def _session(event: Event, number: int, begins: datetime, now: datetime) -> Session:
    over = begins < now
    return Session(
        event=event,
        centre=event.centre,
        number=number,
        site=event.centre.sites.get(kind="main") if number == 1 else None,
        begins_at=begins,
        ends_at=begins + timedelta(minutes=90),
        changed_at=now,
        room_seats=30,
        state=Session.State.HELD if over else Session.State.PLANNED,
        participants=14 if over else None,
        counted_at=begins if over else None,
    )


def _around(made: list[Session], rooms: list[Room], people: list[User], now: datetime) -> None:
    """Rooms, who leads, and who has registered for those that are near."""
    Booking.objects.bulk_create(
        (
            Booking(
                centre=one.centre,
                room=rooms[n % len(rooms)],
                session=one,
                begins_at=one.begins_at,
                ends_at=one.ends_at,
            )
            for n, one in enumerate(made)
        ),
        batch_size=500,
    )
    Facilitation.objects.bulk_create(
        (Facilitation(session=one, person=people[n % len(people)]) for n, one in enumerate(made)),
        batch_size=500,
    )
    near = [one for one in made if abs(one.begins_at - now) < NEAR]
    comings = [
        Coming(
            key=uuid4(),
            session=one,
            number=number,
            word="heron",
            state=Coming.State.HELD,
            wanted=1,
            seats=1,
            language="fr",
            said_at=now,
        )
        for one in near
        for number in range(1, PEOPLE + 1)
    ]
    Coming.objects.bulk_create(comings, batch_size=500)
    Session.objects.filter(pk__in=[one.pk for one in near]).update(room_taken=PEOPLE, last_number=PEOPLE)


def _visits(centre: Centre, years: int) -> ClassVisit:
    """Classes of forty schools; the last one is to come."""
    schools = [a_school(centre, f"School {n}", pupils=400) for n in range(40)]
    now = centre.now().replace(hour=9, minute=0, second=0, microsecond=0)
    rows = []
    for n in range(VISITS * years):
        key, begins = uuid4(), now - timedelta(days=2 + n * 365 // VISITS)
        rows.append(
            ClassVisit(
                key=key,
                token=key.hex,
                uid=uuid4(),
                centre=centre,
                school=schools[n % 40],
                school_name="School",
                pupils=24,
                came=23,
                language="fr",
                state=ClassVisit.State.EVALUATED,
                state_since=begins,
                asked_at=begins - timedelta(days=40),
                begins_at=begins,
                ends_at=begins + timedelta(hours=2),
            )
        )
    ClassVisit.objects.bulk_create(rows, batch_size=500)
    begins = now + timedelta(days=9)
    kept = {"state": ClassVisit.State.CONFIRMED, "begins_at": begins, "ends_at": begins + timedelta(hours=2)}
    return a_class_visit(centre, school=schools[0], **kept)


def _pages(centre: Centre, sessions: list[Session], visit: ClassVisit) -> dict[str, str]:
    """Every page of the agenda that the house has, by what it is."""
    now = centre.now()
    coming = next(one for one in sessions if one.begins_at > now + timedelta(hours=1))
    mine = a_coming(Session.objects.get(pk=coming.pk))
    here, event = [centre.slug], coming.event
    wanted: dict[str, tuple[str, list[Any]]] = {
        "month": ("agenda:month", here),
        "week": ("agenda:week", here),
        "list": ("agenda:list", here),
        "event": ("agenda:event", [*here, event.pk]),
        "session": ("agenda:session", [*here, coming.pk]),
        "door": ("agenda:door", [*here, coming.pk]),
        "head-count": ("agenda:count", [*here, coming.pk]),
        "registrations": ("agenda:comings", [*here, coming.pk]),
        "kits": ("agenda:kits", here),
        "rooms": ("agenda:rooms", here),
        "visits": ("agenda:visits", here),
        "visit": ("agenda:visit", [*here, visit.pk]),
        "visit’s day": ("agenda:visit_day", [*here, visit.pk]),
        "schools": ("agenda:schools", here),
        "reach": ("agenda:reach", here),
        "public list": ("agenda:public_agenda", here),
        "public event": ("agenda:public_event", [event.slug]),
        "registering": ("agenda:come", [event.slug, coming.pk]),
        "a registration": ("agenda:mine", [mine.token]),
        "calendar": ("agenda:centre_ics", here),
        "feed": ("agenda:atom", here),
        "embedded": ("agenda:embed", here),
        "a teacher asks": ("agenda:ask_visit", here),
        "a teacher’s visit": ("agenda:teacher_visit", [visit.token]),
    }
    found = {}
    for name, (view, args) in wanted.items():
        try:
            found[name] = reverse(view, args=args)
        except NoReverseMatch:
            continue
    public = found["public list"]
    return found | {"public month": f"{public}?month={now:%Y-%m}"}


def _queries(person: User, path: str) -> int:
    """How many statements a page takes, the session's and the person's own included; the second time it is asked for."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(asked)


if __name__ == "__main__":
    main()
