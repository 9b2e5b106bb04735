"""What a page about a registration shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from parvis.agenda.models import Coming, Event, Session, Where
from parvis.agenda.queries.public.recordings import shown_recordings
from parvis.agenda.queries.registering import takes_registrations
from parvis.agenda.queries.where import rooms_ahead

State = Coming.State


def session_to_come(slug: str, pk: int) -> Session | None:
    """A session of a public event, by the event's address."""
    found = Session.objects.select_related("event__kind", "centre__network", "site")
    found = found.prefetch_related(rooms_ahead())
    session = found.filter(event__slug=slug, pk=pk, event__state=Event.State.PUBLISHED).first()
    return session if session and session.event.is_public(session.centre.now()) else None


def coming_of(token: str) -> Coming | None:
    """A registration by its address, with all that its page shows."""
    return (
        Coming.objects.select_related(
            "session__event__questions__version",
            "session__event__satisfaction__version",
            "session__centre__network",
            "session__site",
            "address",
        )
        .prefetch_related(rooms_ahead("session__bookings"))
        .filter(token=token)
        .first()
    )


@dataclass(frozen=True)
class Standing:
    """A registration at one moment.

    ``before``: registrations that have waited longer for the same places. ``again``: whether one can register again.
    ``recording``: the row of the one that everybody may see.
    """

    coming: Coming
    before: int
    again: bool
    is_over: bool
    questions: str
    satisfaction: str
    recording: int | None

    @property
    def is_active(self) -> bool:
        """Whether it may still come to something."""
        return self.coming.state in {State.HELD, State.WAITING, State.OFFERED} and not self.is_over

    @property
    def joins_online(self) -> bool:
        """Whether the link to join is theirs."""
        has_place = self.coming.state in {State.HELD, State.CAME}
        return has_place and self.coming.where == Where.ONLINE and bool(self.coming.session.link)


def standing_of(coming: Coming, at: datetime) -> Standing:
    """One query where somebody waits, one where it is over, else none."""
    session, before = coming.session, 0
    if coming.state == State.WAITING:
        waiting = Coming.objects.filter(session=session, where=coming.where, state=State.WAITING)
        before = waiting.filter(waiting_since__lt=coming.waiting_since).count()
    day, event = session.centre.local_day(at), session.event
    over = at >= session.ends_at or session.state != Session.State.PLANNED
    ask = event.questions if event.questions and not over else None
    after = event.satisfaction if event.satisfaction and at >= session.begins_at else None
    seen = shown_recordings(session.centre, at).filter(session=session) if over else None
    return Standing(
        coming=coming,
        before=before,
        again=takes_registrations(session, at),
        is_over=over,
        questions=ask.token if ask and ask.takes_answers_on(day) else "",
        satisfaction=after.token if after and after.takes_answers_on(day) else "",
        recording=seen.values_list("pk", flat=True).first() if seen is not None else None,
    )
