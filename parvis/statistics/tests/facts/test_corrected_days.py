"""Whatever is entered, taken back or corrected late about whichever days: the right figures change, no other does, and each change leaves its trace."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from parvis.reception import actions
from parvis.reception.factories import an_act, coded_centre
from parvis.reception.models import Act, Passage
from parvis.reception.queries.figures import figures_by_day
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts.late import late_changes
from parvis.statistics.facts.refresh import rebuild, refresh
from parvis.statistics.facts.shaping import SIGNED
from parvis.statistics.facts.snapshots import partitions
from parvis.statistics.models import LateChange, Touched
from parvis.statistics.tests.facts.scenes import a_passage, lively_days, sign
from parvis.statistics.tests.facts.test_snapshots import counted

NIGHT = datetime(2026, 6, 1, 2, tzinfo=UTC)
DAYS = (
    date(2026, 2, 27),
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 3, 29),
)  # the last: clocks go forward
SIGNED_DAYS = (DAYS[1], DAYS[3])
# What is done late, and about which of the days.
KINDS = ("entered", "taken back", "corrected", "at the door")
LATE = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, len(DAYS) - 1), st.integers(1, 9)),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def centre(db, settings):
    """Four days of two months, two of them signed."""
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA = Path(folder)
        centre = coded_centre()
        for n, day in enumerate(DAYS):
            lively_days(centre, day, random.Random(n), days=1)
        for day in SIGNED_DAYS:
            sign(centre, day)
        rebuild(at=NIGHT)
        Touched.objects.all().delete()
        yield centre


def do(centre, kind, day, n):
    """One late thing, as somebody does it."""
    at = datetime(day.year, day.month, day.day, 3, tzinfo=centre.zone)
    if kind == "entered":
        an_act(centre, at)
    elif kind == "taken back":
        given_then = Act.objects.counted().filter(centre=centre, date=day, kind="individual").order_by("-pk")
        if act := given_then.first():
            actions.undo_act(act=act, at=at)  # on the day, and sent by the device much later
    elif kind == "at the door":
        a_passage(centre.sites.get(kind="main"), day, 14 + n % 5, n, Passage.Source.HOURLY)
    elif (signed := centre.days.get(date=day)).signed_at:
        said = {"subject": "contacts", "after": n * 11, "reason": "Counted again"}
        with suppress(actions.StateChanged):  # it says that already: refused, and nothing changes
            actions.correct_day(day=signed, key=uuid4(), by=signed.signed_by, at=NIGHT, **said)


def figures(centre):
    """Of each day and unit what the day pages say, from the tables themselves."""
    of_days = figures_by_day(centre, DAYS[0], DAYS[-1])
    return {(day, unit): getattr(of_days[day].shown, unit.value) for day in DAYS for unit in SIGNED}


def in_files(centre):
    return {(day, unit): counted(unit, day, centre) for day in DAYS for unit in Unit}


def files():
    return {(one.unit, one.month): one.path for one in partitions(DAYS[0], DAYS[-1])}


@given(LATE)
@how(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_right_figures_change_and_leave_a_trace(centre, done):
    with transaction.atomic():
        said, was, held = figures(centre), in_files(centre), files()
        touched = {DAYS[place] for _kind, place, _n in done}
        for kind, place, n in done:
            do(centre, kind, DAYS[place], n)
        assert set(Touched.objects.values_list("first", flat=True)) <= touched
        refresh(at=NIGHT + timedelta(days=1))
        now, is_now = figures(centre), in_files(centre)
        assert {key: n for key, n in is_now.items() if key in now} == now, "files say what the day pages say"
        changed = {key for key, n in is_now.items() if was[key] != n}
        assert {key for key in said if said[key] != now[key]} == {key for key in changed if key in said}
        assert {day for day, _unit in changed} <= touched, "no other day changed"
        assert_files(held, changed)
        assert_traces(centre, was, is_now, touched)
        LateChange.objects.all().delete()
        transaction.set_rollback(True)


def assert_files(held, changed):
    """A month of a unit has another file only where one of its days changed; and there it has."""
    other = {key for key, path in files().items() if held.get(key) != path}
    assert {(unit, day.replace(day=1)) for day, unit in changed} <= other


def assert_traces(centre, was, is_now, touched):
    """A trace for each changed figure with both values, none twice; and none about a day that nobody touched."""
    traces = late_changes(centre, DAYS[0], DAYS[-1])
    assert max(Counter((one.date, one.unit) for one in traces).values(), default=1) == 1
    told = {(one.date, Unit(one.unit)): (one.before, one.after) for one in traces}
    assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {
        key: (was[key], n) for key, n in is_now.items() if was[key] != n
    }
    assert {day for day, _unit in told} <= touched
