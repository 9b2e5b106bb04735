"""When and where, in words: one line that is right on the centre's clock, in each language."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import translation

from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_coming, a_room, a_session, an_event
from parvis.agenda.models import Where
from parvis.agenda.templatetags.visitor_classes import class_day
from parvis.agenda.visitor_sessions import by_when, friendly, place, when
from parvis.centres.factories import a_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    centre = a_centre(time_zone="Europe/Paris")
    return a_session(an_event(centre), datetime(2026, 3, 3, 14, tzinfo=centre.zone))


def test_a_session_on_the_centre_s_clock(session):
    with translation.override("en"):
        assert when(session) == "Tuesday 3 March 2026, 14:00–15:30"
        assert by_when(session, session.begins_at - timedelta(hours=1)) == "Tuesday 3 March 2026, 13:00"
    with translation.override("ar"):
        assert "، " in when(session)
        assert ", " not in when(session)


def test_weekday_and_day_as_the_language_writes_them(session):
    for code, said in (
        ("fr", "Mardi 3 mars 2026, 14:00–15:30"),
        ("de", "Dienstag, 3. März 2026, 14:00–15:30"),
    ):
        with translation.override(code):
            assert when(session) == said
            assert class_day(session.begins_at) == said.rpartition(", ")[0]


def test_it_goes_on_beyond_midnight(session):
    session.ends_at = session.begins_at + timedelta(hours=12)
    with translation.override("en"):
        assert when(session) == "Tuesday 3 March 2026, 14:00 – Wednesday 4 March 2026, 02:00"


@pytest.mark.parametrize(
    ("days", "said"), [(1, "Saturday 28 March 2026"), (2, "Saturday 28 March 2026 – Sunday 29 March 2026")]
)
def test_whole_days_have_no_hours_also_where_clocks_change(session, days, said):
    zone = session.centre.zone
    session.all_day = True
    session.begins_at = datetime(2026, 3, 28, tzinfo=zone)
    session.ends_at = datetime(2026, 3, 28 + days, tzinfo=zone)
    with translation.override("en"):
        assert when(session) == said


def test_where_it_is(session):
    with translation.override("en"):
        assert place(session, Where.ONLINE) == "Online"
        assert place(session).startswith(session.site.name)
        booked = a_room(session.centre, "Room by the river")
        book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[booked])
        assert place(session).startswith(f"Room by the river, {session.site.name}")
        assert place(session, Where.ONLINE) == "Online"
        session.elsewhere = "Town hall"
        assert place(session) == "Town hall"


def test_a_friendly_name_in_every_language(session):
    coming = a_coming(session)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            assert friendly(coming).endswith(" 1")
    coming.word = ""
    assert friendly(coming) == "1"
