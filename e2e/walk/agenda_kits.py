"""Kits for the walk: one in use with a next draft, one of the network, one that another centre shares."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

from PIL import Image

from parvis.agenda import recordings_on_disk
from parvis.agenda.actions.bookings import book
from parvis.agenda.actions.kit_files import add_file
from parvis.agenda.actions.kit_ready import begin_ready
from parvis.agenda.actions.kit_versions import next_version, put_into_use
from parvis.agenda.actions.kits import offer_kit
from parvis.agenda.actions.recordings import keep_recording, publish_recording, write_beside
from parvis.agenda.actions.rooms import add_equipment, close_room
from parvis.agenda.factories import a_room, a_session, an_event
from parvis.agenda.models import KitVersion
from parvis.agenda.ready import ready_kit
from parvis.agenda.tests.films import a_film
from parvis.centres.factories import a_centre, words
from parvis.centres.models import Centre, Holder
from parvis.shared.attachments import clean


def some_kits(centre: Centre, at: datetime) -> dict[str, int | str]:
    """Rows by name: those of the centre, of its network, and of another centre; and what is booked for them."""
    shared = _in_use(a_centre(network=centre.network, name="Carrefour des métiers"), "inforizon", at)
    offer_kit(kit=shared.kit, offered=True)
    rows: dict[str, int | str] = {"shared kit": shared.kit_id}
    for whose, holder in (("centre’s", centre), ("network’s", centre.network)):
        version = _in_use(holder, "explorama", at)
        draft = next_version(kit=version.kit)
        rows |= {f"{whose} kit": version.kit_id, f"{whose} kit draft": draft.pk}
        rows[f"{whose} kit step"] = draft.steps.all()[0].pk
        begin_ready(holder=holder, key=uuid4(), ready=ready_kit("passavenir"))
        if whose == "centre’s":
            a_session(an_event(centre, "Occupations for a morning", kit_version=version), at)
    return rows | some_rooms(centre, at) | some_recordings(centre, at)


def some_rooms(centre: Centre, at: datetime) -> dict[str, int | str]:
    """Rows by name: a room and tablets that are booked, a room that is closed."""
    room = a_room(centre, "Blue room", step_free=True, hearing_loop=True, connected=True)
    close_room(room=a_room(centre, "Old room"), at=at)
    tablets = add_equipment(centre=centre, name=words("Tablet", "Tablette"), number=6)
    session = a_session(an_event(centre, "Tablets for everybody"), at)
    begins, ends = session.begins_at, session.ends_at
    book(owner=session, begins=begins, ends=ends, rooms=[room], equipment={tablets: 4})
    return {"room": room.pk, "equipment": tablets.pk}


def some_recordings(centre: Centre, at: datetime) -> dict[str, int | str]:
    """Rows by name: a recording that everybody sees, one without captions, a webinar of which there is none."""
    sessions = [
        a_session(an_event(centre, title), at - timedelta(days=days), link="https://example.org/join")
        for days, title in ((3, "How to begin"), (4, "Ask a school"), (5, "Money for training"))
    ]
    kept = []
    for session in sessions[:2]:
        recordings_on_disk.add_piece(key := uuid4(), 0, [a_film("mp4")])
        kept.append(keep_recording(session=session, key=key, language="fr", by=None, at=at))
    captions = "WEBVTT\n\n00:01.000 --> 00:04.000\nBienvenue à toutes et à tous.\n"
    shown = write_beside(recording=kept[0], language="fr", captions=captions, text="")
    publish_recording(recording=shown, at=at)
    return {"recording": shown.pk, "recording bare": kept[1].pk, "webinar": sessions[2].pk}


def _in_use(holder: Holder, key: str, at: datetime) -> KitVersion:
    draft = begin_ready(holder=holder, key=uuid4(), ready=ready_kit(key))
    picture = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(picture, "PNG")
    said = {"title": "Cards of occupations", "clean": clean(picture.getvalue()), "by": None, "at": at}
    add_file(version=draft, key=uuid4(), **said)
    return put_into_use(version=draft, on=at.date())
