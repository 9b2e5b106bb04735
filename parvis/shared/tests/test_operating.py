"""Commands that keep a centre going: ballast against a full disk, and a copy of the database."""

from __future__ import annotations

import sqlite3
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from parvis.shared.models import LiveVersion


def said(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_ballast_takes_room_and_gives_it_back(tmp_path, settings):
    settings.DATA = tmp_path
    with pytest.raises(CommandError, match="There is no ballast"):
        said("ballast", "--check", megabytes=2)
    assert "2 MB set aside" in said("ballast", megabytes=2)
    assert (tmp_path / "ballast").stat().st_blocks * 512 >= 2 * 1024 * 1024
    assert "Ballast in place" in said("ballast", "--check", megabytes=2)
    said("ballast", "--release")
    assert not (tmp_path / "ballast").exists()
    said("ballast", "--release")  # twice is no harm


def test_a_check_warns_before_the_disk_is_full(tmp_path, settings, monkeypatch):
    settings.DATA = tmp_path
    said("ballast", megabytes=2)
    monkeypatch.setattr("parvis.shared.management.commands.ballast.free", lambda path: 1)
    with pytest.raises(CommandError, match="runs full: 1 MB free"):
        said("ballast", "--check", megabytes=2)


def test_ballast_on_a_full_disk_says_so_and_leaves_nothing(tmp_path, settings):
    settings.DATA = tmp_path
    with pytest.raises(CommandError, match="No room for the ballast"):
        said("ballast", megabytes=10**9)
    assert not (tmp_path / "ballast").exists()


@pytest.mark.django_db(transaction=True)
def test_a_copy_holds_everything_committed_and_replaces_the_older_one(tmp_path):
    LiveVersion.objects.create(topic="house/1", version=7)
    path = tmp_path / "copy.sqlite3"
    if connection.vendor != "sqlite":
        with pytest.raises(CommandError, match="pg_dump"):
            said("backup", str(path))
        return
    path.write_text("an older copy")
    said("backup", str(path))
    copy = sqlite3.connect(path)
    assert copy.execute("SELECT version FROM shared_liveversion").fetchall() == [(7,)]
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy.close()
    assert path.stat().st_mode & 0o777 == 0o600
    with transaction.atomic():
        pass  # the turn to write was given back
