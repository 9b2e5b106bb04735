"""The queue of writers: order, every way in and out, and what it says where waiting cannot end."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, transaction

from parvis.shared.sqlite.base import DatabaseWrapper, writes
from parvis.shared.sqlite.turnstile import Turnstile, Waited, turnstile

SETTINGS = {
    "ENGINE": "parvis.shared.sqlite",
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": False,
    "TIME_ZONE": None,
    "USER": "",
    "PASSWORD": "",
    "HOST": "",
    "PORT": "",
    "TEST": {},
}


class Nobody:
    def __init__(self):
        self.was_abandoned = False

    def abandoned(self):
        self.was_abandoned = True


@pytest.fixture
def path(tmp_path, django_db_blocker):
    """A database of the test's own, beside the suite's."""
    path = tmp_path / "writers.sqlite3"
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
    raw.close()
    with django_db_blocker.unblock():
        yield path


@contextmanager
def connected(path: Path, timeout: float = 5):
    options = {"transaction_mode": "IMMEDIATE", "timeout": timeout, "init_command": "PRAGMA synchronous=FULL"}
    database = DatabaseWrapper(SETTINGS | {"NAME": str(path), "OPTIONS": options}, "writers")
    database.inc_thread_sharing()
    try:
        yield database
    finally:
        if database.in_atomic_block:
            database.in_atomic_block = False
        database.close()


@contextmanager
def atomic(database):
    """What ``transaction.atomic`` does, for a connection that is not among the settings' own."""
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
        database.commit()
    except BaseException:
        database.rollback()
        raise
    finally:
        database.set_autocommit(True)


def write(database, word):
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO line (word) VALUES (%s)", [word])


def words(path):
    raw = sqlite3.connect(path)
    try:
        return [word for (word,) in raw.execute("SELECT word FROM line ORDER BY id")]
    finally:
        raw.close()


def free(path):
    return turnstile(str(path))._inside is None


def in_thread(work):
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_writers_go_in_the_order_in_which_they_came():
    line, came, went = Turnstile("line"), [], []
    line.enter(first := Nobody(), 5)

    def wait(number):
        holder = Nobody()
        came.append(number)
        line.enter(holder, 5)
        went.append(number)
        line.leave(holder)

    threads = []
    for number in range(20):
        threads.append(in_thread(lambda number=number: wait(number)))
        while len(line._line) <= number:
            time.sleep(0.001)
    line.leave(first)
    for thread in threads:
        thread.join()
    assert went == came == list(range(20))


def test_leaving_and_coming_back_at_once_does_not_overtake():
    line, went = Turnstile("line"), []
    mine, other = Nobody(), Nobody()
    line.enter(mine, 5)
    thread = in_thread(lambda: (line.enter(other, 5), went.append("other"), line.leave(other)))
    while not line._line:
        time.sleep(0.001)
    line.leave(mine)
    line.enter(mine, 5)
    went.append("mine")
    line.leave(mine)
    thread.join()
    assert went == ["other", "mine"]


def test_a_writer_that_waits_too_long_is_told_who_writes():
    line, said = Turnstile("centre.sqlite3"), []
    line.enter(Nobody(), 5)

    def wait():
        with pytest.raises(Waited) as caught:
            line.enter(Nobody(), 0.05)
        said.append(str(caught.value))

    in_thread(wait).join()
    assert said == [
        "centre.sqlite3: waited 0 s for the turn to write, held by MainThread for 0 s; 0 more waiting"
    ]
    assert len(line._line) == 0


def test_the_turn_of_a_thread_that_ended_goes_on():
    line, gone, mine = Turnstile("line"), Nobody(), Nobody()
    in_thread(lambda: line.enter(gone, 5)).join()
    line.enter(mine, 5)
    assert gone.was_abandoned
    assert line._inside.holder is mine


def test_a_second_connection_of_the_same_thread_is_refused_at_once(path):
    with connected(path) as one, connected(path) as two:
        with atomic(one):
            write(one, "one")
            start = time.monotonic()
            with pytest.raises(OperationalError, match="already writing through another connection"):
                write(two, "two")
            assert time.monotonic() - start < 1
        write(two, "two")
    assert words(path) == ["one", "two"]


