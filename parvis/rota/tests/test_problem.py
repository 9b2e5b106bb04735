"""From the database to the planner: who can come, what is owed, and minutes that really pass."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.centres.factories import a_centre
from parvis.centres.models import Centre
from parvis.partners.factories import an_agreement, hours
from parvis.partners.models import Relation
from parvis.rota.factories import a_duty_slot, a_half_day, a_leave, a_wish, comes_from
from parvis.rota.models import HalfDay, Terms
from parvis.rota.models import Wish as Said
from parvis.rota.planning.problem import Duty, Limits, Share, Wish
from parvis.rota.queries.problem import Horizon, habit_of, problem_for
from parvis.rota.tests.plan_scene import AT, MONDAY, SUNDAY, Scene

pytestmark = pytest.mark.django_db
ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata")


@pytest.fixture
def scene():
    return Scene()


def problem(scene, first=MONDAY, last=SUNDAY):
    return problem_for(scene.centre, first, last, at=AT)


def person(scene, n, **asked):
    return next(one for one in problem(scene, **asked).people if one.key == scene.people[n].pk)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    days=st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True),
    times=st.tuples(st.times(), st.times()),
)
def test_minutes_are_those_that_pass_whatever_the_clocks_do(zone, first, days, times):
    starts, ends = sorted(one.replace(second=0, microsecond=0) for one in times)
    centre = Centre(time_zone=zone)
    horizon = Horizon(centre, first, first + timedelta(days=60))
    half_days = [
        HalfDay(centre=centre, date=first + timedelta(days=day), starts=starts, ends=ends)
        for day in sorted(days)
    ]
    for one, two in pairwise(half_days):
        apart = two.bounds[0].astimezone(UTC) - one.bounds[1].astimezone(UTC)
        assert horizon.minute(two.bounds[0]) - horizon.minute(one.bounds[1]) == apart // timedelta(minutes=1)
        passed = one.bounds[1].astimezone(UTC) - one.bounds[0].astimezone(UTC)
        assert one.minutes == passed // timedelta(minutes=1)
        assert (two.date - one.date).days == horizon.day(two.date) - horizon.day(one.date)
        assert horizon.week(one.date) == horizon.week(one.date - timedelta(days=one.date.weekday()))


def test_a_night_with_a_changed_clock_is_an_hour_shorter():
    centre = a_centre(time_zone="Europe/Paris")
    saturday = date(2026, 3, 28)
    one = a_half_day(centre, saturday, time(13, 30))
    two = a_half_day(centre, saturday + timedelta(days=1), time(9))
    horizon = Horizon(centre, saturday, SUNDAY)
    assert (
        horizon.minute(two.bounds[0]) - horizon.minute(one.bounds[1]) == 15 * 60
    )  # 17:00 to 9:00, less one hour


def test_half_days_needs_and_people_are_told(scene):
    found = problem(scene)
    assert [slot.key for slot in found.slots] == [one.pk for one in scene.half_days]
    first = found.slots[0]
    assert (first.start, first.end, first.day, first.week) == (540, 750, 0, 0)
    assert (first.institutions_min, first.institutions_aim) == (0, 2)
    assert {(need.task, need.seats, need.mixed) for need in found.needs} == {
        (f"advice:{theme.pk}", 2, True) for theme in scene.themes
    }
    one = person(scene, 0)
    assert one.institution == scene.institutions[0].pk
    assert one.tasks == {f"advice:{theme.pk}" for theme in scene.themes}
    assert one.limits == Limits(per_day=2, rest=660)
    assert set(one.wishes.values()) == {Wish.CAN}


def test_leave_terms_and_wishes_say_when_somebody_comes(scene):
    a_leave(scene.people[0], scene.centre, MONDAY)
    a_wish(scene.people[0], scene.half_days[2], Said.PREFERS)
    a_wish(scene.people[0], scene.half_days[3], Said.CANNOT)
    Terms.objects.filter(person=scene.people[0]).update(until=MONDAY + timedelta(days=2))
    assert person(scene, 0).wishes == {scene.half_days[2].pk: Wish.PREFERS}


def test_nobody_is_asked_to_be_in_two_centres_at_a_time(scene):
    other = a_centre(network=scene.centre.network)
    a_duty_slot(
        other, scene.people[0], MONDAY, time(11), half_day=a_half_day(other, MONDAY, time(11), ends=time(12))
    )
    keys = [one.pk for one in scene.half_days]
    assert set(person(scene, 0).wishes) == set(keys[1:])
    assert set(person(scene, 1).wishes) == set(keys)


def test_duties_around_the_period_bear_on_it_and_habits_come_from_before(scene):
    slot = a_duty_slot(scene.centre, scene.people[0], MONDAY - timedelta(days=1), theme=scene.themes[0])
    after = a_duty_slot(scene.centre, scene.people[1], SUNDAY + timedelta(days=1), theme=scene.themes[0])
    found = problem(scene)
    task = f"advice:{scene.themes[0].pk}"
    assert found.before == {
        Duty(slot.half_day_id, task, scene.people[0].pk),
        Duty(after.half_day_id, task, scene.people[1].pk),
    }
    assert [one.day for one in found.slots] == [-1, 0, 0, 1, 1, 2, 2, 7]
    assert person(scene, 0).habits == {(habit_of(slot.half_day), task)}
    assert person(scene, 1).habits == set()


def test_an_institution_that_comes_later_counts_from_its_first_day(scene):
    newcomer = scene.adviser(7)
    newcomer.belongings.all().delete()
    comes_from(newcomer, scene.centre, scene.institutions[2], since=MONDAY + timedelta(days=2))
    found = {one.key: one.institution for one in problem(scene).people}
    assert found[newcomer.pk] == scene.institutions[2].pk


def test_institutions_owe_what_they_pledged_with_the_balance_carried_over(scene):
    relation = Relation.objects.get(institution=scene.institutions[0])
    an_agreement(relation, hours("31"))
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    assert list(problem_for(scene.centre, first, last, at=AT).shares) == [
        Share(scene.institutions[0].pk, 0, 30, 31 * 60, 210)
    ]
    a_duty_slot(
        scene.centre,
        scene.people[0],
        date(2026, 2, 28),
        theme=scene.themes[0],
        institution=scene.institutions[0],
    )
    at = datetime(2026, 2, 20, tzinfo=UTC)
    owed = round(31 * 60 / 28) - 210  # pledged for that day less what is planned on it
    carried = round(owed * 31 / 306)
    shares = problem_for(scene.centre, first, last, at=at).shares
    assert abs(shares[0].minutes - (31 * 60 + carried)) <= 1


def test_more_people_cost_no_more_queries(scene, django_assert_num_queries):
    few = Scene(days=1, people=1)
    with django_assert_num_queries(16):
        problem(few)
    with django_assert_num_queries(16):
        problem(scene)
