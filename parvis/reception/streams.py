"""What reception's open pages hear as it happens: each *slot* of a centre's topic is one text.

``pulse`` changes whenever staff should look again; ``board:<language>`` is the board's inside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation

from parvis.centres.models import Centre
from parvis.reception.models import Seat, Ticket
from parvis.reception.queries.board import board

PREFIX = "reception"


def topic(centre: Centre) -> str:
    """The topic of everything that happens at a centre's reception."""
    return f"{PREFIX}/{centre.pk}"


def read(topic: str, slots: frozenset[str]) -> Mapping[str, str]:
    """The present texts of ``slots``, each read once however many pages show it."""
    centre = Centre.objects.get(pk=topic.partition("/")[2])
    at = centre.now()
    with timezone.override(centre.zone):
        return {slot: READERS[slot.partition(":")[0]](centre, at, slot.partition(":")[2]) for slot in slots}


def _pulse(centre: Centre, at: datetime, _rest: str) -> str:
    tickets = Ticket.objects.filter(centre=centre, date=centre.local_day(at)).order_by("pk")
    seats = Seat.objects.open().filter(centre=centre).order_by("pk")
    seen = [
        *tickets.values_list("pk", "state", "state_since", "recalled_at", "for_desk", "for_seat"),
        *seats.values_list("pk", "paused_at"),
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _board(centre: Centre, at: datetime, language: str) -> str:
    with translation.override(language):
        return render_to_string(
            "reception/visitor/_board.html", {"board": board(centre, at), "centre": centre}
        )


READERS: dict[str, Callable[[Centre, datetime, str], str]] = {"pulse": _pulse, "board": _board}
