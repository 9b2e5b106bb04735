"""What reception's open pages hear as it happens: each *slot* of a centre's topic is one text.

``pulse`` changes whenever staff should look again; ``board:<language>`` is the board's inside, ``kiosk:<language>`` what
a kiosk knows of waits, ``ticket:<token>:<language>`` how one ticket stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from django.template.loader import render_to_string
from django.utils import timezone, translation

from parvis.centres.models import Centre
from parvis.reception import visitor_streams
from parvis.reception.models import Seat, Ticket
from parvis.reception.queries.board import board
from parvis.reception.queries.look import Look

PREFIX = "reception"


def topic(centre: Centre) -> str:
    """The topic of everything that happens at a centre's reception."""
    return f"{PREFIX}/{centre.pk}"


def read(topic: str, slots: frozenset[str]) -> Mapping[str, str]:
    """The present texts of ``slots``, each read once however many pages show it."""
    centre = Centre.objects.get(pk=topic.partition("/")[2])
    look = Look(centre, centre.now())
    kinds: dict[str, list[str]] = {}
    for slot in slots:
        kind, _colon, rest = slot.partition(":")
        kinds.setdefault(kind, []).append(rest)
    with timezone.override(centre.zone):
        texts = {kind: READERS[kind](look, rests) for kind, rests in kinds.items()}
    return {f"{kind}:{rest}" if rest else kind: text for kind in texts for rest, text in texts[kind].items()}


def _pulse(look: Look, _rests: list[str]) -> dict[str, str]:
    centre = look.centre
    tickets = Ticket.objects.filter(centre=centre, date=centre.local_day(look.at)).order_by("pk")
    seats = Seat.objects.open().filter(centre=centre).order_by("pk")
    seen = [
        *tickets.values_list("pk", "number", "state", "state_since", "recalled_at", "for_desk", "for_seat"),
        *seats.values_list("pk", "paused_at"),
    ]
    return {"": hashlib.sha256(repr(seen).encode()).hexdigest()[:16]}


def _boards(look: Look, languages: list[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for language in languages:
        with translation.override(language):
            context = {"board": board(look.centre, look.at, look=look), "centre": look.centre}
            texts[language] = render_to_string("reception/visitor/_board.html", context)
    return texts


Reader = Callable[[Look, list[str]], dict[str, str]]
READERS: dict[str, Reader] = {
    "pulse": _pulse,
    "board": _boards,
    "kiosk": visitor_streams.kiosks,
    "ticket": visitor_streams.tickets,
}
