"""The programme as an Atom feed (RFC 4287): an entry a session, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from parvis.agenda.queries.public.programme import Line
from parvis.agenda.visitor_calendars import changed_at, description_of
from parvis.agenda.visitor_programme import when_of, where_of
from parvis.centres.models import Centre

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed that has never said anything


def as_feed(lines: Iterable[Line], *, centre: Centre, language: str, origin: str, own: str) -> str:
    """``own``: the feed's own path. Its identifiers stay the same wherever the house moves."""
    with translation.override(language):
        home = f"{origin}{reverse('agenda:public_agenda', args=[centre.slug])}?language={language}"
        feed = _Feed(
            title=_("What is on · %(centre)s") % {"centre": centre.name},
            link=home,
            description=_("Free. You need not say who you are."),
            subtitle=_("Free. You need not say who you are."),
            language=language,
            author_name=centre.name,
            feed_url=origin + own,
            feed_guid=uuid5(NAMESPACE_URL, f"parvis:agenda:{centre.slug}:{own}").urn,
        )
        for line in lines:
            _add(feed, line, f"{origin}{reverse('agenda:public_event', args=[line.event.slug])}", language)
        return str(feed.writeString("utf-8"))


def _add(feed: Atom1Feed, line: Line, address: str, language: str) -> None:
    event = line.event
    title = f"{event.title} · {when_of(line)}"
    where = f"{when_of(line)} · {where_of(line)}" if where_of(line) else when_of(line)
    feed.add_item(
        title=_("Cancelled: %(title)s") % {"title": title} if line.cancelled else title,
        link=f"{address}?language={language}",
        description=linebreaks(escape(f"{where}\n\n{description_of(line)}")),
        unique_id=line.session.uid.urn,
        pubdate=event.publish_at,
        updateddate=max(changed_at(line), event.publish_at or EPOCH),
        categories=[str(event.kind.label), *(str(theme.name) for theme in line.themes)],
    )


class _Feed(Atom1Feed):
    """Django's own, which takes the present for a feed without entries: the same bytes while nothing changes."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=EPOCH)
