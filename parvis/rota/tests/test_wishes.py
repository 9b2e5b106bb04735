"""What counts of all that somebody said: the leave, then the date, then the pattern."""

from datetime import date, time

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.rota.factories import a_half_day, a_leave, a_pattern, a_wish
from parvis.rota.models import Part, Wish, WorkingPattern
from parvis.rota.queries import wishes

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)  # the tenth week: even
NEXT = date(2026, 3, 9)


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def person(centre):
    return a_person(Role.ADVISER, centre=centre)


@pytest.fixture
def half_days(centre):
    return [a_half_day(centre, day, starts) for day in (MONDAY, NEXT) for starts in (time(9), time(14))]


def answers(centre, person, half_days):
    found = wishes(centre, [person.pk], MONDAY, NEXT)[person.pk]
    return [found.get(one.pk) for one in half_days]


def test_who_never_said_anything_has_no_entry(centre, person, half_days):
    assert answers(centre, person, half_days) == [None] * 4


def test_a_pattern_fills_its_part_of_the_weekday(centre, person, half_days):
    a_pattern(person, centre, 0, Part.MORNING, Wish.PREFERS)
    assert answers(centre, person, half_days) == [Wish.PREFERS, None, Wish.PREFERS, None]


def test_odd_and_even_weeks_go_before_every_week(centre, person, half_days):
    a_pattern(person, centre, 0, Part.MORNING, Wish.CAN)
    a_pattern(person, centre, 0, Part.MORNING, Wish.CANNOT, WorkingPattern.Weeks.ODD)
    a_pattern(person, centre, 0, Part.AFTERNOON, Wish.RATHER_NOT, WorkingPattern.Weeks.EVEN)
    assert answers(centre, person, half_days) == [Wish.CAN, Wish.RATHER_NOT, Wish.CANNOT, None]


def test_a_date_goes_before_the_pattern_and_a_leave_before_both(centre, person, half_days):
    a_pattern(person, centre, 0, Part.MORNING, Wish.CAN)
    a_wish(person, half_days[0], Wish.PREFERS)
    a_wish(person, half_days[1], Wish.CAN)
    a_leave(person, centre, NEXT)
    assert answers(centre, person, half_days) == [Wish.PREFERS, Wish.CAN, Wish.CANNOT, Wish.CANNOT]
    a_leave(person, centre, MONDAY, part=Part.AFTERNOON)
    assert answers(centre, person, half_days)[:2] == [Wish.PREFERS, Wish.CANNOT]


def test_another_centres_answers_are_not_read(centre, person, half_days):
    other = a_centre()
    a_pattern(person, other, 0, Part.MORNING)
    a_leave(person, other, MONDAY, NEXT)
    assert answers(centre, person, half_days) == [None] * 4


def test_four_queries_for_everybody(centre, half_days, django_assert_num_queries):
    people = [a_person(Role.ADVISER, centre=centre) for _n in range(3)]
    for person in people:
        a_pattern(person, centre, 0, Part.MORNING)
    for some in (people[:1], people):
        with django_assert_num_queries(4):
            assert len(wishes(centre, [one.pk for one in some], MONDAY, NEXT)) == len(some)
