"""How pages that show a thread hear that it has changed. What is sent says nothing: the page asks again, and is asked who it is.

Each person at a desk follows a slot of their own. Once they may no longer read the thread, there is no such slot, and their stream
ends: at once when the conversation does, within seconds when they leave the desk or lose their role.
"""

from __future__ import annotations

from uuid import UUID

from parvis.accounts.models import User
from parvis.guidance.models import Grant
from parvis.guidance.queries.threads import who_may_read
from parvis.shared import live
from parvis.shared.live.versions import known

PREFIX = "thread"
LOOKED_AT = (
    3.0  # seconds after which somebody who lost their role without the thread's hearing of it is noticed
)


def address(grant: Grant, person: User) -> str:
    """Where a page of one person follows one conversation."""
    return live.address(topic(grant.thread_id), f"{grant.key}:{person.pk}")


def topic(thread: int) -> str:
    """The topic of one thread."""
    return f"{PREFIX}/{thread}"


def changed(thread: int) -> None:
    """Says, inside a transaction, that a thread is different once it commits."""
    live.changed(topic(thread))


def read(name: str, slots: frozenset[str]) -> dict[str, str]:
    """A number that is another one after each change, for those who may still read the thread."""
    asked = {slot: slot.partition(":") for slot in slots}
    wanted = {slot: (UUID(grant), int(person)) for slot, (grant, _colon, person) in asked.items()}
    allowed = who_may_read(set(wanted.values()))
    return {slot: str(known.get(name, 0)) for slot, pair in wanted.items() if pair in allowed}