def test_a_statement_outside_a_transaction_waits_for_its_turn(path):
    with connected(path) as one, connected(path) as two:
        with atomic(one):
            write(one, "first")
            thread = in_thread(lambda: write(two, "second"))
            while not turnstile(str(path))._line:
                time.sleep(0.001)
            write(one, "still first")
        thread.join()
    assert words(path) == ["first", "still first", "second"]
    assert free(path)


def test_a_statement_that_returns_rows_is_finished_within_its_turn(path):
    with connected(path) as one, connected(path, timeout=0) as two, one.cursor() as cursor:
        cursor.execute("INSERT INTO line (word) VALUES (%s), (%s) RETURNING id, word", ["a", "b"])
        write(two, "c")  # SQLite's own lock is free, too: it does not wait a moment
        assert cursor.fetchone() == (1, "a")
        assert cursor.fetchmany(5) == [(2, "b")]
        assert cursor.fetchall() == []
        assert cursor.fetchone() is None
    assert words(path) == ["a", "b", "c"]


def test_commit_gives_the_turn_back(path):
    with connected(path) as one:
        with atomic(one):
            write(one, "kept")
        assert free(path)
    assert words(path) == ["kept"]


def test_an_error_inside_gives_the_turn_back(path):
    with connected(path) as one:
        write(one, "before")
        with pytest.raises(IntegrityError), atomic(one):
            write(one, "before")
        assert free(path)
    assert words(path) == ["before"]


def test_a_refused_statement_gives_the_turn_back(path):
    with connected(path) as one:
        write(one, "before")
        with pytest.raises(IntegrityError):
            write(one, "before")
        assert free(path)


def test_a_closed_connection_gives_the_turn_back(path):
    with connected(path) as one:
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        write(one, "lost")
        one.close()
        assert free(path)
    assert words(path) == []


def test_without_autocommit_the_turn_lasts_until_it_is_back(path):
    with connected(path) as one:
        one.set_autocommit(False)
        write(one, "kept")
        one.commit()
        assert not free(path)
        one.set_autocommit(True)
        assert free(path)
    assert words(path) == ["kept"]


def test_begin_refused_by_another_process_gives_the_turn_back(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connected(path, timeout=0) as one:
        with pytest.raises(OperationalError, match="locked"), atomic(one):
            pass
        assert free(path)
        other.rollback()
        write(one, "after")
    other.close()
    assert words(path) == ["after"]


def test_what_a_dead_thread_left_open_is_rolled_back(path):
    with connected(path) as gone, connected(path) as one:

        def die():
            gone.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            write(gone, "never committed")

        in_thread(die).join()
        write(one, "alive")
    assert words(path) == ["alive"]


def test_two_files_do_not_wait_for_each_other(path, tmp_path):
    other = tmp_path / "other.sqlite3"
    other.write_bytes(path.read_bytes())
    with connected(path) as one, connected(other) as two, atomic(one):
        write(two, "two")
    assert words(other) == ["two"]


def test_one_file_has_one_line_however_it_is_called(path, tmp_path):
    (tmp_path / "link.sqlite3").symlink_to(path)
    assert turnstile(str(tmp_path / "link.sqlite3")) is turnstile(str(path))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT 1", False),
        ("  (SELECT 1)", False),
        ("\nselect 1", False),
        ("PRAGMA data_version", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("with a as (select 1) insert into line select * from a", True),
        ("INSERT INTO line DEFAULT VALUES", True),
        ("UPDATE line SET id = 1", True),
        ("delete from line", True),
        ("REPLACE INTO line VALUES (1, 2)", True),
        ("CREATE TABLE a (b)", True),
        ("VACUUM", True),
    ],
)
def test_which_statements_queue(query, expected):
    assert writes(query) is expected


@pytest.mark.race
def test_race_of_sixteen_writers_loses_nothing(path):
    each = 40

    def work(number):
        with connected(path) as database:
            for turn in range(each):
                if turn % 2:
                    write(database, f"{number}-{turn}")
                else:
                    with atomic(database):
                        write(database, f"{number}-{turn}")

    threads = [in_thread(lambda number=number: work(number)) for number in range(16)]
    for thread in threads:
        thread.join()
    assert sorted(words(path)) == sorted(f"{number}-{turn}" for number in range(16) for turn in range(each))
    assert free(path)


@pytest.mark.django_db
def test_the_house_uses_it():
    if (database := transaction.get_connection()).vendor == "sqlite":
        assert isinstance(database, DatabaseWrapper)
        assert database.inside, "a test's own transaction has the turn"
