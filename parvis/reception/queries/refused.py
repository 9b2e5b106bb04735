"""Arrivals that wait for staff to settle them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from parvis.centres.models import Centre
from parvis.centres.visitor_words import label, word_for
from parvis.reception.models import RefusedEntry

SHOWN_FOR = timedelta(days=7)  # settled ones, for whoever wonders


@dataclass(frozen=True)
class RefusedLine:
    """One of them as staff read it: the ticket's name as the visitor holds it."""

    entry: RefusedEntry
    name: str


@dataclass(frozen=True)
class RefusedPage:
    """Those to settle, and those that were."""

    open: list[RefusedLine]
    settled: list[RefusedLine]


def refused_page(centre: Centre, language: str, at: datetime) -> RefusedPage:
    """Both lists, oldest first: one query."""
    recent = Q(settled_at=None) | Q(settled_at__gt=at - SHOWN_FOR)
    rows = RefusedEntry.objects.filter(recent, device__centre=centre).order_by("arrived_at", "pk")
    found = [
        RefusedLine(entry, shown_name(centre, entry, language))
        for entry in rows.select_related("device", "theme", "ticket__theme")
    ]
    return RefusedPage(
        [line for line in found if line.entry.settled_at is None],
        [line for line in found if line.entry.settled_at is not None],
    )


def shown_name(centre: Centre, entry: RefusedEntry, language: str) -> str:
    """“Heron 12”, “12”, or nothing where the device had no number left."""
    if entry.ticket is not None:
        return entry.ticket.name_in(language)
    if entry.number is None:
        return ""
    word = word_for(centre.local_day(entry.arrived_at), centre.pk, entry.number)
    return f"{label(word, language)} {entry.number}" if centre.ticket_style == "word" else str(entry.number)


def refused_count(centre: Centre) -> int:
    """How many wait: one query."""
    return RefusedEntry.objects.filter(device__centre=centre, settled_at=None).count()
