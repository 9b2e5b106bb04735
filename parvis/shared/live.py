"""Live updates: who must hear that something changed, once it is committed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

_listeners: list[Callable[[str], None]] = []


def changed(topic: str) -> None:
    """Called inside a transaction: listeners hear of ``topic`` after the commit, or never if it is rolled back."""
    transaction.on_commit(lambda: [listener(topic) for listener in _listeners] and None)
