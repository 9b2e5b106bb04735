"""Each worker has keys and files of its own; and what runs on which database.

On PostgreSQL nothing is repeated that asks no database: pytest-django refuses a query to a test that did not ask for one, so
such a test of a room says the same on both. Those marked ``once`` do ask, but prove something whatever the database.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = Path(__file__).parent / "parvis"


def pytest_configure() -> None:
    """Keys and files for each worker: a night of one would forget those of the other, whose rows it does not see."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        settings.KEYS = settings.KEYS / worker
        settings.KEYS.mkdir(mode=0o700, exist_ok=True)
        settings.MEDIA_ROOT = Path(settings.MEDIA_ROOT) / worker


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out on PostgreSQL what SQLite has proved for it."""
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        return
    repeated = [item for item in items if not proved(item)]
    config.hook.pytest_deselected(items=[item for item in items if proved(item)])
    items[:] = repeated


def proved(item: pytest.Item) -> bool:
    """Whether another database can change nothing in what ``item`` asserts."""
    if item.get_closest_marker("once"):
        return True
    if not item.path.is_relative_to(ROOMS) or item.get_closest_marker("fault"):
        return False  # tests of the whole house start servers of their own
    asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return not asks and item.get_closest_marker("django_db") is None
