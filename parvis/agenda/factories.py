"""Kits, events, sessions and visits for tests and the demonstration."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from parvis.agenda.models import (
    ClassVisit,
    Coming,
    Event,
    Kit,
    KitVersion,
    Room,
    School,
    Session,
    Teacher,
)
from parvis.centres.factories import LONG_AGO, a_code, words
from parvis.centres.models import Centre, Code, CodeList, Site, Space


def an_event_kind(centre: Centre, key: str = "workshop") -> Code:
    """The centre's entry of that key in its list of kinds of events; made where it has none."""
    known = Code.objects.filter(centre=centre, list=CodeList.EVENT_KIND, key=key).first()
    return known or a_code(centre, CodeList.EVENT_KIND, key)


def a_room(centre: Centre, name: str = "Workshop room", **fields: Any) -> Room:
    """A room of the centre's first site, for twenty people."""
    site = Site.objects.filter(centre=centre)[0]
    space = Space.objects.create(site=site, kind=Space.Kind.WORKSHOP, name=words(name, name))
    return Room.objects.create(space=space, **{"places": 20} | fields)


def a_kit(centre: Centre, title: str = "Explore", **fields: Any) -> KitVersion:
    """The first version of a centre's kit, in use since long ago: an hour, for everybody."""
    kit = Kit.objects.create(
        key=uuid4(), network=centre.network, centre=centre, title=words(title, title), for_classes=True
    )
    usual = {"number": 1, "state": KitVersion.State.IN_USE, "in_use_since": LONG_AGO, "title": kit.title}
    return KitVersion.objects.create(kit=kit, **usual | fields)


def an_event(centre: Centre, title: str = "Workshop", **fields: Any) -> Event:
    """A published event without any session, open to everybody without registration."""
    now = centre.now()
    usual: dict[str, Any] = {
        "kind": fields.pop("kind", None) or an_event_kind(centre),
        "title": words(title, title),
        "languages": [centre.language],
        "state": Event.State.PUBLISHED,
        "publish_at": now - timedelta(days=30),
        "changed_at": now,
    }
    key = uuid4()
    return Event.objects.create(key=key, slug=key.hex[:12], centre=centre, **usual | fields)


def a_session(event: Event, begins: datetime | None = None, minutes: int = 90, **fields: Any) -> Session:
    """A session of an event, on the centre's first site; tomorrow at this hour unless said otherwise."""
    centre = event.centre
    begins = begins or (centre.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    usual: dict[str, Any] = {
        "site": Site.objects.filter(centre=centre).first(),
        "begins_at": begins,
        "ends_at": begins + timedelta(minutes=minutes),
        "changed_at": centre.now(),
        "number": event.sessions.count() + 1,
    }
    return Session.objects.create(event=event, centre=centre, **usual | fields)


def a_coming(session: Session, seats: int = 1, **fields: Any) -> Coming:
    """A registration that holds its places on site."""
    session.last_number += 1
    session.room_taken += seats
    session.save()
    usual: dict[str, Any] = {
        "state": Coming.State.HELD,
        "wanted": seats,
        "seats": seats,
        "word": "heron",
        "language": "en",
        "said_at": session.centre.now(),
    }
    return Coming.objects.create(key=uuid4(), session=session, number=session.last_number, **usual | fields)


def a_school(centre: Centre, name: str = "School by the river", **fields: Any) -> School:
    """A school of the territory, with its number of pupils not known."""
    usual = {"reference": uuid4().hex[:12], "opened_on": LONG_AGO}
    return School.objects.create(centre=centre, name=name, **usual | fields)


def a_class_visit(centre: Centre, *, pupils: int = 24, **fields: Any) -> ClassVisit:
    """A class that was asked for, by a teacher who can be written to."""
    now, key = centre.now(), uuid4()
    usual: dict[str, Any] = {
        "token": key.hex,
        "uid": uuid4(),
        "school_name": "School by the river",
        "pupils": pupils,
        "language": "fr",
        "state_since": now,
        "asked_at": now,
    }
    visit = ClassVisit.objects.create(key=key, centre=centre, **usual | fields)
    Teacher.objects.create(visit=visit, name="Camille Teacher", email="teacher@example.org")
    return visit
