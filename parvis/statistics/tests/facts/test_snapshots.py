"""Files of facts: the same after every rebuild, whole or not there, kept in step, and a trace of what changed late."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from uuid import uuid4

import duckdb
import pytest
from django.core.management import call_command
from django.db import connection

from parvis.agenda.factories import a_session
from parvis.agenda.models import (
    ClassVisit,
    Event,
    HeadCount,
    ObjectiveDone,
    PupilCount,
    School,
    Session,
)
from parvis.centres.factories import a_code
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, ActCode, Arrival, PastImport, State, Ticket
from parvis.reception.models.past import Stage
from parvis.statistics.cube.dimensions import PARTS
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts import shelf
from parvis.statistics.facts.clocks import settled_before
from parvis.statistics.facts.extract import extracted
from parvis.statistics.facts.late import late_changes
from parvis.statistics.facts.refresh import months_held, rebuild, refresh
from parvis.statistics.facts.snapshots import (
    KEPT,
    Overtaken,
    Written,
    held,
    partitions,
    put_in_force,
    tidy,
    write_month,
)
from parvis.statistics.facts.triggers import after_migrations, before_migrations, standing
from parvis.statistics.models import LateChange, Snapshot, Touched
from parvis.statistics.tests.facts.scenes import an_import, lively_days, sign

pytestmark = pytest.mark.django_db
DAY, OTHER = date(2026, 3, 10), date(2026, 2, 3)
MARCH, FEBRUARY = DAY.replace(day=1), OTHER.replace(day=1)
NIGHT = datetime(2026, 6, 1, 2, tzinfo=UTC)
MARCH_BEGINS = datetime(2026, 3, 1, tzinfo=UTC)
NEXT = OTHER + timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def centre():
    """Two months of a past that is over, and its snapshots."""
    centre = coded_centre()
    lively_days(centre, DAY, random.Random(1), days=1)
    lively_days(centre, OTHER, random.Random(2), days=1)
    sign(centre, DAY)
    rebuild(at=NIGHT)
    Touched.objects.all().delete()
    return centre


def digests():
    return {(one.unit, one.month): one.digest for one in Snapshot.objects.in_force()}


def counted(unit, day, centre):
    """What the files in force say of a day."""
    files = [str(one.path) for one in partitions(day, day, [unit])]
    code = " AND code IS NULL" if unit in PARTS else ""
    total = f"SELECT coalesce(sum(n), 0) FROM read_parquet(?) WHERE date = ? AND centre = ?{code}"
    return duckdb.execute(total, [files, day, centre.pk]).fetchall()[0][0] if files else 0


def days_touched():
    return Counter(Touched.objects.values_list("first", flat=True))


def test_a_rebuild_after_everything_was_lost_gives_the_same_bytes(centre):
    before = digests()
    assert len(before) == 2 * len(Unit)
    assert sum(bool(digest) for digest in before.values()) == 2 * len(Unit)
    Snapshot.objects.all().delete()
    assert rebuild(at=NIGHT + timedelta(days=1)) == 2
    assert digests() == before
    assert rebuild(at=NIGHT + timedelta(days=2)) == 0
    assert set(Snapshot.objects.values_list("version", flat=True)) == {1}


def test_a_late_correction_changes_the_right_figure_and_leaves_a_trace(centre):
    before = {unit: counted(unit, DAY, centre) for unit in Unit}
    told = {one.path for one in partitions(FEBRUARY, DAY)}
    change = {"subject": "contacts", "after": before[Unit.CONTACTS] + 5, "reason": "Counted twice"}
    day = centre.days.get(date=DAY)
    actions.correct_day(day=day, key=uuid4(), by=day.signed_by, at=NIGHT, **change)
    assert days_touched() == {DAY: 1}
    later = NIGHT + timedelta(days=1)
    assert refresh(at=later) == 1
    assert {unit: counted(unit, DAY, centre) for unit in Unit} == before | {Unit.CONTACTS: change["after"]}
    new = {one.path for one in partitions(FEBRUARY, DAY)} - told
    assert [path.name.rpartition("-")[0] for path in new] == ["contacts-2026-03"]
    [trace] = late_changes(centre, MARCH, DAY)
    assert (trace.date, trace.unit, trace.before, trace.after) == (
        DAY,
        "contacts",
        before[Unit.CONTACTS],
        change["after"],
    )
    assert (trace.said_at, trace.noticed_at) == (NIGHT, later)
    assert late_changes(centre, FEBRUARY, OTHER) == []
    assert not Touched.objects.exists()
    assert refresh(at=later + timedelta(days=1)) == 0


def test_what_is_said_otherwise_of_as_many_leaves_a_trace_too(centre):
    act = Act.objects.filter(centre=centre, date=OTHER, kind="individual", undone_at=None).get()
    act.codes.all().delete()
    assert refresh(at=NIGHT + timedelta(days=1)) == 1
    [trace] = late_changes(centre, OTHER, OTHER)
    assert (trace.unit, trace.before, trace.after) == ("acts", 2, 2)


def test_open_days_are_in_no_file_and_told_as_they_stand():
    centre, at = coded_centre(), NIGHT
    days = [(at - timedelta(days=back)).date() for back in (0, 1, 2)]
    for day in days:
        an_act(centre, datetime.combine(day, time_of_day(3), UTC))
    rebuild(at=at)
    assert settled_before(centre, at) == days[1]
    assert [counted(Unit.ACTS, day, centre) for day in days] == [0, 0, 1]
    for day in days:
        an_act(centre, datetime.combine(day, time_of_day(4), UTC))
    told = held(days[-1], days[0], [Unit.ACTS], centre)
    assert Counter(row[2] for row in told.open_rows[Unit.ACTS]) == {days[0]: 2, days[1]: 2}
    assert held(days[-1], days[0], [Unit.ACTS]).open_rows == {Unit.ACTS: []}
    assert refresh(at=at + timedelta(hours=1)) == 1
    assert [one.date for one in LateChange.objects.filter(unit="acts")] == [days[2]]
    assert refresh(at=at + timedelta(days=2)) == 2
    assert [counted(Unit.ACTS, day, centre) for day in days] == [2, 2, 2]
    assert [one.date for one in LateChange.objects.filter(unit="acts")] == [days[2]]
    assert held(days[-1], days[0], [Unit.ACTS], centre).open_rows == {Unit.ACTS: []}


def late_writes(centre):
    """Each writes about the settled past in a way of its own; with the days that are noticed."""
    old = Ticket.objects.filter(centre=centre, date=OTHER).exclude(state=State.VOID)
    act = Act.objects.filter(centre=centre, date=OTHER, undone_at=None, kind="individual")
    code = codes_of(centre, CodeList.NEED, "find_training")[0]
    return {
        "an action": lambda: an_act(centre, datetime.combine(OTHER, datetime.min.time(), centre.zone)),
        "many at once": lambda: old.update(language="en"),
        "created in bulk": lambda: ActCode.objects.bulk_create([ActCode(act=act.first(), code=code)]),
        "by hand": lambda: raw(
            "UPDATE reception_act SET channel_id = channel_id WHERE id = %s", act.first().pk
        ),
        "themes": lambda: act.first().themes.clear(),
        "a period": lambda: old.first().periods.update(theme=centre.themes.first()),
        "taken back": lambda: centre.passages.filter(date=OTHER).update(undone_at=NIGHT),
        "answers": lambda: centre.profiles.get(date=OTHER).answers.clear(),
        "moved away": lambda: act.update(date=DAY),
    }


def late_writes_of_the_agenda(centre):
    """The same of events and classes; with nothing that leaves them as they were counted."""
    held = Session.objects.filter(centre=centre, state=Session.State.HELD, begins_at__lt=MARCH_BEGINS)
    class_ = ClassVisit.objects.filter(centre=centre, came__isnull=False, begins_at__lt=MARCH_BEGINS)
    other = a_code(centre, CodeList.EVENT_KIND, "fair")
    return {
        "heads": lambda: held.update(participants=10),
        "a part": lambda: HeadCount.objects.filter(session__in=held).update(count=3),
        "the kind": lambda: Event.objects.filter(sessions__in=held).update(kind=other),
        "its themes": lambda: held.get().event.themes.clear(),
        "its codes": lambda: held.get().event.codes.clear(),
        "pupils": lambda: class_.update(came=24),
        "objectives": lambda: ObjectiveDone.objects.filter(visit__in=class_).delete(),
        "of an age": lambda: PupilCount.objects.filter(visit__in=class_).delete(),
        "its school": lambda: School.objects.filter(visits__in=class_).update(place="Oldtown"),
        "cancelled": lambda: held.update(state=Session.State.CANCELLED),
    }


def test_what_changes_late_about_events_and_classes_is_noticed(centre):
    for name, write in late_writes_of_the_agenda(centre).items():
        Touched.objects.all().delete()
        write()
        assert set(days_touched()) == {OTHER - timedelta(days=1)}, name  # a day on either side: clocks differ
    Touched.objects.all().delete()
    Session.objects.filter(centre=centre).update(why="The room was painted")  # nothing that is counted
    a_session(Event.objects.first(), datetime.combine(OTHER, time_of_day(9), UTC))  # not held
    assert days_touched() == {}
    refresh(at=NIGHT + timedelta(days=1))
    assert (counted(Unit.EVENTS, OTHER, centre), counted(Unit.EVENTS, DAY, centre)) == (0, 1)


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_whatever_writes_about_the_past_is_noticed(centre):
    for name, write in late_writes(centre).items():
        Touched.objects.all().delete()
        write()
        found = set(days_touched())
        assert found == ({OTHER, DAY} if name == "moved away" else {OTHER}), name
    Touched.objects.all().delete()
    Ticket.objects.filter(date=OTHER).update(note="", recalled_at=NIGHT)  # nothing that is counted
    assert days_touched() == {}


def test_a_past_that_was_never_read_is_not_noticed_row_by_row():
    centre = coded_centre()
    lively_days(centre, OTHER, random.Random(2), days=1)
    assert not Touched.objects.exists()


def test_the_day_s_own_work_costs_a_comparison_and_leaves_nothing():
    centre = coded_centre()
    shelf.store()
    now = centre.now()
    a_ticket(centre.themes.get(), now, arrival=Arrival.KIOSK)
    an_act(centre, now)
    actions.count_passages(site=centre.sites.get(), key=uuid4(), count=3, at=now)
    assert days_touched() == {}


def test_an_import_is_noticed_when_it_begins_and_ceases_to_count(centre):
    sheet = an_import(centre, OTHER, random.Random(3), stage=Stage.RUNNING)
    assert days_touched() == {}
    PastImport.objects.filter(pk=sheet.pk).update(stage=Stage.DONE)
    assert list(Touched.objects.values_list("first", "last")) == [(OTHER, OTHER + timedelta(days=2))]
    before = counted(Unit.PARTICIPANTS, NEXT, centre)
    refresh(at=NIGHT + timedelta(days=1))
    assert counted(Unit.PARTICIPANTS, NEXT, centre) > before == 0
    assert counted(Unit.PARTICIPANTS, OTHER, centre) == 21  # of which the agenda knows
    PastImport.objects.filter(pk=sheet.pk).update(stage=Stage.UNDOING)
    sheet.tallies.all().delete()  # counts no more: nothing to be noticed
    ActCode.objects.filter(act__past_import=sheet).delete()
    assert Touched.objects.count() == 1
    refresh(at=NIGHT + timedelta(days=2))
    assert counted(Unit.PARTICIPANTS, NEXT, centre) == 0
    assert {(one.before > one.after) for one in late_changes(centre, OTHER, OTHER)} == {True, False}


def test_a_centre_that_corrects_its_clock_is_read_again_whole(centre):
    raw("UPDATE centres_centre SET time_zone = 'Pacific/Auckland' WHERE id = %s", centre.pk)
    assert list(Touched.objects.values_list("centre", "first")) == [(centre.pk, None)]
    assert refresh(at=NIGHT + timedelta(days=1)) == 2


def test_who_dies_between_file_and_manifest_leaves_the_old_snapshot_in_force(centre):
    before = partitions(FEBRUARY, DAY)
    an_act(centre, datetime.combine(OTHER, datetime.min.time(), centre.zone))
    store, own = shelf.store(), shelf.folder()
    with extracted([centre], FEBRUARY, OTHER, secret=bytes(store.secret), at=NIGHT) as facts:
        left = write_month(facts, Unit.ACTS, FEBRUARY, own)
    assert partitions(FEBRUARY, DAY) == before
    assert Touched.objects.exists()
    assert tidy(at=NIGHT) == 0  # somebody may be at it
    os.utime(own / left.file, (time.time() - KEPT.total_seconds() - 60,) * 2)
    assert tidy(at=NIGHT) == 1
    assert not (own / left.file).exists()
    assert all(one.path.exists() for one in before)
    assert refresh(at=NIGHT + timedelta(days=1)) == 1


def test_the_slower_of_two_gives_way(centre):
    before = {one.unit: one for one in Snapshot.objects.in_force().filter(month=FEBRUARY)}
    new = [Written(Unit.ACTS, "a.parquet", 1, "1" * 64)]
    put_in_force(FEBRUARY, new, before, [], at=NIGHT)
    with pytest.raises(Overtaken):
        put_in_force(FEBRUARY, new, before, [], at=NIGHT)
    assert Snapshot.objects.filter(month=FEBRUARY, unit="acts").count() == 2


def test_readers_keep_what_was_replaced_for_two_days(centre):
    [old] = partitions(OTHER, OTHER, [Unit.ACTS])
    an_act(centre, datetime.combine(OTHER, datetime.min.time(), centre.zone))
    later = NIGHT + timedelta(days=1)
    refresh(at=later)
    [new] = partitions(OTHER, OTHER, [Unit.ACTS])
    assert (new.rows, old.path.exists()) == (old.rows + 1, True)
    tidy(at=later + KEPT + timedelta(seconds=1))
    assert (old.path.exists(), new.path.exists()) == (False, True)


def test_lost_files_are_made_again(centre):
    lost = partitions(FEBRUARY, DAY, [Unit.WAITS])
    before = digests()
    for one in lost:
        one.path.unlink()
    assert refresh(at=NIGHT + timedelta(days=30)) == 2
    assert digests() == before
    assert LateChange.objects.count() == 0


def test_what_no_trigger_saw_is_found_in_turn(centre):
    before_migrations()
    an_act(centre, datetime.combine(OTHER, datetime.min.time(), centre.zone))
    after_migrations(plan=())
    assert list(Touched.objects.values_list("centre", "first")) == []
    refresh(at=NIGHT + timedelta(days=1))
    refresh(at=NIGHT + timedelta(days=2))
    assert [(one.date, one.unit) for one in late_changes(centre, OTHER, OTHER)] == [
        (OTHER, "acts"),
        (OTHER, "contacts"),
    ]


def test_triggers_stand_again_after_migrations_and_all_is_read_again(centre):
    there = standing()
    assert len(there) == 65
    before_migrations()
    assert standing() == {}
    after_migrations(plan=[("reception.0008", False)])
    assert standing() == there
    assert list(Touched.objects.values_list("centre", "first")) == [(None, None)]
    before_migrations()
    before_migrations()  # whoever came before was cut off
    Touched.objects.all().delete()
    after_migrations(plan=())
    assert Touched.objects.count() == 1
    call_command("migrate", verbosity=0)
    assert (standing(), Touched.objects.count()) == (there, 1)


def test_one_command_makes_everything_again(centre, capsys):
    Snapshot.objects.all().delete()
    call_command("rebuild_facts")
    told = capsys.readouterr().out
    assert "2026-02: 1 of 2" in told.replace("\r", "\n")
    assert "2 months changed" in told
    an_act(centre, datetime.combine(OTHER, datetime.min.time(), centre.zone))
    call_command("rebuild_facts", only_changed=True)
    assert "1 months changed" in capsys.readouterr().out


def test_a_mistyped_day_makes_no_thousand_months(centre):
    sheet = an_import(centre, OTHER, random.Random(3))
    sheet.tallies.update(date=date(2206, 1, 1))
    assert months_held(NIGHT) == [FEBRUARY, MARCH]
