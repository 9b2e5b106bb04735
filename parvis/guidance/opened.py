"""A thread that is open: somebody presented its receipt, or a conversation goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from parvis.guidance.models import Entry, Grant, Question, Thread
from parvis.guidance.receipt import SECRET_BITS, Receipt
from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import derived, seal, unseal, unseal_json


@dataclass(frozen=True, slots=True)
class Opened:
    """A thread and its key; ``grant`` where a centre reads it, nothing where the visitor does."""

    thread: Thread
    key: bytes = field(repr=False)
    grant: Grant | None = None

    def read(self, entry: Entry) -> dict[str, Any]:
        """What an entry holds. Raises ``Unreadable``."""
        said: dict[str, Any] = unseal_json(self.key, entry.sealed, about=about_entry(self.thread, entry.key))
        return said


def about_entry(thread: Thread, key: UUID) -> str:
    """What an entry's seal is bound to: it does not open in another thread, nor as another entry."""
    return f"entry {thread.key} {key}"


def about_surveys(thread: Thread) -> str:
    """What the seal of the surveys that it was offered is bound to."""
    return f"surveys {thread.key}"


def read_surveys(thread: Thread, key: bytes) -> set[UUID]:
    """Keys of the surveys that were offered in it. Raises ``Unreadable``."""
    sealed = thread.surveys_seen
    return {UUID(one) for one in unseal_json(key, sealed, about=about_surveys(thread))} if sealed else set()


def secret_bytes(receipt: Receipt) -> bytes:
    """The secret in 12 bytes."""
    return receipt.secret.to_bytes(-(-SECRET_BITS // 8))


def wrap_for_receipt(thread_key: UUID, key: bytes, receipt: Receipt, share: bytes) -> bytes:
    """The thread's key, sealed so that receipt and share open it."""
    outer = derived(secret_bytes(receipt), share, purpose="thread by receipt")
    return seal(outer, key, about=f"thread {thread_key}")


def unwrap_by_receipt(thread: Thread, receipt: Receipt, share: bytes) -> bytes:
    """The thread's key. Raises ``Unreadable``."""
    outer = derived(secret_bytes(receipt), share, purpose="thread by receipt")
    return unseal(outer, thread.wrapped, about=f"thread {thread.key}")


def wrap_for_house(share_key: UUID, key: bytes, version: int, share: bytes) -> bytes:
    """The thread's key, sealed so that the installation's key and the share open it."""
    outer = derived(keys.key(version, "conversations"), share, purpose="thread by conversation")
    return seal(outer, key, about=f"grant {share_key}")


def unwrap_for_house(given: Grant | Question, share: bytes) -> bytes:
    """The thread's key. Raises ``Unreadable``, and ``KeyError`` where the installation's key is gone."""
    outer = derived(keys.key(given.version, "conversations"), share, purpose="thread by conversation")
    return unseal(outer, given.wrapped, about=f"grant {share_key_of(given)}")


def share_key_of(given: Grant | Question) -> UUID:
    """The key of its share in the vault."""
    key: UUID = given.share_key if isinstance(given, Question) else given.key
    return key


def later(day: date, months: int) -> date:
    """The day so many months later; the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
