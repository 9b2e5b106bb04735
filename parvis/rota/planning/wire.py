"""What was found about a plan as plain data that a database keeps as JSON, and back."""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from .findings import Explained, FewInstitutions, Gap, ShareMissed, UnmetWish, WishKind

KINDS = {kind.__name__: kind for kind in (Gap, UnmetWish, FewInstitutions, ShareMissed)}
WAYS = 3  # to fill a gap that are kept


def packed(found: Iterable[Explained]) -> list[dict[str, Any]]:
    """Each finding as data; of the ways to fill a gap only what changes, not the whole plan again."""
    return [{"found": type(one).__name__} | _plain(_short(one)) for one in found]


def unpacked(data: Iterable[dict[str, Any]]) -> list[Explained]:
    """The findings again; what a later version no longer knows is left out."""
    return [_made(KINDS[name], one) for one in data if (name := _name(one)) in KINDS]


def _name(one: dict[str, Any]) -> str:
    """Of which type it is. Drafts of before said so as “kind”, which a wish has for itself."""
    kind = str(one.get("kind", ""))
    return str(one.get("found") or ("UnmetWish" if kind in set(WishKind) else kind))


def _short(one: Explained) -> Explained:
    if isinstance(one, Gap):
        return replace(one, ways=tuple(replace(way, duties=frozenset()) for way in one.ways[:WAYS]))
    return one


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | frozenset | list):
        return [_plain(one) for one in value]
    return value


def _made(kind: Any, data: Any) -> Any:
    """The value of a type from its data."""
    if get_origin(kind) in (Union, types.UnionType):
        kinds = [one for one in get_args(kind) if one is not type(None)]
        return None if data is None else _made(kinds[0], data)
    if get_origin(kind) in (tuple, frozenset):
        made = [_made(get_args(kind)[0], one) for one in data]
        return tuple(made) if get_origin(kind) is tuple else frozenset(made)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{each.name: _made(hints[each.name], data[each.name]) for each in fields(kind)})
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data
