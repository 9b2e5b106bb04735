"""Which room reads which topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import close_old_connections
from django.utils import translation

Read = Callable[[str, frozenset[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A room's way of reading its topics, and the seconds after which time alone may have changed them.

    ``ends``: a slot that is no more ends the streams that follow it, for those from whom something was taken away.
    """

    read: Read
    refresh: float
    ends: bool = False


_SOURCES: dict[str, Source] = {}


def register(prefix: str, read: Read, *, refresh: float = 20.0, ends: bool = False) -> None:
    """Has topics that start with ``prefix`` and a slash read by ``read(topic, slots)``.

    ``read`` answers slot -> text (HTML or JSON) for the slots it is asked for, leaving out those that do not exist. It
    runs in a worker thread outside any request, activates the language of each slot itself, and should make a fixed
    number of queries however many slots there are.
    """
    _SOURCES[prefix] = Source(read, refresh, ends)


def source_of(topic: str) -> Source:
    """The source of a topic. Raises ``KeyError`` where no room reads it."""
    return _SOURCES[topic.partition("/")[0]]


def read_slots(topic: str, slots: frozenset[str]) -> dict[str, str]:
    """The texts of some slots now. For worker threads: leaves no language and no broken connection behind."""
    close_old_connections()
    language = translation.get_language()
    try:
        return dict(source_of(topic).read(topic, slots))
    finally:
        translation.activate(language) if language else translation.deactivate_all()
        close_old_connections()
