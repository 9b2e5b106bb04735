"""Each worker has keys and files of its own; and what runs on which database.

On PostgreSQL nothing is repeated that asks no database: pytest-django refuses a query to a test that did not ask for one, so
such a test of a room says the same on both. Those marked ``once`` do ask, but prove something whatever the database.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

ROOMS = Path(__file__).parent / "parvis"
FRESH = pytest.StashKey[bool]()  # whether this run made its database by migrations alone


def pytest_configure() -> None:
    """Keys and files for each worker: a night of one would forget those of the other, whose rows it does not see.

    Files of the house are looked for when asked: a list of them all for each test's client takes longer than most tests.
    """
    settings.WHITENOISE_AUTOREFRESH = True
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


@pytest.fixture(scope="module")
def beneath(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """``with beneath(): …`` in a module's fixture: what it writes lies below each test of the module, and goes after the last.

    What a test then writes or spoils is its own, as ever. Every test of such a module finds those rows, asked for or not.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True
        with django_db_blocker.block():
            yield django_db_blocker.unblock
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Whether the test database is there already: a copy of one that the same migrations made before."""
    again, kept = bool(request.config.getvalue("reuse_db")), migrated()
    name = Path(settings.DATABASES["default"]["TEST"]["NAME"] or "")
    there = again and name.exists()
    request.config.stash[FRESH] = not there
    if kept is None or there or not kept.exists():
        return again
    shutil.copyfile(kept, name)
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """The migrated database is kept for the next worker and run: hundreds of migrations take a minute."""
    kept = migrated()
    if kept is None or kept.exists() or not request.config.stash[FRESH]:
        return
    own = kept.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(own)])
    own.replace(kept)


def migrated() -> Path | None:
    """Where SQLite's migrated database is kept: another wording of any migration, or other packages, make another."""
    if connection.vendor != "sqlite":
        return None
    digest = hashlib.sha256()
    locked = ROOMS.parent / "requirements" / "run.txt"
    for file in [locked, *sorted(ROOMS.rglob("*.py"))]:
        if (
            file == locked
            or "migrations" in file.parts
            or "sqlite" in file.parts
            or file.name == "triggers.py"
        ):
            digest.update(str(file.relative_to(ROOMS.parent)).encode())
            digest.update(file.read_bytes())
    return Path(tempfile.gettempdir()) / f"parvis-{os.getuid()}-{digest.hexdigest()[:24]}.sqlite3"
