"""Where the files of facts are: below the house's data, one folder a database. No address serves them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from parvis.statistics.models import FactStore


def store() -> FactStore:
    """This database's folder and secret; made when they are first asked for."""
    return FactStore.objects.get_or_create(only=True)[0]


def folder() -> Path:
    """Where this database's files are."""
    return _private(Path(settings.DATA) / "facts" / store().folder)


def work_folder() -> Path:
    """Where lines rest between a database and DuckDB: for seconds, and only as long as somebody works."""
    return _private(Path(settings.DATA) / "facts" / "reading")


def _private(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
