"""What everybody reads of the programme: only what is published, in every language, never who leads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from i18nfield.strings import LazyI18nString

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_room, a_session, an_event, an_event_kind
from parvis.agenda.models import Event, Facilitation, Organiser, Registration, Session, Speaker
from parvis.agenda.queries.public.filters import Wanted, wanted_of
from parvis.agenda.queries.public.programme import choices_of, lines_of, month_of, next_sessions, whole
from parvis.centres.factories import a_centre, a_code, a_person, a_theme
from parvis.centres.models import CodeList
from parvis.partners.factories import an_institution
from tests.pages.weight import LIMIT, first_load, foreign

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 3, 10, 12, tzinfo=PARIS)


@pytest.fixture
def centre():
    return a_centre(name="Lyon", languages=["fr", "ar", "en"])


def soon(centre, **delta):
    return centre.now().replace(second=0, microsecond=0) + timedelta(**delta or {"days": 1})


def titles(month):
    return [str(line.event.title) for _day, lines in month.days for line in lines]


def at_month(centre, first, wanted=None, at=AT):
    return month_of(centre, first, wanted or Wanted(), at)


def test_a_month_by_day_without_what_is_over(centre):
    event = an_event(centre, publish_at=AT - timedelta(days=60))
    days = [AT - timedelta(days=3), AT - timedelta(hours=1), AT + timedelta(days=2), AT + timedelta(days=40)]
    for begins in days:
        a_session(event, begins)
    march = at_month(centre, AT.date().replace(day=1))
    assert [(day.isoformat(), len(lines)) for day, lines in march.days] == [
        ("2026-03-10", 1),
        ("2026-03-12", 1),
    ]
    assert (march.before, march.after.isoformat()) == (None, "2026-04-01")
    april = at_month(centre, march.after)
    assert ([day.isoformat() for day, _lines in april.days], april.before.isoformat(), april.after) == (
        ["2026-04-19"],
        "2026-03-01",
        None,
    )


def test_weeks_of_the_calendar_begin_on_monday(centre):
    a_session(an_event(centre, publish_at=AT - timedelta(days=60)), AT + timedelta(days=2))
    weeks = at_month(centre, AT.date().replace(day=1)).weeks
    assert [len(week) for week in weeks] == [7] * 6
    assert weeks[0][0][0].isoformat() == "2026-02-23"
    assert [(day.day, len(lines)) for week in weeks for day, lines in week if lines] == [(12, 1)]


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({}, True),
        ({"state": Event.State.DRAFT, "publish_at": None}, False),
        ({"state": Event.State.REVIEW}, False),
        ({"state": Event.State.WITHDRAWN}, False),
        ({"publish_at": AT + timedelta(minutes=1)}, False),
        ({"publish_at": AT}, True),
    ],
)
def test_only_what_is_published_by_now(centre, fields, seen):
    event = an_event(centre, **{"publish_at": AT - timedelta(days=1)} | fields)
    a_session(event, AT + timedelta(days=1))
    month = at_month(centre, AT.date().replace(day=1))
    assert bool(month.days) is seen
    assert bool(next_sessions(centre, AT, days=7, most=3)) is seen
    assert bool(choices_of(centre, AT).kinds) is seen


def test_each_filter_finds_what_has_it_and_nothing_else(centre):
    theme, audience = a_theme(centre), a_code(centre, CodeList.AUDIENCE, "young")
    sector = a_code(centre, CodeList.SECTOR, "building")
    has = an_event(
        centre,
        "Café des métiers",
        kind=an_event_kind(centre, "cafe"),
        languages=["ar"],
        accessibility=["quiet"],
        publish_at=AT - timedelta(days=1),
    )
    has.themes.add(theme)
    has.codes.add(audience, sector)
    a_session(has, AT + timedelta(days=1), link="https://example.org/join", site=None)
    other = an_event(centre, "Something else", publish_at=AT - timedelta(days=1), languages=["fr"])
    a_session(other, AT + timedelta(days=1))
    asked = {
        "theme": theme.key,
        "kind": "cafe",
        "audience": "young",
        "sector": "building",
        "spoken": "ar",
        "where": "online",
        "access": "quiet",
        "q": "METIERS cafe",
    }
    for name, value in asked.items():
        month = at_month(centre, AT.date().replace(day=1), wanted_of({name: value}))
        assert titles(month) == ["Café des métiers"], name
        none = at_month(centre, AT.date().replace(day=1), wanted_of({name: "nothing-like-it"}))
        assert titles(none) == ([] if name != "where" else ["Café des métiers", "Something else"]), name
    assert titles(at_month(centre, AT.date().replace(day=1), wanted_of({"where": "room"}))) == [
        "Something else"
    ]


def test_words_find_a_year_ahead_in_any_language(centre):
    event = an_event(centre, publish_at=AT - timedelta(days=1))
    event.title = LazyI18nString({"fr": "Une œuvre", "ar": "لقاء مع البنائين"})
    event.save()
    a_session(event, AT + timedelta(days=200))
    for words in ("oeuvre", "البنائين"):
        month = at_month(centre, AT.date().replace(day=1), wanted_of({"q": words}))
        assert [day.isoformat() for day, _lines in month.days] == ["2026-09-26"]
        assert (month.before, month.after) == (None, None)


def test_a_full_year_stays_light(client, centre):
    for n in range(40):
        a_session(an_event(centre, f"Workshop {n}"), soon(centre, days=n + 1))
    page = client.get(f"/agenda/{centre.slug}/", {"q": "workshop", "language": "uk"})
    assert sum(first_load(page).values()) < LIMIT
    assert page.text.count('class="programme-line') == 30


@pytest.mark.parametrize(
    ("fields", "left", "full"),
    [
        ({}, None, False),
        ({"room_seats": 5, "room_taken": 5}, 0, True),
        ({"room_seats": 5, "room_taken": 3}, 2, False),
        ({"room_seats": 5, "room_taken": 5, "link": "https://x.org", "online_seats": 9}, 9, False),
        ({"room_seats": 5, "room_taken": 5, "link": "https://x.org"}, None, False),
        ({"room_seats": 5, "room_taken": 5, "link": "https://x.org", "site": None}, None, False),
    ],
)
def test_places_left_wherever_one_takes_part(centre, fields, left, full):
    event = an_event(centre, registration=Registration.COUNT)
    a_session(event, soon(centre), **fields)
    [line] = lines_of(centre, whole(Session.objects.all()), centre.now())
    assert (line.left, line.full) == (left, full)


def test_an_event_in_a_room_and_online_says_the_places_of_each(client, centre):
    event = an_event(centre, registration=Registration.COUNT)
    full = {"room_seats": 5, "room_taken": 5, "link": "https://x.org", "online_seats": 9}
    a_session(event, soon(centre), **full)
    page = client.get(f"/a/{event.slug}/", {"language": "en"}).text
    assert "On site · Full: waiting list" in page
    assert "Online · 9 places left" in page
    Session.objects.update(online_taken=9)
    page = client.get(f"/a/{event.slug}/", {"language": "en"}).text
    assert ("On site ·" in page, "Join the waiting list" in page) == (False, True)


def an_evening(centre, n=0, **fields):
    """Everything that a page may tell, and what it may not."""
    event = an_event(
        centre, f"Evening {n}", registration=Registration.ALIAS, accessibility=["captions"], **fields
    )
    event.themes.add(centre.themes.first() or a_theme(centre))
    session = a_session(event, soon(centre, days=1 + n), room_seats=5)
    book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[a_room(centre, f"Room {n}")])
    person = a_person(Role.FACILITATOR, centre=centre, name=f"Zebulon {n}")
    lender = an_institution(centre, f"Kwibbelberg {n}").institution
    Facilitation.objects.create(session=session, person=person, institution=lender)
    Organiser.objects.create(event=event, institution=lender, named=False)
    named = an_institution(centre, f"Chamber {n}").institution
    Organiser.objects.create(event=event, institution=named)
    day = centre.local_day(centre.now())
    Speaker.objects.create(event=event, name=f"Lina {n}", agreed_on=day)
    Speaker.objects.create(event=event, name=f"Gone {n}", agreed_on=day, named_until=day - timedelta(days=1))
    return event


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_pages_in_each_language(client, centre, language):
    event = an_evening(centre)
    for address in (f"/agenda/{centre.slug}/", f"/agenda/{centre.slug}/?q=evening", f"/a/{event.slug}/"):
        page = client.get(
            address,
            {"language": language} if "?" not in address else None,
            headers={"accept-language": language},
        )
        assert (page.status_code, page["Content-Language"]) == (200, language)
        assert [word for word in ("Zebulon", "Kwibbelberg", "Gone") if word in page.text] == []
        assert sum(first_load(page).values()) < LIMIT
        assert foreign(page.text) == []
        if language != "en":
            assert "What is on" not in page.text


def test_an_event_names_who_agreed_and_who_organises(client, centre):
    page = client.get(f"/a/{an_evening(centre).slug}/", {"language": "en"}).text
    for words in (
        "Lina 0",
        "Chamber 0",
        "Room 0",
        "Live captions",
        "5 places left",
        "Free. You need not say",
    ):
        assert words in page
    assert "X-Robots-Tag" not in client.get(f"/a/{Event.objects.get().slug}/").headers


def test_an_event_says_for_whom_it_is_and_about_which_sectors(client, centre):
    event = an_evening(centre)
    page = client.get(f"/a/{event.slug}/", {"language": "en"}).text
    assert ("<dt>For whom" in page, "<dt>Sectors" in page) == (False, False)
    aim = a_code(centre, CodeList.OBJECTIVE, "aim", label="What the team is after")
    young = a_code(centre, CodeList.AUDIENCE, "young", label="Young people")
    event.codes.set([young, aim, a_code(centre, CodeList.SECTOR, "building", label="Building trades")])
    page = client.get(f"/a/{event.slug}/", {"language": "en"}).text
    assert "<dt>For whom</dt><dd><bdi>Young people</bdi></dd>" in page
    assert "<dt>Sectors</dt><dd><bdi>Building trades</bdi></dd>" in page
    assert "What the team is after" not in page


@pytest.mark.parametrize(
    "fields", [{"state": Event.State.DRAFT, "publish_at": None}, {"state": Event.State.WITHDRAWN}]
)
def test_what_is_not_for_everybody_is_not_there(client, centre, fields):
    event = an_event(centre, **fields)
    session = a_session(event)
    for address in ("", "calendar.ics", f"{session.pk}.ics"):
        assert client.get(f"/a/{event.slug}/{address}").status_code == 404
    assert "Workshop" not in client.get(f"/agenda/{centre.slug}/").text
    assert client.get("/agenda/nothing/").status_code == 404
    for month in ("nothing", "2026-13", "0001-01", "9999-12"):
        assert client.get(f"/agenda/{centre.slug}/", {"month": month}).status_code == 404


def test_a_session_of_another_event_is_not_there(client, centre):
    one, other = (a_session(an_event(centre)) for _n in range(2))
    assert client.get(f"/a/{one.event.slug}/{other.pk}.ics").status_code == 404


def test_a_cancelled_session_says_why_and_takes_nobody(client, centre):
    event = an_event(centre, registration=Registration.COUNT)
    a_session(event, soon(centre), state=Session.State.CANCELLED, why="The hall is being painted.")
    for address in (f"/a/{event.slug}/", f"/agenda/{centre.slug}/?q=workshop"):
        page = client.get(address, headers={"accept-language": "en"}).text
        assert ("<s>" in page, "The hall is being painted." in page, "place left" in page) == (
            True,
            True,
            False,
        )


def test_the_link_is_for_those_who_keep_a_place(client, centre):
    event = an_event(centre, registration=Registration.ALIAS)
    a_session(event, link="https://meet.example.org/secret")
    assert "secret" not in client.get(f"/a/{event.slug}/").text
    Event.objects.update(registration=Registration.NONE)
    assert "https://meet.example.org/secret" in client.get(f"/a/{event.slug}/").text


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_queries_for_three_as_for_one(client, centre, django_assert_num_queries, many):
    for n in range(many):
        event = an_evening(centre, n)
    for n in range(1, many):
        a_session(event, soon(centre, days=20 + n))
    month = f"{soon(centre):%Y-%m}"
    with django_assert_num_queries(8):
        client.get(f"/agenda/{centre.slug}/", {"month": month})
    with django_assert_num_queries(10):
        client.get(f"/a/{event.slug}/")
    with django_assert_num_queries(6):
        client.get(f"/agenda/{centre.slug}/calendar.ics")
    with django_assert_num_queries(4):
        next_sessions(centre, centre.now(), days=30, most=3)
