"""What a dry run tells is what the night then does; and a dry run leaves rows, files and the vault as they were."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from e2e.walk.scene import PASSWORD, a_scene
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment, Centre, OpeningHours
from parvis.guidance import sealed_files
from parvis.guidance.actions import talks
from parvis.guidance.factories import a_question, a_thread, answers_live
from parvis.guidance.models import Grant, Thread
from parvis.guidance.sealing.vault import vault
from parvis.reception.models import Ticket
from parvis.shared import nights, retention
from parvis.shared.models import Night

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = datetime(2021, 3, 1, 9, tzinfo=UTC)
A_WHILE = timedelta(hours=3)
LIVE = datetime(2026, 6, 1, 8, tzinfo=UTC)  # a Monday within the live hours
LATER = timezone.now() + timedelta(days=800)


def everything() -> dict[str, object]:
    """Every row of every table, every file, and the vault's bytes."""
    with connection.cursor() as cursor:
        rows = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    files = {
        path: path.read_bytes()
        for folder in (Path(settings.MEDIA_ROOT), Path(settings.KEYS))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return rows | files


@pytest.fixture
def due(client):
    """Something that each rule forgets, and nothing that two of them would."""
    scene = a_scene()
    Centre.objects.update(clock_set_at=None, clock_showed=None, clock_speed=1)
    _a_talk_that_nobody_ended()
    Thread.objects.update(expires_on=LATER.date() + timedelta(days=365))
    Grant.objects.open().update(opened_at=LATER - A_WHILE, used_at=LATER - A_WHILE)
    a_thread(scene.centre, LONG_AGO)  # expires
    lost, _receipt = a_thread(scene.centre, LATER)
    vault().destroy([lost.thread.key])
    vault().put(uuid4(), on=LONG_AGO.date())
    sealed_files.write(name := uuid4(), b"left by a cut", key=os.urandom(32))
    os.utime(Path(settings.MEDIA_ROOT) / "guidance" / name.hex, (0, 0))
    Ticket.objects.filter(pk=scene.tickets["coded"].pk).update(note="Brings the form")
    Assignment.objects.filter(person=scene.people["calling"]).delete()
    client.post("/account/login/", {"login": scene.people["staff"].email, "password": PASSWORD})
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=LONG_AGO)
    Night.objects.create(at=LONG_AGO, kind=Night.Kind.RUN)
    Night.objects.create(at=LATER, kind=Night.Kind.CONFIRMED)


def _a_talk_that_nobody_ended():
    centre = a_centre()
    hours = {"weekday": 0, "opens": time(9), "closes": time(17)}
    OpeningHours.objects.create(site=centre.sites.get(), **hours)
    answers_live(centre, a_person(Role.ADVISER, centre=centre), at=LIVE)
    question, opened, _receipt = a_question(centre, LIVE)
    talks.open_talk(opened=opened, question=question, at=LIVE)


def test_a_dry_run_changes_nothing_and_tells_what_the_night_does(due):
    before = everything()
    told = {outcome.name: (outcome.count, outcome.why) for outcome in retention.rehearse(at=LATER)}
    assert everything() == before
    assert [name for name, (count, _why) in told.items() if not count] == [], (
        "a new rule: add something for it to “due”"
    )
    night = nights.forget_now(at=LATER)
    assert {name: (count, None) for name, count in night.forgotten.items()} == told
    after = everything()
    assert {key for key in before if before[key] != after.get(key)} >= {
        "guidance_thread",
        Path(settings.KEYS) / "vault.sqlite3",
    }
    assert {*map(str, before)} - {*map(str, after)}, "files went, too"


@pytest.mark.usefixtures("due")
def test_the_command_rehearses():
    before, out = everything(), StringIO()
    call_command("forget", "--dry-run", stdout=out)
    assert everything() == before
    assert [line[7:] for line in out.getvalue().splitlines()[: len(retention.names())]] == retention.names()
