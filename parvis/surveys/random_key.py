"""Rows that keep no order: a primary key drawn at random, by which SQLite also stores them."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


def random_key() -> int:
    """A number between 1 and 2⁶³ that nobody can guess and that says nothing about when it was drawn."""
    return secrets.randbits(63) or 1


class RandomKeyField(models.BigIntegerField[int, int]):
    """A primary key that is drawn, never counted.

    In SQLite a table has a hidden number that grows with each row, whatever its key, unless the key is an ``integer``: then the
    key is that number. So it is an ``integer`` there, and the rows lie in the order of the draw (docs/decisions/0054-surveys.md).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"primary_key": True, "default": random_key, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for said in ("primary_key", "default", "editable"):
            kwargs.pop(said, None)
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
