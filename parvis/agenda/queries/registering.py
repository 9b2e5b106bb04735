"""Whether somebody can register for a session, and in which ways they take part. No query."""

from __future__ import annotations

from datetime import datetime

from parvis.agenda.models import Registration, Session, Where


def takes_registrations(session: Session, at: datetime) -> bool:
    """Whether somebody can register at ``at``; ``event`` must be loaded."""
    return (
        session.state == Session.State.PLANNED
        and at < session.begins_at
        and session.event.is_public(at)
        and session.event.registration != Registration.NONE
    )


def ways_to_take_part(session: Session) -> list[Where]:
    """On site, online, or both."""
    on_site = bool(session.site_id or session.elsewhere) or not session.link
    return [where for where, has in ((Where.ROOM, on_site), (Where.ONLINE, session.is_online)) if has]
