"""A registration and its session in the words of whoever comes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.agenda.models import Coming, Session, Where
from parvis.centres.visitor_words import label
from parvis.shared.speaking import a_weekday


def listed(*parts: str) -> str:
    """Parts of a line, with the comma of the page's language between them."""
    return ("، " if get_language() == "ar" else ", ").join(part for part in parts if part)


def friendly(coming: Coming) -> str:
    """“Heron 12” in the language of the page."""
    return f"{label(coming.word, get_language() or 'en')} {coming.number}".strip()


def day_said(session: Session, at: datetime) -> str:
    """“Monday 2 March 2026” on the centre's calendar."""
    return a_weekday(session.centre.local_day(at))


def when(session: Session) -> str:
    """Day and hours at the centre."""
    centre = session.centre
    if session.all_day:
        last = session.ends_at - timedelta(seconds=1)  # it ends at midnight
        days = [day_said(session, session.begins_at), day_said(session, last)]
        return " – ".join(dict.fromkeys(days))
    begins, ends = centre.local(session.begins_at), centre.local(session.ends_at)
    if begins.date() == ends.date():
        return listed(day_said(session, session.begins_at), f"{begins:%H:%M}–{ends:%H:%M}")
    first = listed(day_said(session, session.begins_at), f"{begins:%H:%M}")
    return f"{first} – {listed(day_said(session, session.ends_at), f'{ends:%H:%M}')}"


def place(session: Session, where: str = Where.ROOM) -> str:
    """Where it takes place for those who take part in that way: room, site and its address. Its bookings are read ahead."""
    if where == Where.ONLINE or not (session.site_id or session.elsewhere):
        return _("Online")
    if session.elsewhere:
        return session.elsewhere
    rooms = [str(one.room.space.name) for one in session.bookings.all() if one.room]
    return listed(*rooms, *((session.site.name, session.site.address) if session.site else ()))


def by_when(session: Session, at: datetime) -> str:
    """A deadline on the centre's clock."""
    return listed(day_said(session, at), f"{session.centre.local(at):%H:%M}")
