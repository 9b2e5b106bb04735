"""What may help with a theme: who receives for it now, and the institutions that work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import override

from parvis.centres.models import Centre, Theme
from parvis.partners.queries.institutions import offered
from parvis.reception.models import Seat


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
    """For one theme: desks where somebody receives for it now, and places to go."""

    theme: Theme
    desks: list[str]
    places: list[Help]


def suggestions(centre: Centre, at: datetime, language: str, theme: Theme) -> Suggestions:
    """What fits ``theme``, in the visitor's ``language``: four queries."""
    seats = Seat.objects.open().filter(centre=centre, themes=theme, paused_at=None).select_related("desk")
    desks = sorted({seat.desk.name for seat in seats})
    with override(language):
        places = [
            Help(one.pk, uuid4(), one.institution.name, str(one.for_visitors), where(one.address, one.phone))
            for one in offered(centre, centre.local_day(at))
            if theme in one.themes.all()
        ]
    return Suggestions(theme, desks, places)


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
