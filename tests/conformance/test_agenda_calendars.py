"""Calendars of the programme are read alike by the three parsers of ``calendar_readers.py``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from i18nfield.strings import LazyI18nString

from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Event, Session
from parvis.centres.factories import a_centre, a_theme
from parvis.centres.models import Centre, Site
from tests.conformance.calendar_readers import Read, by_ical, by_icalendar, by_vobject, read_by_all

pytestmark = pytest.mark.django_db
LONG = "نبدأ بأسئلتكم، ثم يجرب كل واحد شيئا جديدا؛ ولا حاجة إلى التسجيل. " * 12


@pytest.fixture
def centre() -> Centre:
    found = a_centre(name="Lyon, rive gauche; 2ᵉ étage", languages=["fr", "ar"])
    Site.objects.filter(centre=found).update(address="12, rue Neuve; Lyon")
    return found


def at(centre: Centre, day: date, hour: int = 14, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), centre.zone)


def today(centre: Centre) -> date:
    return centre.local_day(centre.now())


def test_one_session_with_everything_that_it_says(client, centre):
    event = an_event(centre, "Nursing, and more; really")
    theme = a_theme(centre)
    event.themes.add(theme)
    session = a_session(event, at(centre, today(centre) + timedelta(days=3)), 90)
    found = read_by_all(client, f"/a/{event.slug}/{session.pk}.ics?language=en")
    assert found == {
        str(session.uid): Read(
            session.begins_at.astimezone(UTC),
            session.ends_at.astimezone(UTC),
            0,
            "CONFIRMED",
            "Nursing, and more; really",
            "Free. You need not say who you are.",
            "Lyon, rive gauche; 2ᵉ étage, 12, rue Neuve; Lyon",
            ("Workshop", "Find training"),
            "",
        )
    }
    raw = client.get(f"/a/{event.slug}/{session.pk}.ics").text
    assert f"URL:http://testserver/a/{event.slug}/" in raw.replace("\r\n ", "")
    assert "GEO" not in raw


def test_a_series_with_one_moved_and_one_cancelled(client, centre):
    """Each session is an entry of its own: what moved has a higher sequence, what is cancelled says so, all know the first."""
    event = an_event(centre)
    days = [today(centre) + timedelta(days=7 * n) for n in range(1, 4)]
    kept, moved, gone = (a_session(event, at(centre, day)) for day in days)
    before = read_by_all(client, f"/a/{event.slug}/calendar.ics?language=en")
    Session.objects.filter(pk=moved.pk).update(
        begins_at=at(centre, days[1], 17), ends_at=at(centre, days[1], 19), sequence=1, why="Later"
    )
    Session.objects.filter(pk=gone.pk).update(state="cancelled", sequence=1, why="The speaker is ill")
    after = read_by_all(client, f"/a/{event.slug}/calendar.ics?language=en")
    assert set(before) == set(after)
    assert after[str(kept.uid)] == before[str(kept.uid)]
    said = after[str(moved.uid)]
    assert (said.sequence, said.status, said.starts) == (
        1,
        "CONFIRMED",
        at(centre, days[1], 17).astimezone(UTC),
    )
    lost = after[str(gone.uid)]
    assert (lost.sequence, lost.status) == (1, "CANCELLED")
    assert lost.description.startswith("Cancelled. The speaker is ill")
    assert [after[str(one.uid)].related for one in (kept, moved, gone)] == ["", str(kept.uid), str(kept.uid)]


def test_whole_days_are_dates(client, centre):
    first = today(centre) + timedelta(days=5)
    event = an_event(centre)
    begins, ends = (datetime.combine(first + timedelta(days=n), time(0), centre.zone) for n in (0, 3))
    session = a_session(event, begins, all_day=True, ends_at=ends)
    [found] = read_by_all(client, f"/a/{event.slug}/{session.pk}.ics").values()
    assert (found.starts, found.ends) == (first, first + timedelta(days=3))
    assert type(found.starts) is date
    assert "DTSTART;VALUE=DATE:" in client.get(f"/a/{event.slug}/calendar.ics").text


def hours_of(centre: Centre, day: date) -> float:
    begins, ends = (one.astimezone(UTC) for one in centre.bounds(day))
    return (ends - begins) / timedelta(hours=1)


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"]
)
def test_over_changes_of_the_clock(client, zone):
    """One a week at the same local hour for more than a year; and one that lasts from one time into the other."""
    centre = a_centre(time_zone=zone)
    event = an_event(centre)
    start = today(centre)
    meant = {}
    for n in range(1, 52):
        session = a_session(event, at(centre, start + timedelta(days=7 * n), 18))
        meant[str(session.uid)] = session.begins_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    change = next(
        day for day in (start + timedelta(days=n) for n in range(1, 366)) if hours_of(centre, day) != 24
    )
    night = a_session(event, at(centre, change - timedelta(days=1), 22), 12 * 60)
    meant[str(night.uid)] = night.begins_at.astimezone(UTC), night.ends_at.astimezone(UTC)
    found = read_by_all(client, f"/agenda/{centre.slug}/calendar.ics")
    assert {uid: (one.starts, one.ends) for uid, one in found.items()} == meant


def test_a_long_text_in_arabic(client, centre):
    """With every letter that a calendar marks (RFC 5545, 3.3.11), and a backslash before each of them."""
    title = "لقاء مع البنائين، والنجارين؛ وغيرهم"
    marked = "سطر ثان: \\ خط مائل; a, b; \\; \\, \\\\ \\n \\N C:\\Notes \\\\\\n:=\"^'"
    event = an_event(centre, summary=LazyI18nString({"ar": "كلمة"}))
    event.title = LazyI18nString({"ar": title})
    event.description = LazyI18nString({"ar": f"{LONG}\n{marked}\n\\"})
    event.save()
    theme = a_theme(centre)
    theme.name = LazyI18nString({"ar": "تدريب أ\\N; ب"})
    theme.save()
    event.themes.add(theme)
    session = a_session(event, at(centre, today(centre) + timedelta(days=2)))
    [found] = read_by_all(client, f"/a/{event.slug}/{session.pk}.ics?language=ar").values()
    assert found.summary == title
    assert found.description.split("\n\n")[:2] == ["كلمة", f"{LONG}\n{marked}\n\\"]
    assert found.categories[1:] == ("تدريب أ\\N; ب",)


def test_a_comma_within_a_category(client, centre):
    """It is one word to who keeps to RFC 5545, 3.8.1.2 with 3.3.11: a list is parted where a comma has no backslash before it.

    ical 14.3 parts it there, too, and keeps the backslash. All else it reads as the others do.
    """
    event = an_event(centre)
    theme = a_theme(centre)
    theme.name = LazyI18nString({"en": "Find work, or make it"})
    theme.save()
    event.themes.add(theme)
    session = a_session(event, at(centre, today(centre) + timedelta(days=2)))
    body = client.get(f"/a/{event.slug}/{session.pk}.ics?language=en").content
    first, second, third = (parse(body)[str(session.uid)] for parse in (by_icalendar, by_vobject, by_ical))
    assert first.categories == ("Workshop", "Find work, or make it")
    assert first == second == replace(third, categories=first.categories)


def test_everything_of_a_centre_or_what_fits_a_filter(client, centre):
    online, here = an_event(centre, "Far"), an_event(centre, "Near")
    far = a_session(online, at(centre, today(centre) + timedelta(days=2)), link="https://x.org", site=None)
    near = a_session(here, at(centre, today(centre) + timedelta(days=2)))
    past = a_session(here, at(centre, today(centre) - timedelta(days=30)))
    a_session(here, at(centre, today(centre) - timedelta(days=90)))
    a_session(an_event(centre, "Secret", state=Event.State.DRAFT, publish_at=None))
    every = read_by_all(client, f"/agenda/{centre.slug}/calendar.ics")
    assert set(every) == {str(one.uid) for one in (far, near, past)}
    assert set(read_by_all(client, f"/agenda/{centre.slug}/calendar.ics?where=online")) == {str(far.uid)}
    assert read_by_all(client, f"/agenda/{centre.slug}/calendar.ics?q=nothing+like+it") == {}


def test_who_has_it_already_is_told_so(client, centre):
    session = a_session(an_event(centre))
    address = f"/agenda/{centre.slug}/calendar.ics"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Last-Modified"]
    Session.objects.filter(pk=session.pk).update(sequence=1, changed_at=centre.now())
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    event = session.event
    Event.objects.filter(pk=event.pk).update(title=LazyI18nString({"en": "Other words"}))
    assert client.get(address)["ETag"] != first["ETag"]
