"""Facts agree to the digit with the pages of the day: every unit, themes and hours, waits, on each centre's own clock."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.centres.models import CodeList
from parvis.reception.factories import coded_centre, codes_of
from parvis.reception.models import Correction, Tally
from parvis.reception.models.past import Stage
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts.clocks import bounds, offsets
from parvis.statistics.facts.snapshots import held
from parvis.statistics.tests.facts.scenes import (
    an_import,
    assert_agreement,
    by,
    counted,
    facts_of,
    lively_days,
    named,
    sign,
)

CHANGES = {  # a day on which the clock is put forward or back
    "Europe/Paris": date(2026, 3, 29),
    "Pacific/Auckland": date(2026, 4, 5),
    "America/St_Johns": date(2026, 11, 1),
}
MARGIN = timedelta(days=3)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", CHANGES)
def test_every_figure_of_the_day_pages_is_found_in_the_facts(zone):
    centre, change, draw = coded_centre(time_zone=zone), CHANGES[zone], random.Random(zone)
    start = change - timedelta(days=1)
    lively_days(centre, start, draw)
    an_import(centre, start, draw)
    an_import(centre, start, draw, stage=Stage.RUNNING)
    facts = assert_agreement(centre, start - MARGIN, change + MARGIN)
    assert min(len(rows) for rows in facts.values()) > 0
    assert {row["site"] for rows in facts.values() for row in rows} == {centre.sites.get().pk}
    sign(centre, change)
    facts = assert_agreement(centre, start - MARGIN, change + MARGIN)
    assert [row["n"] for row in facts[Unit.PASSAGES] if row["origin"] == "correction"] != []
    Correction.objects.create(
        day=centre.days.get(date=change),
        subject="acts",
        before=0,
        after=3,
        reason="-",
        made_at=datetime.now(UTC),
    )
    facts = assert_agreement(centre, start - MARGIN, change + MARGIN)
    assert by("date", counted(facts[Unit.ACTS]))[change] == 3
    assert centre.days.get(date=change).figures["acts"] > 3


@pytest.mark.django_db
def test_the_open_day_is_told_as_it_stands_and_other_centres_are_not_read():
    centre, other = coded_centre(), coded_centre()
    day = date(2026, 5, 4)
    lively_days(centre, day, random.Random(1), days=1)
    lively_days(other, day, random.Random(2), days=1)
    told = held(day, day, [Unit.ACTS, Unit.PASSAGES], centre).open_rows
    assert set(told) == {Unit.ACTS, Unit.PASSAGES}
    assert {row["centre"] for row in named(Unit.ACTS, told[Unit.ACTS])} == {centre.pk}
    assert sum(row["n"] for row in named(Unit.ACTS, told[Unit.ACTS])) == 2


@pytest.mark.django_db
def test_codes_stand_in_their_lists_and_a_group_stays_a_total():
    centre = coded_centre()
    day = date(2026, 5, 4)
    lively_days(centre, day, random.Random(3), days=1)
    facts = facts_of(centre, day, day)
    [single] = [row for row in facts[Unit.ACTS] if row["kind"] == "individual"]
    [need] = codes_of(centre, CodeList.NEED, "application")
    assert (single["need"], single["resource"], len(single["themes"])) == ([need.pk], [], 2)
    young, older = codes_of(centre, CodeList.AGE_BAND, "15_17", "18_24")
    people = {row["code"]: row["n"] for row in facts[Unit.GROUP_PEOPLE]}
    assert people == {None: 24, young.pk: 20, older.pk: 4}
    [profile] = facts[Unit.PROFILES]
    assert (profile["gender"], profile["age_band"], profile["hour"]) == (
        [codes_of(centre, CodeList.GENDER, "woman")[0].pk],
        [],
        None,
    )


@pytest.mark.django_db
def test_of_a_sheet_s_day_the_whole_counts_once():
    centre = coded_centre()
    sheet = an_import(centre, date(2019, 1, 1), random.Random(4))
    Tally.objects.all().delete()
    day, theme = date(2019, 3, 5), centre.themes.get()
    cells = [  # unit, hour, theme, count
        ("contact", None, None, 30), ("contact", 9, None, 10), ("contact", 10, None, 5),  # hours, and what they leave
        ("act", None, None, 8), ("act", 9, None, 10),  # contradict each other
        ("participant", 9, None, 4), ("participant", 10, None, 5),  # hours only
        ("contact", None, theme, 20),
    ]  # fmt: skip
    for unit, hour, of, count in cells:
        fields = {
            "unit": unit,
            "hour": hour,
            "theme": of,
            "count": count,
            "date": day,
            "row_key": uuid4().hex,
        }
        Tally.objects.create(centre=centre, past_import=sheet, **fields)
    facts = facts_of(centre, day, day)

    def told(unit):
        return sorted((row["origin"], row["hour"] or 0, row["n"]) for row in facts[unit])

    assert told(Unit.CONTACTS) == [("by_theme", 0, 20), ("whole", 0, 15), ("whole", 9, 10), ("whole", 10, 5)]
    assert told(Unit.ACTS) == [("whole", 0, 8)]
    assert told(Unit.PARTICIPANTS) == [("whole", 9, 4), ("whole", 10, 5)]


@pytest.mark.django_db
def test_a_fact_s_number_is_drawn_from_its_row_and_stays():
    centre, day = coded_centre(), date(2026, 5, 4)
    lively_days(centre, day, random.Random(5), days=1)
    first, again = facts_of(centre, day, day), facts_of(centre, day - MARGIN, day + MARGIN)
    assert first == again
    drawn = [row["draw"] for rows in first.values() for row in rows]
    assert len(set(drawn)) == len(drawn)
    assert all(0 <= number < 2**32 for number in drawn)


ZONES = st.sampled_from(
    [*CHANGES, "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Casablanca"]
)


@given(ZONES, st.dates(date(1995, 1, 1), date(2035, 1, 1)), st.integers(-40 * 1440, 400 * 1440))
@settings(max_examples=150, deadline=None)
def test_the_table_of_offsets_says_what_the_zone_says(name, day, minutes):
    zone = ZoneInfo(name)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    ahead = [ahead for since, ahead in offsets(zone, day, day) if since <= at][-1]
    assert (at + timedelta(minutes=ahead)).replace(tzinfo=None) == at.astimezone(zone).replace(tzinfo=None)


@given(ZONES, st.dates(date(1995, 1, 1), date(2035, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_days_follow_each_other_without_gap(name, day):
    zone = ZoneInfo(name)
    (one, start, end), (_, then, _) = bounds(zone, [day, day + timedelta(days=1)])
    assert (start.astimezone(zone).date(), end) == (day, then)
    assert (end - timedelta(seconds=1)).astimezone(zone).date() == one
