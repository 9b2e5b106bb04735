"""The calendar's half-days are made from seasons, school holidays and opening times; what people did stays."""

from datetime import UTC, date, datetime, time

import pytest

from parvis.accounts.roles import Role
from parvis.centres.actions.hours import set_exception
from parvis.centres.factories import a_centre, a_person, a_theme, words
from parvis.centres.models import OpeningHours
from parvis.centres.queries.opening import Stretch
from parvis.rota.actions import make_half_days
from parvis.rota.factories import (
    a_duty_slot,
    a_pattern_half_day,
    a_pattern_need,
    a_school_holiday,
    a_season,
    a_wish,
    main_site,
)
from parvis.rota.models import HalfDay, Need, Season, WishForHalfDay
from parvis.rota.queries.half_days import making

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
SUNDAY = date(2026, 3, 15)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def centre():
    centre = a_centre()
    for weekday in range(5):
        OpeningHours.objects.create(site=main_site(centre), weekday=weekday, opens=time(9), closes=time(18))
    return centre


@pytest.fixture
def theme(centre):
    return a_theme(centre)


@pytest.fixture
def season(centre, theme):
    """Monday and Tuesday mornings, and Tuesday afternoons."""
    season = a_season(centre, name="Usual")
    for weekday, starts in ((0, time(9)), (1, time(9)), (1, time(14))):
        a_pattern_need(a_pattern_half_day(season, weekday, starts), theme, languages={"en": 1})
    return season


def made(centre, first=MONDAY, last=SUNDAY):
    return make_half_days(centre=centre, first=first, last=last, at=AT)


def there(centre):
    return [
        f"{one.date:%d} {one.starts:%H:%M}–{one.ends:%H:%M}" for one in HalfDay.objects.filter(centre=centre)
    ]


WEEKS = [
    "02 09:00–12:30", "03 09:00–12:30", "03 14:00–17:30",
    "09 09:00–12:30", "10 09:00–12:30", "10 14:00–17:30",
]  # fmt: skip


def test_two_weeks_of_a_season(centre, theme, season):
    found = made(centre)
    assert there(centre) == WEEKS
    assert (len(found.added), found.changed, found.dropped, found.same) == (6, [], [], 0)
    needs = Need.objects.filter(half_day__centre=centre)
    assert {(one.duty, one.theme, one.seats, one.languages["en"]) for one in needs} == {
        ("advice", theme, 2, 1)
    }
    assert len(needs) == 6


def test_again_changes_nothing(centre, season):
    made(centre)
    before = list(HalfDay.objects.values_list("pk", flat=True))
    again = made(centre)
    assert (again.changes, again.same) == (False, 6)
    assert list(HalfDay.objects.values_list("pk", flat=True)) == before


def test_what_is_shown_before_is_what_happens(centre, season):
    shown = making(centre, MONDAY, SUNDAY, MONDAY)
    assert there(centre) == []
    done = made(centre)
    assert [(one.date, one.starts) for one in shown.added] == [(one.date, one.starts) for one in done.added]


def test_public_holidays_and_closed_days_give_none(centre, season):
    site = main_site(centre)
    set_exception(
        site=site,
        first=date(2026, 3, 9),
        last=date(2026, 3, 9),
        stretches=[],
        reason=words("Works", "Travaux"),
    )
    found = made(centre)
    assert there(centre) == [one for one in WEEKS if not one.startswith("09")]
    assert [(one.day, one.reason) for one in found.closed] == [(date(2026, 3, 9), "Works")]
    may = made(centre, date(2026, 4, 6), date(2026, 4, 7))  # Easter Monday
    assert [one.date.day for one in may.added] == [7, 7]


def test_a_day_that_opens_differently_cuts_its_half_days(centre, season):
    day = date(2026, 3, 3)
    stretches = [Stretch(time(10), time(15))]
    set_exception(site=main_site(centre), first=day, last=day, stretches=stretches, reason=words("", ""))
    made(centre, day, day)
    assert there(centre) == ["03 10:00–12:30", "03 14:00–15:00"]


def test_a_weekday_on_which_the_site_is_closed_gives_none(centre, season):
    a_pattern_half_day(season, 5)
    assert date(2026, 3, 7) not in {one.date for one in made(centre).added}


def test_school_holidays_have_a_season_of_their_own(centre, season):
    a_school_holiday(centre, date(2026, 3, 9), date(2026, 3, 13))
    quiet = a_season(centre, name="Holidays", during=Season.During.HOLIDAYS)
    a_pattern_half_day(quiet, 2)
    made(centre)
    assert there(centre) == [*WEEKS[:3], "11 09:00–12:30"]


def test_the_season_that_began_last_counts_and_days_without_any_are_told(centre, season):
    Season.objects.filter(pk=season.pk).update(valid_to=date(2026, 3, 12))
    newer = a_season(centre, name="New", valid_from=date(2026, 3, 10), valid_to=date(2026, 3, 11))
    a_pattern_half_day(newer, 1, time(10))
    found = made(centre)
    assert there(centre) == [*WEEKS[:4], "10 10:00–13:30"]
    assert found.without_season == [date(2026, 3, 12), date(2026, 3, 13)]


def test_what_somebody_changed_and_where_somebody_is_on_duty_stays(centre, theme, season):
    made(centre)
    by_hand, busy, free = HalfDay.objects.filter(centre=centre)[:3]
    HalfDay.objects.filter(pk=by_hand.pk).update(by_hand=True)
    Need.objects.filter(half_day=by_hand).update(seats=5)
    a_duty_slot(centre, None, busy.date, theme=theme, half_day=busy)
    season.half_days.all().delete()
    found = made(centre)
    assert (found.by_hand, found.on_duty) == ([by_hand], [busy])
    assert len(found.dropped) == 4
    assert list(HalfDay.objects.filter(centre=centre)) == [by_hand, busy]


def test_a_shifted_hour_keeps_the_answers(centre, season):
    made(centre)
    first = HalfDay.objects.filter(centre=centre)[0]
    wish = a_wish(a_person(Role.ADVISER, centre=centre), first)
    season.half_days.filter(weekday=0).update(starts=time(9, 30))
    found = made(centre)
    assert len(found.changed) == 2
    assert HalfDay.objects.get(pk=first.pk).starts == time(9, 30)
    assert WishForHalfDay.objects.get(pk=wish.pk).half_day_id == first.pk


def test_needs_follow_the_season_and_closed_themes_are_left_out(centre, theme, season):
    made(centre)
    for half_day in season.half_days.all():
        half_day.needs.update(seats=3)
        a_pattern_need(half_day, a_theme(centre, f"gone-{half_day.pk}", valid_to=date(2026, 3, 3)))
    assert len(made(centre).changed) == 6
    assert set(Need.objects.values_list("theme__key", "seats")) == {
        ("training", 3), (f"gone-{season.half_days.all()[0].pk}", 2)
    }  # fmt: skip


def test_the_past_stays(centre, season):
    found = make_half_days(centre=centre, first=MONDAY, last=SUNDAY, at=datetime(2026, 3, 9, 9, tzinfo=UTC))
    assert found.first == date(2026, 3, 9)
    assert there(centre) == WEEKS[3:]


def test_as_many_queries_for_two_days_as_for_two_months(centre, season, django_assert_num_queries):
    made(centre)
    for last in (date(2026, 3, 3), date(2026, 5, 1)):
        with django_assert_num_queries(11):
            making(centre, MONDAY, last, MONDAY)
