"""The person behind a request: two rows on every page of the house, so both are read by prepared querysets.

Nothing is cached: a session that is revoked, a person who is deactivated and a changed password count at the next request.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from parvis.accounts.models import User
from parvis.shared.prepared import Prepared

SESSION = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
PERSON = Prepared(lambda pk: User.objects.filter(pk=pk))


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        # A cookie may hold anything, even what PostgreSQL takes for no text at all.
        found = SESSION.first(key, timezone.now()) if key.isalnum() else None
        if found is None:
            self._session_key = None
        return found


class Staff(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in by their address, as allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        person = PERSON.first(int(user_id))
        return person if person is not None and self.user_can_authenticate(person) else None
