"""Until when a question is answered: days and hours on which the centre is open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.centres.factories import a_centre
from parvis.centres.models import OpeningException
from parvis.guidance.queries.due import due_day, open_hours_between
from parvis.guidance.tests.hours import week

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 20, tzinfo=UTC)  # a Monday night
DAY = AT.date()


@pytest.mark.parametrize(
    ("asked", "promise", "due"),
    [
        (date(2026, 6, 1), 2, date(2026, 6, 3)),
        (date(2026, 6, 5), 2, date(2026, 6, 9)),  # a Friday
        (date(2026, 6, 6), 1, date(2026, 6, 8)),  # a Saturday
        (date(2026, 7, 13), 1, date(2026, 7, 15)),  # before the 14th of July
    ],
)
def test_days_on_which_it_is_closed_do_not_count(asked, promise, due):
    assert due_day(week(a_centre()), asked, promise) == due


def test_a_day_that_differs():
    centre = week(a_centre())
    OpeningException.objects.create(site=centre.sites.get(), day=date(2026, 6, 2))
    assert due_day(centre, DAY, 2) == date(2026, 6, 4)


def test_without_hours_monday_to_friday():
    assert due_day(a_centre(), date(2026, 7, 10), 2) == date(2026, 7, 15)


def test_hours_are_counted_while_some_site_is_open():
    centre = week(a_centre())
    morning = datetime(2026, 6, 2, 8, 30, tzinfo=UTC)  # in Paris 10:30
    assert open_hours_between(centre, AT, morning) == 2
    assert open_hours_between(centre, AT, morning + timedelta(days=1)) == 10
    assert open_hours_between(centre, AT, AT) == 0
