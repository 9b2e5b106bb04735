from datetime import date, datetime, timedelta

import pytest

from parvis.agenda.actions.schools import match_typed
from parvis.agenda.factories import a_class_visit, a_school
from parvis.agenda.queries.reach import reach
from parvis.centres.factories import a_centre, a_code
from parvis.centres.models import CodeList

pytestmark = pytest.mark.django_db
FIRST, UNTIL = date(2026, 9, 1), date(2027, 9, 1)


@pytest.fixture
def centre():
    return a_centre()


def held(centre, school=None, came=20, on=date(2026, 11, 3), **more):
    begins = datetime(on.year, on.month, on.day, 9, tzinfo=centre.zone)
    usual = {"state": "held", "begins_at": begins, "ends_at": begins + timedelta(hours=3)}
    return a_class_visit(centre, school=school, came=came, **usual | more)


def told(parts):
    return [(one.label, one.schools, one.reached, one.pupils, one.classes, one.met) for one in parts]


def test_classes_and_pupils_against_schools_and_pupils(centre):
    lower, upper = (a_code(centre, CodeList.SCHOOL_LEVEL, key) for key in ("lower", "upper"))
    public = a_code(centre, CodeList.SCHOOL_NETWORK, "public")
    port = a_school(centre, "Port", place="Lakeside", pupils=400, school_network=public)
    hill = a_school(centre, "Hill", place="Hillside", pupils=300)
    a_school(centre, "Quay", place="Lakeside")
    port.levels.set([lower, upper])
    hill.levels.set([upper])
    held(centre, port, came=24, level=lower)
    held(centre, port, came=22, level=upper, state="evaluated")
    held(centre, school_name="Somewhere", came=10)
    found = reach(centre, FIRST, UNTIL)
    assert told([found.whole]) == [("", 3, 1, 700, 3, 56)]
    assert told(found.places) == [("Hillside", 1, 0, 300, 0, 0), ("Lakeside", 2, 1, 400, 2, 46)]
    assert told(found.networks) == [("Public", 1, 1, 400, 2, 46), ("", 2, 0, 300, 0, 0)]
    assert told(found.levels) == [
        ("Lower", 1, 1, None, 1, 24),
        ("Upper", 2, 1, None, 1, 22),
        ("", 0, 0, None, 1, 10),
    ]
    assert [(one.name, one.classes, one.met) for one in found.typed] == [("Somewhere", 1, 10)]
    assert [one.name for one in found.not_reached] == ["Hill", "Quay"]
    assert found.uncounted == 1


def test_what_was_not_held_or_at_another_time_does_not_count(centre):
    port = a_school(centre, "Port")
    held(centre, port, state="cancelled")
    held(centre, port, state="confirmed")
    held(centre, port, on=date(2026, 8, 31))
    held(centre, port, on=date(2027, 9, 1))
    held(a_centre(), None)
    found = reach(centre, FIRST, UNTIL)
    assert (found.whole.classes, found.whole.reached) == (0, 0)
    held(centre, port, on=FIRST)
    held(centre, port, on=UNTIL - timedelta(days=1))
    assert reach(centre, FIRST, UNTIL).whole.classes == 2


def test_a_school_counts_while_it_was_there(centre):
    a_school(centre, "Closed before", closed_on=FIRST)
    a_school(centre, "Closed meanwhile", closed_on=FIRST + timedelta(days=1))
    a_school(centre, "Opened later", opened_on=UNTIL)
    assert [one.name for one in reach(centre, FIRST, UNTIL).not_reached] == ["Closed meanwhile"]


def test_what_teachers_typed_counts_for_a_school_once_somebody_says_which(centre):
    port = a_school(centre, "Port")
    held(centre, school_name="The school at the port")
    held(centre, school_name="The school at the port")
    assert match_typed(centre=centre, typed="The school at the port", school=port) == 2
    found = reach(centre, FIRST, UNTIL)
    assert (found.typed, found.whole.reached, found.places[0].classes) == ([], 1, 2)


def test_the_same_queries_for_one_school_and_for_many(centre, django_assert_max_num_queries):
    level = a_code(centre, CodeList.SCHOOL_LEVEL, "lower")
    for number in range(3):
        school = a_school(centre, f"School {number}")
        school.levels.add(level)
        held(centre, school, level=level)
        with django_assert_max_num_queries(4):
            reach(centre, FIRST, UNTIL)
