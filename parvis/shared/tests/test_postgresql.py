"""PostgreSQL is asked in few walks, and answers as if each statement had gone alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from parvis.shared.models import LiveVersion
from parvis.shared.prepared import Prepared, PreparedUpdate, together

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the engine for PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
LOCKED = Prepared(lambda topic: LiveVersion.objects.select_for_update().filter(topic=topic))
READ = Prepared(lambda topic: LiveVersion.objects.filter(topic=topic))
RAISE = PreparedUpdate(lambda topic, version: (LiveVersion.objects.filter(topic=topic), {"version": version}))


@pytest.fixture(autouse=True)
def topics() -> None:
    LiveVersion.objects.bulk_create([LiveVersion(topic="a"), LiveVersion(topic="b")])


@contextmanager
def walks(expected: int) -> Iterator[None]:
    """Exactly so many times the server is asked and waited for, by the driver's own record of the messages."""
    with tempfile.TemporaryFile("w+") as record:
        connection.connection.pgconn.trace(record.fileno())
        try:
            yield
        finally:
            connection.connection.pgconn.untrace()
        record.seek(0)
        assert record.read().count("ReadyForQuery") == expected


def versions() -> dict[str, int]:
    """What somebody else sees."""
    seen = connection.copy()
    try:
        with seen.cursor() as cursor:
            cursor.execute("SELECT topic, version FROM shared_liveversion")
            return dict(cursor.fetchall())
    finally:
        seen.close()


def known() -> None:
    """Each statement has been planned once."""
    with transaction.atomic():
        LOCKED.get("a")
        READ.get("a")
        RAISE("a", 1)


def test_a_locked_row_and_its_change_are_two_walks():
    known()
    with walks(2), transaction.atomic():
        row = LOCKED.get("a")  # with BEGIN
        RAISE("a", row.version + 4)
        RAISE("b", row.version + 6)  # with COMMIT
    assert versions() == {"a": 5, "b": 7}


def test_reads_that_need_nothing_of_each_other_are_one_walk():
    known()
    with walks(1):
        with together():
            sent = [READ.sent(topic) for topic in ("a", "nowhere", "b")]
        assert [one.rows() for one in sent] == [
            [LiveVersion(topic="a")],
            [],
            [LiveVersion(topic="b")],
        ]


def test_a_transaction_that_says_nothing_is_no_walk():
    with walks(0), transaction.atomic():
        pass


def test_a_read_sees_what_was_written_before_it():
    with transaction.atomic():
        RAISE("a", 9)
        assert LiveVersion.objects.get(topic="a").version == 9
        assert versions()["a"] == 1
    assert versions()["a"] == 9


def doubled() -> None:
    connection.later("INSERT INTO shared_liveversion (topic, version) VALUES (%s, 1)", ["a"])


def test_a_write_that_is_refused_with_commit_takes_the_others_along():
    told = []
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012  the block is one transaction
        transaction.on_commit(lambda: told.append("never"))
        RAISE("b", 9)
        doubled()
    assert (versions(), told) == ({"a": 1, "b": 1}, [])
    with transaction.atomic():  # and the connection goes on
        RAISE("b", 2)
    assert versions()["b"] == 2


def test_whoever_hears_of_a_commit_finds_it_done():
    seen = []
    with transaction.atomic():
        transaction.on_commit(lambda: seen.append(versions()["a"]))
        RAISE("a", 3)
    assert seen == [3]


def test_what_came_after_a_savepoint_goes_back_with_it():
    with transaction.atomic():
        RAISE("a", 2)
        with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012  the block is one transaction
            RAISE("a", 3)
            doubled()  # refused, had it been sent
            raise ZeroDivisionError
        RAISE("b", 2)
    assert versions() == {"a": 2, "b": 2}


def test_a_refusal_within_a_savepoint_stays_there():
    with transaction.atomic():
        RAISE("a", 2)
        with pytest.raises(IntegrityError), transaction.atomic():
            doubled()
        RAISE("b", 2)
    assert versions() == {"a": 2, "b": 2}


def test_what_was_not_sent_before_a_failure_is_never_sent():
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012  the block is one transaction
        RAISE("a", 2)
        raise ZeroDivisionError
    with transaction.atomic():
        RAISE("b", 2)
    assert versions() == {"a": 1, "b": 2}


def test_without_a_transaction_a_write_goes_at_once():
    RAISE("a", 2)
    assert versions()["a"] == 2


def test_without_autocommit_each_transaction_begins_by_itself():
    transaction.set_autocommit(False)
    try:
        for version in (2, 3):
            LiveVersion.objects.filter(topic="a").update(version=version)
            assert versions()["a"] == version - 1
            transaction.commit()
            assert versions()["a"] == version
        LiveVersion.objects.filter(topic="a").update(version=9)
        transaction.rollback()
        RAISE("b", 2)
        transaction.commit()
    finally:
        transaction.set_autocommit(True)
    assert versions() == {"a": 3, "b": 2}


def test_a_server_that_went_away_is_met_again():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    other.close()
    connection.close_if_unusable_or_obsolete()
    with transaction.atomic():
        RAISE("a", 2)
    assert versions()["a"] == 2
