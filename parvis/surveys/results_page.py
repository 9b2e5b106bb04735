"""Where the results of a survey are read and taken away: told by the room that protects figures, which is above this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # models are loaded only after every room has said where its pages are
    from parvis.surveys.models import Collection

_PAGES: list[Callable[[Collection], str]] = []


def register(address: Callable[[Collection], str]) -> None:
    """Says the address of a survey's results; the last one to say so counts."""
    _PAGES[:] = [address]


def results_address(collection: Collection) -> str:
    """Where they are; nothing where no room tells them."""
    return _PAGES[0](collection) if _PAGES else ""
