"""The tabs of a room's pages: few are one line; many are gathered in groups, and fold into one line on a phone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

Label = str | Promise
MOST_IN_ONE_LINE = 7  # more are gathered in groups
MOST_UNFOLDED = 4  # more fold on a phone


@dataclass(frozen=True)
class Tab:
    """One subject. Shown to those who hold one of ``permissions``, to everybody where none is named.

    Pages below its address belong to it, and those whose address ``also`` (a regular expression) is found in.
    ``unless``: who holds one of these has another tab for it.
    """

    url_name: str
    label: Label
    permissions: frozenset[str] = frozenset()
    also: str = ""
    unless: frozenset[str] = frozenset()

    def shown_to(self, held: Collection[str]) -> bool:
        """Whether somebody who holds these permissions sees it."""
        asked = not self.permissions or bool(self.permissions.intersection(held))
        return asked and not self.unless.intersection(held)


@dataclass(frozen=True)
class Group:
    """Subjects that belong together."""

    label: Label
    tabs: tuple[Tab, ...]


@dataclass(frozen=True)
class Shown:
    """A tab as the page has it. ``current``: "page" on its own page, "true" on one that belongs to it, else empty."""

    label: Label
    address: str
    current: str = ""


@dataclass(frozen=True)
class ShownGroup:
    """A group as the page has it; one that holds a single tab goes by that tab's name."""

    label: Label
    tabs: list[Shown]

    @property
    def address(self) -> str:
        """Where the group leads: to its first page."""
        return self.tabs[0].address

    @property
    def current(self) -> str:
        """Whether the page is one of the group: of a group of one, as the tab says it."""
        found = next((tab.current for tab in self.tabs if tab.current), "")
        return found and (found if len(self.tabs) == 1 else "true")


_ROOMS: dict[str, tuple[Label, tuple[Group, ...]]] = {}


@dataclass(frozen=True)
class Tabs:
    """All that a person sees of a room's tabs."""

    label: Label
    groups: list[ShownGroup]

    @property
    def all(self) -> list[Shown]:
        """Every tab, in order."""
        return [tab for group in self.groups for tab in group.tabs]

    @property
    def grouped(self) -> bool:
        """Whether they are too many for one line."""
        return len(self.groups) > 1 and len(self.all) > MOST_IN_ONE_LINE

    @property
    def folds(self) -> bool:
        """Whether they are too many for a phone."""
        return len(self.all) > MOST_UNFOLDED

    @property
    def here(self) -> ShownGroup | None:
        """The group of the page."""
        return next((group for group in self.groups if group.current), None)

    @property
    def tab(self) -> Shown | None:
        """The tab of the page."""
        return next((tab for tab in self.all if tab.current), None)


def register(name: str, label: Label, groups: Iterable[Group]) -> None:
    """Gives a room its tabs; registering the same name twice replaces them."""
    _ROOMS[name] = (label, tuple(groups))


def registered(name: str) -> tuple[Label, tuple[Group, ...]]:
    """A room's label and groups."""
    return _ROOMS[name]


def tabs(name: str, path: str, centre: str, held: Collection[str]) -> Tabs:
    """What somebody who holds ``held`` sees of a room's tabs on the page at ``path`` in the centre with this slug."""
    label, groups = _ROOMS[name]
    found: list[tuple[Label, list[tuple[Tab, str]]]] = []
    for group in groups:
        seen = [tab for tab in group.tabs if tab.shown_to(held)]
        if seen:
            addressed = [(tab, reverse(tab.url_name, kwargs={"centre": centre})) for tab in seen]
            found.append((seen[0].label if len(seen) == 1 else group.label, addressed))
    here = _here([pair for _label, pairs in found for pair in pairs], path)
    return Tabs(label, [ShownGroup(name, list(_shown(pairs, here, path))) for name, pairs in found])


def _shown(pairs: list[tuple[Tab, str]], here: Tab | None, path: str) -> Iterator[Shown]:
    for tab, address in pairs:
        yield Shown(tab.label, address, ("page" if path == address else "true") if tab is here else "")


def _here(pairs: list[tuple[Tab, str]], path: str) -> Tab | None:
    """The tab to which a page belongs: one that claims it, else the one whose address is the longest part of its own."""
    for tab, _address in pairs:
        if tab.also and re.search(tab.also, path):
            return tab
    above = [(len(address), tab) for tab, address in pairs if path.startswith(address)]
    return max(above, key=lambda one: one[0])[1] if above else None
