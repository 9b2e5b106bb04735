"""Addresses made from names."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

LONGEST = 40
RESERVED = frozenset({"new"})


def free_slug(rows: QuerySet[Any], name: str) -> str:
    """``name`` as the part of an address that none of ``rows`` has: “lyon”, else “lyon-2”; “centre” for no Latin letter."""
    wanted = slugify(name)[:LONGEST].strip("-") or "centre"
    taken = set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    return next(slug for n in count(1) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)
