"""What may help with a theme: who receives for it now, and the institutions that work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import override

from parvis.agenda.models import Session
from parvis.agenda.queries.public.programme import Line, lines_of, next_sessions, whole
from parvis.agenda.visitor_programme import when_of, where_of
from parvis.centres.models import Centre, Theme
from parvis.partners.queries.institutions import offered
from parvis.reception.models import Seat

AHEAD, MOST_SESSIONS = 30, 4  # days, and sessions of a theme


@dataclass(frozen=True)
class Help:
    """One institution, as an entry of the thread would say it in the visitor's language."""

    pk: int
    key: UUID  # of the entry that would say it
    name: str
    what_for: str
    where: str


@dataclass(frozen=True)
class Suggestions:
    """For one theme: desks where somebody receives for it now, places to go, and what is on."""

    theme: Theme
    desks: list[str]
    places: list[Help]
    sessions: list[tuple[Line, UUID]]  # what is on for it, each with the key of the entry that would say it


def suggestions(centre: Centre, at: datetime, language: str, theme: Theme) -> Suggestions:
    """What fits ``theme``, in the visitor's ``language``: eight queries at most."""
    seats = Seat.objects.open().filter(centre=centre, themes=theme, paused_at=None).select_related("desk")
    desks = sorted({seat.desk.name for seat in seats})
    with override(language):
        places = [
            Help(one.pk, uuid4(), one.institution.name, str(one.for_visitors), where(one.address, one.phone))
            for one in offered(centre, centre.local_day(at))
            if theme in one.themes.all()
        ]
        ahead = next_sessions(centre, at, days=AHEAD, most=MOST_SESSIONS, theme=theme)
    return Suggestions(theme, desks, places, [(line, uuid4()) for line in ahead])


def session_said(centre: Centre, at: datetime, language: str, pk: str) -> dict[str, str] | None:
    """What a thread says of one session that is ahead; nothing where there is none like it. Four queries."""
    rows = Session.objects.public(at).filter(centre=centre, state=Session.State.PLANNED, ends_at__gt=at)
    found = (
        lines_of(centre, whole(rows.filter(pk=pk)), at)
        if pk.isascii() and pk.isdecimal() and len(pk) < 19
        else []
    )
    if not found:
        return None
    with override(language), timezone.override(centre.zone):
        place = where_of(found[0])
        text = where(str(found[0].event.title), when_of(found[0]))
    return {"text": text, "where": place} if place else {"text": text}


def where(*parts: str) -> str:
    """Address and telephone in one line."""
    return " · ".join(part for part in parts if part)


def place_said(centre: Centre, at: datetime, language: str, pk: str) -> dict[str, str] | None:
    """What a thread says of one institution; nothing where it is not offered here. Two queries."""
    relation = next((one for one in offered(centre, centre.local_day(at)) if str(one.pk) == pk), None)
    if relation is None:
        return None
    with override(language):
        text = where(relation.institution.name, str(relation.for_visitors))
    found = where(relation.address, relation.phone)
    return {"text": text, "where": found} if found else {"text": text}
