"""The programme: a month with sessions in each state."""

from __future__ import annotations

from datetime import datetime, timedelta

from parvis.accounts.models import User
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_room, a_session, an_event
from parvis.agenda.models import Event, Facilitation, Session
from parvis.centres.models import Centre


def a_programme(centre: Centre, people: dict[str, User], at: datetime) -> dict[str, int | str]:
    """Rows by name: an event that is published, with sessions planned and cancelled; a draft; something online."""
    room = a_room(centre, "Blue room")
    theme = centre.themes.get(key="job")
    event = an_event(centre, "Find work in a hotel")
    event.themes.add(theme)
    session = a_session(event, at + timedelta(days=1))
    book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[room])
    Facilitation.objects.create(session=session, person=people["calling"])
    gone = a_session(event, at + timedelta(days=8), state=Session.State.CANCELLED, why="The speaker is ill")
    draft = an_event(centre, "An evening about training", state=Event.State.DRAFT, publish_at=None)
    later = a_session(draft, at + timedelta(days=2), link="https://example.org/join")
    return {
        "event": event.pk,
        "session": session.pk,
        "session cancelled": gone.pk,
        "event drafted": draft.pk,
        "session drafted": later.pk,
    }
