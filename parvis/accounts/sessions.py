"""Sessions that bring the person who signed in: both are read by one prepared queryset.

Nothing is cached: a session that is revoked, a person who is deactivated and a changed password count at the next request.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from parvis.accounts.models import Session, User
from parvis.shared.prepared import Prepared

SESSION = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).select_related("person")
)


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with the person who signed in."""

    person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session: Any = super().create_model_instance(data)
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        # A cookie may hold anything, even what PostgreSQL takes for no text at all.
        found = SESSION.first(key, timezone.now()) if key.isalnum() else None
        if found is None:
            self._session_key = None
            return None
        self.person = found.person
        return found
