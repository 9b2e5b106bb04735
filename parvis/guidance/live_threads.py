"""How pages that show a thread hear that it has changed. What is sent says nothing: the page asks again, and is asked who it is."""

from __future__ import annotations

from parvis.shared import live
from parvis.shared.live.versions import known

PREFIX = "thread"


def topic(thread: int) -> str:
    """The topic of one thread."""
    return f"{PREFIX}/{thread}"


def changed(thread: int) -> None:
    """Says, inside a transaction, that a thread is different once it commits."""
    live.changed(topic(thread))


def read(name: str, slots: frozenset[str]) -> dict[str, str]:
    """A number that is another one after each change."""
    return {slot: str(known.get(name, 0)) for slot in slots}
