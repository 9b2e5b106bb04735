"""The address at which a door page hands in what it noted: made for a session, good for two days, whoever is signed in by then."""

from __future__ import annotations

from django.core import signing

from parvis.agenda.models import Session

SALT = "agenda door"
GOOD_FOR = 2 * 24 * 3600  # seconds: an evening without a network, and the day after


def door_token(session: Session) -> str:
    """For the door of that session alone."""
    return signing.dumps(session.pk, salt=SALT)


def session_of(token: str) -> Session | None:
    """The session, while the token is good."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Session.objects.select_related("event", "centre").filter(pk=pk).first()
