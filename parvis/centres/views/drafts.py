"""What somebody has typed on the pages of an assistant, kept in their session until it is done."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http.request import QueryDict

AT_MOST = 5  # drafts kept for one person; the oldest goes first


class Draft:
    """The pages of one draft by name. Kept as sent, right or wrong, so that going back loses nothing."""

    def __init__(self, session: SessionBase, name: str, key: UUID) -> None:
        self.session, self.name, self.key = session, name, str(key)

    def page(self, page: str) -> QueryDict | None:
        """What was sent on ``page``, or None where it was not sent yet."""
        sent = self._drafts().get(self.key, {}).get(page)
        return None if sent is None else QueryDict(sent)

    def keep(self, page: str, sent: QueryDict) -> None:
        """Remember what was sent on ``page``."""
        drafts = self._drafts()
        pages = drafts.pop(self.key, {}) | {page: sent.urlencode()}
        kept = dict(list(drafts.items())[-(AT_MOST - 1) :])
        self.session[self.name] = kept | {self.key: pages}

    def forget(self) -> None:
        """The draft has become what it was for."""
        drafts = self._drafts()
        drafts.pop(self.key, None)
        self.session[self.name] = drafts

    def _drafts(self) -> dict[str, dict[str, str]]:
        return dict(self.session.get(self.name, {}))
