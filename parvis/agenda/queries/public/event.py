"""One event as everybody reads it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from parvis.agenda.models import Event, Session, Speaker
from parvis.agenda.queries.public.programme import Line, lines_of, whole
from parvis.centres.models import Code, CodeList
from parvis.partners import papers
from parvis.partners.models import Institution, Relation


@dataclass(frozen=True)
class Page:
    """An event with its sessions: those ahead, those that are over, and who is named."""

    event: Event
    ahead: list[Line]
    over: list[Line]
    organisers: list[Institution]
    speakers: list[Speaker]
    audiences: list[Code]  # for whom it is; none: for everybody
    sectors: list[Code]

    @property
    def lines(self) -> list[Line]:
        """All of them in the order of time."""
        return [*self.over, *self.ahead]

    @property
    def steps_free(self) -> bool:
        """Whether each room that is booked is reached without steps."""
        rooms = [one.room for line in self.ahead for one in line.session.bookings.all() if one.room]
        return bool(rooms) and all(room.step_free for room in rooms)


def public_event_by(slug: str) -> Event | None:
    """The event at that address, if everybody may read it now: one query."""
    event = Event.objects.select_related("centre__network", "kind").filter(slug=slug).first()
    return event if event and event.is_public(event.centre.now()) else None


def page_of(event: Event, at: datetime) -> Page:
    """What everybody reads of it: eight queries. Never who leads it."""
    today = event.centre.local_day(at)
    lines = lines_of(event.centre, sessions_of(event), at)
    organisers = event.organisers.filter(named=True).select_related("institution").order_by("part", "pk")
    codes = list(event.codes.order_by("position", "pk"))
    return Page(
        event=event,
        ahead=[line for line in lines if not line.over],
        over=[line for line in lines if line.over],
        organisers=[one.institution for one in organisers],
        speakers=[one for one in event.speakers.all() if one.is_named_on(today)],
        audiences=[one for one in codes if one.list == CodeList.AUDIENCE],
        sectors=[one for one in codes if one.list == CodeList.SECTOR],
    )


def sessions_of(event: Event) -> list[Session]:
    """All its sessions, cancelled ones too: four queries."""
    return whole(Session.objects.filter(event=event).order_by("begins_at", "pk"))


def logos_of(page: Page) -> list[bytes]:
    """The logos of the organisers that are named, in their order: one query; one whose file is gone is left out."""
    ids = [one.pk for one in page.organisers]
    rows = Relation.objects.filter(centre=page.event.centre, institution__in=ids, logo__isnull=False)
    names = dict(rows.values_list("institution", "logo"))
    found = []
    for pk in ids:
        with suppress(OSError):
            if name := names.get(pk):
                found.append(papers.read(name))
    return found
