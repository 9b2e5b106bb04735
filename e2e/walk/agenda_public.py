"""What everybody reads of the programme: an event with sessions that are full, online, cancelled, over, and for whole days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from i18nfield.strings import LazyI18nString

from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Registration, Session, Speaker
from parvis.centres.models import Centre


def a_public_event(centre: Centre, at: datetime) -> dict[str, int | str]:
    """Its address by name."""
    event = an_event(
        centre,
        registration=Registration.ALIAS,
        accessibility=["step_free", "captions"],
        languages=["fr", "ar"],
    )
    event.title = LazyI18nString(
        {"en": "Meet the builders", "fr": "Rencontre avec le bâtiment", "ar": "لقاء مع البنائين"}
    )
    event.summary = LazyI18nString(
        {"en": "Ask what you like.", "fr": "Posez vos questions.", "ar": "اسأل ما تشاء."}
    )
    event.description = LazyI18nString(
        {"en": "First a round of questions.\n\nThen everybody tries.", "ar": "أسئلة ثم تجربة."}
    )
    event.save()
    event.themes.set(list(centre.themes.all())[:2])
    Speaker.objects.create(
        event=event, name="Lina Haddad", about="builds bridges", agreed_on=date(2026, 1, 1)
    )
    a_session(event, at + timedelta(days=2), room_seats=6, room_taken=6)
    a_session(event, at + timedelta(days=9), room_seats=6, link="https://example.org/join", online_seats=20)
    a_session(event, at + timedelta(days=16), state=Session.State.CANCELLED, why="The hall is being painted.")
    a_session(event, at - timedelta(days=5))
    begins = datetime.combine(at.date() + timedelta(days=20), time(0), centre.zone)
    a_session(event, begins, all_day=True, ends_at=begins + timedelta(days=3))
    return {"public event": event.slug}
