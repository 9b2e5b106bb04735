"""Calendars and feeds are put together once for each thing they say: programs ask for them every hour, and seldom is anything new."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

from parvis.agenda.queries.public.programme import Line

MOST = 64  # of them in a process's memory
_made: dict[str, bytes] = {}


def kept(mark: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` makes, from memory where it was made under the same mark."""
    found = _made.get(mark)
    if found is None:
        if len(_made) >= MOST:
            _made.clear()
        found = _made[mark] = make()
    return found


def mark_of(lines: Iterable[Line], *how: object) -> str:
    """Another one as soon as anything is another that a reader is told, in any language."""
    said = sha256(repr(how).encode())
    for line in lines:
        said.update(repr(_of(line)).encode())
    return said.hexdigest()


def _of(line: Line) -> tuple[object, ...]:
    session, event, site = line.session, line.event, line.session.site
    when = (line.begins, line.ends, session.all_day, session.state, session.sequence, session.why)
    where = (line.rooms, site and (site.name, site.address), session.elsewhere, session.is_online)
    words = (
        event.title,
        event.summary,
        event.description,
        event.kind.label,
        *(one.name for one in line.themes),
    )
    every = [getattr(one, "data", one) for one in words]
    return session.uid, event.slug, event.publish_at, session.changed_at, event.changed_at, when, where, every
