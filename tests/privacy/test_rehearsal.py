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

from e2e.walk.scene import a_scene
from e2e.walk.team import PASSWORD
from parvis.accounts.roles import Role
from parvis.agenda import recordings_on_disk, stored
from parvis.agenda.actions.addresses import keep_address
from parvis.agenda.actions.school_files import bring_schools
from parvis.agenda.factories import a_class_visit, a_coming, a_session, an_event
from parvis.agenda.models import Facilitation, SchoolImport
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment, Centre, OpeningHours
from parvis.guidance import sealed_files
from parvis.guidance.actions import talks
from parvis.guidance.factories import a_question, a_thread, answers_live
from parvis.guidance.models import Grant, Thread
from parvis.partners.actions.contacts import Person, keep_contact
from parvis.partners.factories import an_institution, step
from parvis.partners.models import Stage
from parvis.reception.models import Seat, Ticket
from parvis.rota.actions.feeds import make_feed
from parvis.rota.factories import speaks_for
from parvis.rota.models import Held, Letter
from parvis.shared import nights, retention
from parvis.shared.models import Night
from parvis.shared.sealing.vault import vault
from parvis.statistics.models import Reminder, Sending
from parvis.surveys.factories import a_collection, a_pile, answered, asked_in
from parvis.surveys.models import Way

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
def own_keys(monkeypatch, tmp_path):
    """A vault that tests beside this one do not write to; who opened the house's own before opens this one now."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(settings, "KEYS", folder)
    vault.cache_clear()
    yield
    vault.cache_clear()


@pytest.fixture
def due(client, own_keys):
    """Something that each rule forgets, and nothing that two of them would."""
    scene = a_scene()
    Centre.objects.update(clock_set_at=None, clock_showed=None, clock_speed=1)
    _a_talk_that_nobody_ended()
    Thread.objects.update(expires_on=LATER.date() + timedelta(days=365))
    Grant.objects.open().update(opened_at=LATER - A_WHILE, used_at=LATER - A_WHILE)
    a_thread(scene.centre, LONG_AGO)  # expires
    former = an_institution(scene.centre, "Former partner")
    keep_contact(relation=former, said=Person("Zoé Lambert", phone="02 61 91 10 99"))
    step(former, Stage.ENDED, LONG_AGO.date())
    lost, _receipt = a_thread(scene.centre, LATER)
    vault().destroy([lost.thread.key])
    vault().put(uuid4(), on=LONG_AGO.date())
    _files_without_a_row()
    Ticket.objects.filter(pk=scene.tickets["coded"].pk).update(note="Brings the form")
    # A seat that is ended becomes held time with a name: not so old that the name is forgotten in the same night.
    recent = LATER - timedelta(days=20)
    Seat.objects.filter(closed_at=None).update(opened_at=recent)
    Held.objects.filter(ended_at=None).update(begun_at=recent, date=recent.date(), slot=None)
    lender = scene.people["coordinator"].liaisons.get().institution
    speaks_for(scene.people["calling"], scene.centre, lender)
    Assignment.objects.filter(person=scene.people["calling"]).delete()
    client.post("/account/login/", {"login": scene.people["staff"].email, "password": PASSWORD})
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=LONG_AGO)
    make_feed(
        person=scene.people["calling"], centre=scene.centre, key=uuid4(), at=LATER
    )  # has left, see above
    _answers_to_a_survey(scene.centre)
    _mails(scene)
    _a_report_that_was_sent(scene)
    _who_led_and_spoke(scene.centre)
    _a_reminder(scene)
    _nights()


def _nights():
    Night.objects.bulk_create(
        [Night(at=LONG_AGO, kind=Night.Kind.RUN), Night(at=LATER, kind=Night.Kind.CONFIRMED)]
    )


def _mails(scene):
    Letter.objects.create(about="changed/1", person=scene.people["staff"], begun_at=LONG_AGO)
    coming = a_coming(a_session(an_event(scene.centre), LONG_AGO))
    keep_address(coming=coming, email="bird@example.org", at=LONG_AGO)
    bring_schools(centre=scene.centre, key=uuid4(), data=b"Name,Place\nPort,Lakeside\n", at=LONG_AGO)
    SchoolImport.objects.update_or_create(centre=scene.centre, defaults={"key": uuid4(), "kept_at": LONG_AGO})
    before = LATER - timedelta(days=100)
    a_class_visit(
        scene.centre, state="held", came=20, begins_at=before, ends_at=before + A_WHILE, state_since=before
    )


def _files_without_a_row():
    sealed_files.write(name := uuid4(), b"left by a cut", key=os.urandom(32))
    os.utime(Path(settings.MEDIA_ROOT) / "guidance" / name.hex, (0, 0))
    for folder in (stored.KITS, stored.CLASS_VISITS):
        folder.write(name := uuid4(), b"left by a cut")
        os.utime(folder.path(name.hex), (0, 0))
    (left := recordings_on_disk.draft_of(uuid4())).write_bytes(b"left by a cut")
    os.utime(left, (0, 0))


def _who_led_and_spoke(centre):
    old = a_session(an_event(centre), LONG_AGO)
    Facilitation.objects.create(session=old, person=a_person())
    old.event.speakers.create(name="Zoé Lambert", agreed_on=LONG_AGO.date())


def _a_reminder(scene):
    day = LONG_AGO.date()
    Reminder.objects.create(centre=scene.centre, on=day, first=day, last=day, asked_at=LONG_AGO)


def _a_report_that_was_sent(scene):
    told = keep_contact(
        relation=an_institution(scene.centre, "Reads reports"),
        said=Person("Line Petit", email="line@example.org"),
    )
    Sending.objects.create(
        report_id=scene.rows["report: public"], contact=told, asked_at=LONG_AGO, left_at=LONG_AGO
    )


def _answers_to_a_survey(centre):
    asked = asked_in(centre)
    answered(asked, {"again": "yes"}, LATER.date() - timedelta(days=8))
    answered(asked, {"more": "The chairs"}, LONG_AGO.date()).delete()
    a_pile(a_collection(asked.version, way=Way.PAPER), LATER.date() - timedelta(days=8))


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
