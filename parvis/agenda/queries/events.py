"""The pages of one event and of one session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from parvis.agenda.models import (
    Accessibility,
    AgendaSettings,
    Booking,
    Event,
    EventStep,
    Facilitation,
    KitVersion,
    Session,
)
from parvis.agenda.queries.programme import MOST_WORDS, Asked, Line, every_word, read
from parvis.agenda.queries.said import Said, said_of
from parvis.agenda.queries.sight import Sight
from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.partners.models import Institution, Relation
from parvis.shared.plain import plain

LISTS = {"sectors": CodeList.SECTOR, "audiences": CodeList.AUDIENCE, "objectives": CodeList.OBJECTIVE}
MOST_PAST = 50  # of an event's sessions that are over


@dataclass(frozen=True)
class Offered:
    """What can be chosen at a centre on a day."""

    kinds: Sequence[Code]
    codes: Sequence[Code]
    themes: Sequence[Theme]
    kits: Sequence[KitVersion]
    institutions: Sequence[Institution]


@dataclass(frozen=True)
class EventPage:
    """All about one event."""

    event: Event
    said: Said
    coming: list[Line]
    past: list[Line]
    steps: list[EventStep]
    themes: list[Theme]
    others: list[Institution]
    lists: list[tuple[str, list[Code]]]  # name of the list, what was chosen
    accessibility: list[str]
    second_look: bool
    public: bool

    @property
    def too_late(self) -> bool:
        """Whether something takes place before everybody may read of it."""
        since = self.event.publish_at
        return since is not None and any(
            line.session.begins_at < since and not line.cancelled for line in self.coming
        )


@dataclass(frozen=True)
class SessionPage:
    """All about one session."""

    session: Session
    line: Line
    equipment: list[Booking]
    leads: list[Facilitation]  # whom the reader knows
    over: bool
    public: bool  # everybody reads its event

    @property
    def taken(self) -> int:
        """Places that somebody has."""
        return self.session.room_taken + self.session.online_taken


def event_page(event: Event, sight: Sight, at: datetime) -> EventPage:
    """A fixed number of queries, whatever it holds."""
    said = said_of(event)
    over = event.sessions.filter(ends_at__lte=at).order_by("-begins_at", "-pk").values("pk")[:MOST_PAST]
    shown = event.sessions.filter(Q(ends_at__gt=at) | Q(pk__in=over)).order_by("begins_at", "pk")
    lines = read(shown, event.centre, sight)
    codes = sorted(said.codes, key=lambda one: (one.position, one.pk))
    named = [(str(listed.label), [one for one in codes if one.list == listed]) for listed in LISTS.values()]
    return EventPage(
        event,
        said,
        [line for line in lines if line.session.ends_at > at],
        [line for line in reversed(lines) if line.session.ends_at <= at],
        list(event.steps.select_related("by")),
        sorted(said.themes, key=lambda one: (one.position, one.pk)),
        sorted(said.others, key=lambda one: one.name),
        [(name, found) for name, found in named if found],
        [str(Accessibility(one).label) for one in said.accessibility],
        AgendaSettings.objects.filter(centre=event.centre, second_look=True).exists(),
        event.is_public(at),
    )


def session_page(session: Session, sight: Sight, at: datetime) -> SessionPage:
    """A fixed number of queries."""
    [line] = read(Session.objects.filter(pk=session.pk), session.centre, sight)
    leads = session.facilitations.filter(person__isnull=False).select_related("person").order_by("pk")
    return SessionPage(
        session,
        line,
        list(session.bookings.filter(equipment__isnull=False).select_related("equipment")),
        [one for one in leads if sight.knows(one)],
        session.ends_at <= at,
        session.event.is_public(at),
    )


def offered(centre: Centre, day: date, said: Said | None = None) -> Offered:
    """What a page about an event offers on ``day``, what was chosen before included: four queries."""
    codes = list(
        Code.objects.filter(
            centre=centre, list__in=[CodeList.EVENT_KIND, *LISTS.values()], not_communicated=False
        ).open_on(day)
    )
    themes = list(Theme.objects.filter(centre=centre).open_on(day))
    relations = Relation.objects.filter(centre=centre, standing=Relation.Standing.PARTNER)
    bodies = [one.institution for one in relations.open_on(day).by_name()]
    in_use = Q(state=KitVersion.State.IN_USE, kit__archived_on=None)
    usable = Q(kit__centre=centre) | Q(kit__network=centre.network_id, kit__offered=True)
    kits = list(KitVersion.objects.filter(in_use & usable).select_related("kit").order_by("kit"))
    if said:
        codes += [one for one in (said.kind, *said.codes) if one not in codes]
        themes += [one for one in said.themes if one not in themes]
        bodies += [one for one in (said.lead, *said.others) if one and one not in bodies]
        kits += [said.kit_version] if said.kit_version and said.kit_version not in kits else []
    kinds = [one for one in codes if one.list == CodeList.EVENT_KIND]
    return Offered(kinds, [one for one in codes if one not in kinds], themes, kits, bodies)


def kit_usable(centre: Centre, pk: int) -> KitVersion | None:
    """A version in use that the centre may plan from."""
    found = KitVersion.objects.filter(pk=pk, state=KitVersion.State.IN_USE).select_related("kit").first()
    usable = found and type(found.kit).objects.usable_at(centre).filter(pk=found.kit_id).exists()
    return found if usable else None


def without_sessions(centre: Centre, sight: Sight, asked: Asked) -> list[Event]:
    """Events that have no date yet and are asked for, the latest first: one query at most. Those that were taken back where they are asked for."""
    if asked.room or asked.mine or asked.state in (Session.State.CANCELLED, Session.State.HELD):
        return []  # that is said of sessions
    found = Event.objects.filter(sight.events(), centre=centre, sessions=None).select_related("kind")
    found = found.filter(state=asked.state) if asked.state else found.exclude(state=Event.State.WITHDRAWN)
    if asked.kind:
        found = found.filter(kind__key=asked.kind)
    if asked.theme:
        found = found.filter(themes__key=asked.theme)
    rows = found.order_by("-changed_at", "-pk")
    if words := plain(asked.search[:MOST_WORDS]):
        return [one for one in rows if words in plain(every_word(one))][:MOST_PAST]
    return list(rows[:MOST_PAST])
