"""Who came, hour by hour: told by the room that counts contacts, so that answers can be weighed to them.

This room knows nothing of tickets. ``parvis.reception`` says in its ``AppConfig.ready`` how contacts are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # models are loaded only after every room has said how it counts
    from parvis.centres.models import Centre

Counted = list[tuple[date, time]]  # the local day and time of each contact
_TELLERS: list[Callable[[Centre, date, date], Counted]] = []


def register(teller: Callable[[Centre, date, date], Counted]) -> None:
    """Says how contacts of a centre are counted from a day to a day; the last one to say so counts."""
    _TELLERS[:] = [teller]


def contacts(centre: Centre, first: date, last: date) -> Counted:
    """Each contact on the spot; nothing where nobody counts."""
    return _TELLERS[0](centre, first, last) if _TELLERS else []
