"""A feed of duties is read by two parsers that have nothing in common: icalendar (which also writes it) and vobject.

The second takes its clock from the calendar itself, so that a wrong VTIMEZONE would move every duty.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import Centre, Shape, Site, Space, Theme, Tint
from parvis.rota.actions import Altered, New, SomebodyOnDuty, change_date, change_slots, lock_rota, undo
from parvis.rota.actions.feeds import make_feed
from parvis.rota.actions.seasons import Wanting
from parvis.rota.actions.telling import tell_deed
from parvis.rota.calendars import as_calendar
from parvis.rota.factories import a_half_day, a_need
from parvis.rota.models import Change, DutyKind, DutySlot, Feed, HalfDay
from parvis.rota.queries.feeds import entries
from parvis.shared.calendars import REFRESH, plain, time_zone

ZONES = [
    "Europe/Paris",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
    "UTC",
]
NASTY = st.text(
    st.sampled_from("abcdefgnNXYZ 0189,;\\:\"'()\n\r\t\x00\x1bé中عçß😀👩‍🏫\u2011²%&<>"),
    min_size=1,
    max_size=60,
)
QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def by_icalendar(body: bytes) -> dict[str, dict[str, object]]:
    """What the writer's own library reads, by UID."""
    calendar = icalendar.Calendar.from_ical(body)
    return {
        str(event["uid"]): {
            "starts": event.start.astimezone(UTC),
            "ends": event.end.astimezone(UTC),
            "sequence": int(event["sequence"]),
            "status": str(event["status"]),
            "summary": str(event["summary"]),
            "location": str(event["location"]),
            "changed": event["last-modified"].dt,
        }
        for event in calendar.walk("VEVENT")
    }


def by_vobject(body: bytes) -> dict[str, dict[str, object]]:
    """What the other reads, with the clock that the calendar describes."""
    calendar = vobject.readOne(body.decode())
    calendar.validate(raiseException=True)
    return {
        event.uid.value: {
            "starts": event.dtstart.value.astimezone(UTC),
            "ends": event.dtend.value.astimezone(UTC),
            "sequence": int(event.sequence.value),
            "status": event.status.value,
            "summary": event.summary.value,
            "location": event.location.value,
            "changed": event.last_modified.value,
        }
        for event in getattr(calendar, "vevent_list", [])
    }


def real(day: date, at: time, zone: str) -> bool:
    """Whether the clock of ``zone`` shows that time on that day, and once: of others each reader thinks its own."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    again = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    return again.replace(tzinfo=None) == local.replace(tzinfo=None) and (
        local.utcoffset() == local.replace(fold=1).utcoffset()
    )


@st.composite
def duties(draw: st.DrawFn) -> tuple[str, list[DutySlot], str]:
    """Slots as they are in memory: any zone, any hour, any words."""
    zone = draw(st.sampled_from(ZONES))
    centre = Centre(name=draw(NASTY), time_zone=zone)
    site = Site(centre=centre, name=draw(NASTY), address=draw(NASTY))
    slots = []
    for _n in range(draw(st.integers(0, 4))):
        day = draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
        starts = draw(st.integers(0, 22 * 60).map(lambda m: time(m // 60, m % 60)))
        ends = draw(
            st.integers(starts.hour * 60 + starts.minute + 1, 23 * 60 + 59).map(
                lambda m: time(m // 60, m % 60)
            )
        )
        if not (real(day, starts, zone) and real(day, ends, zone)):
            continue
        theme = Theme(name=draw(NASTY), tint=Tint.LEAF, shape=Shape.LEAF) if draw(st.booleans()) else None
        slots.append(
            DutySlot(
                centre=centre,
                half_day=HalfDay(centre=centre, site=site, date=day, starts=starts, ends=ends),
                theme=theme,
                duty=DutyKind.ADVICE if theme else DutyKind.RECEPTION,
                space=Space(site=site, name=draw(NASTY)) if draw(st.booleans()) else None,
                state=draw(st.sampled_from(DutySlot.State)),
                uid=draw(st.uuids()),
                sequence=draw(st.integers(0, 2**31 - 1)),
                changed_at=draw(
                    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
                ),
            )
        )
    return zone, slots, draw(st.sampled_from(["en", "fr"]))


NEW_YEAR = Centre(name="Lord Howe", time_zone="Australia/Lord_Howe")
MIDNIGHT = DutySlot(
    centre=NEW_YEAR,
    half_day=HalfDay(
        centre=NEW_YEAR,
        site=Site(centre=NEW_YEAR, name="Main", address="Lagoon Road"),
        date=date(2026, 1, 1),
        starts=time(0),
        ends=time(1),
    ),
    duty=DutyKind.RECEPTION,
    state=DutySlot.State.PLANNED,
    uid=UUID(int=1),
    changed_at=datetime(2026, 1, 1, tzinfo=UTC),
)


@QUICK
@example(
    ("Australia/Lord_Howe", [MIDNIGHT], "en")
)  # the year began there while it was still the old one in UTC
@given(duties())
def test_two_parsers_read_what_was_meant(made):
    zone, slots, language = made
    centre = slots[0].centre if slots else Centre(name="Lyon", time_zone=zone)
    feed = Feed(person=User(language=language), centre=centre)
    body = as_calendar(feed, slots, date(2026, 1, 1))
    meant = {
        str(one.uid): {
            "starts": one.half_day.bounds[0].astimezone(UTC),
            "ends": one.half_day.bounds[1].astimezone(UTC),
            "sequence": one.sequence,
            "status": "CONFIRMED" if one.state == DutySlot.State.PLANNED else "CANCELLED",
            "changed": one.changed_at.replace(microsecond=0),
        }
        for one in slots
    }
    read = by_icalendar(body), by_vobject(body)
    for found in read:
        assert {uid: {name: event[name] for name in meant[uid]} for uid, event in found.items()} == meant
    for one in slots:
        half_day, what = one.half_day, one.theme.name if one.theme else one.get_duty_display()
        places = [str(one.space) if one.space else "", half_day.site.name, half_day.site.address]
        words = {
            "summary": plain(f"{what} · {centre.name}") if one.theme or language == "en" else None,
            "location": plain(", ".join(place for place in places if place)),
        }
        for name, said in words.items():
            if said is not None:
                assert [found[str(one.uid)][name] for found in read] == [said, said]


@QUICK
@given(duties())
def test_lines_are_folded_and_end_as_the_standard_says(made):
    zone, slots, language = made
    feed = Feed(person=User(language=language), centre=slots[0].centre if slots else Centre(time_zone=zone))
    body = as_calendar(feed, slots, date(2026, 1, 1))
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    assert body == as_calendar(feed, slots, date(2026, 1, 1))


@pytest.mark.parametrize("zone", [*ZONES, "Europe/London", "Asia/Gaza", "Pacific/Apia"])
def test_the_clock_in_the_calendar_is_that_of_the_zone(zone):
    described = tzical(StringIO(vtimezone(zone))).get(zone)
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    wrong = []
    while at < datetime(2028, 1, 1, tzinfo=UTC):
        local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if (
            real(local.date(), local.time(), zone)
            and local.replace(tzinfo=described).utcoffset() != at.astimezone(ZoneInfo(zone)).utcoffset()
        ):
            wrong.append(local)
        at += timedelta(minutes=411)
    assert wrong == []


def vtimezone(zone: str) -> str:
    calendar = icalendar.Calendar()
    calendar.add_component(time_zone(zone, 2026, 2027))
    return calendar.to_ical().decode()


def test_summer_begins_by_the_clock_of_winter():
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in (
        vtimezone("Europe/Paris").replace("TZNAME:CEST\r\n", "")
    )


def test_a_change_keeps_its_uid_and_raises_its_sequence(db):
    """Given, moved to another theme, taken away: through the one way in which the rota changes, read by both."""
    centre = a_centre(name="Lyon, rive gauche; 2ᵉ étage")
    ana, omar = (a_person(Role.ADVISER, centre=centre) for _n in range(2))
    train, jobs = a_theme(centre, "training"), a_theme(centre, "jobs")
    at = centre.now()
    half_day = a_half_day(centre, centre.local_day(at) + timedelta(days=3))
    feeds = [make_feed(person=one, centre=centre, key=uuid4(), at=at).feed for one in (ana, omar)]

    def change(*changes: New | Altered, minutes: int) -> list[DutySlot]:
        later = at + timedelta(minutes=minutes)
        rota = lock_rota(centre)
        return change_slots(
            rota=rota, deed=uuid4(), kind=Change.Kind.CHANGED, changes=changes, by=None, at=later
        )

    def seen(feed: Feed) -> list[tuple[str, int, str, str]]:
        body = as_calendar(feed, entries(feed, at + timedelta(hours=1)), centre.local_day(at))
        read = [
            sorted((uid, e["sequence"], e["status"], str(e["summary"])[:13]) for uid, e in by(body).items())
            for by in (by_icalendar, by_vobject)
        ]
        assert read[0] == read[1]
        return read[0]

    new = {"half_day": half_day, "institution": None, "duty": DutyKind.ADVICE}
    [slot] = change(New(person=ana, theme=train, **new), minutes=1)
    assert seen(feeds[0]) == [(str(slot.uid), 0, "CONFIRMED", "Find training")]
    change(Altered(slot, theme=jobs), minutes=2)
    assert seen(feeds[0]) == [(str(slot.uid), 1, "CONFIRMED", "Find jobs · L")]
    [_gone, other] = change(
        Altered(slot, state=DutySlot.State.CANCELLED),
        New(person=omar, theme=jobs, replaces=slot, **new),
        minutes=3,
    )
    assert seen(feeds[0]) == [(str(slot.uid), 2, "CANCELLED", "Find jobs · L")]
    assert seen(feeds[1]) == [(str(other.uid), 0, "CONFIRMED", "Find jobs · L")]
    change(
        Altered(other, state=DutySlot.State.ABSENT), Altered(slot, state=DutySlot.State.PLANNED), minutes=4
    )
    assert seen(feeds[0]) == [(str(slot.uid), 3, "CONFIRMED", "Find jobs · L")]
    assert seen(feeds[1]) == [(str(other.uid), 1, "CANCELLED", "Find jobs · L")]


def test_it_says_how_often_to_look(db):
    centre = a_centre()
    feed = make_feed(
        person=a_person(Role.ADVISER, centre=centre), centre=centre, key=UUID(int=1), at=centre.now()
    ).feed
    body = as_calendar(feed, [], centre.local_day(centre.now()))
    assert timedelta(hours=1) == REFRESH
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in body
    assert icalendar.Calendar.from_ical(body)["refresh-interval"].dt == REFRESH
    assert vobject.readOne(body.decode()).refresh_interval.value == "PT1H"


def test_other_hours_raise_the_sequence_and_a_closed_half_day_is_cancelled(db):  # noqa: PLR0915  one half-day's whole life
    centre = a_centre(time_zone="Europe/Paris")
    ana, bob = (a_person(Role.ADVISER, centre=centre) for _ in range(2))
    theme, at = a_theme(centre), datetime(2026, 3, 2, 8, tzinfo=UTC)
    half_day = a_half_day(centre, date(2026, 3, 9))
    a_need(half_day, theme)
    new = [New(half_day, person, None, "advice", theme) for person in (ana, bob)]
    deed = {"rota": lock_rota(centre), "deed": uuid4(), "kind": Change.Kind.PUBLISHED, "by": None}
    slot, gone = change_slots(changes=new, at=at, **deed)
    deed |= {"deed": uuid4(), "kind": Change.Kind.CHANGED}
    change_slots(changes=[Altered(gone, state=DutySlot.State.CANCELLED)], at=at, **deed)
    feeds = [make_feed(person=one, centre=centre, key=uuid4(), at=at).feed for one in (ana, bob)]

    def read(feed=feeds[0]):
        body = as_calendar(feed, entries(feed, at), date(2026, 1, 1))
        (uid, seen), *more = by_icalendar(body).items()
        other = by_vobject(body)[uid]
        assert (more, {name: seen[name] for name in other}) == ([], other)
        return UUID(uid), seen["sequence"], seen["status"], seen["starts"], seen["ends"]

    def change(n, needs, **marks):
        later, key = at + timedelta(hours=n), uuid4()
        row = HalfDay.objects.get(pk=half_day.pk)
        change_date(half_day=row, marks=marks, needs=needs, deed=key, by=None, at=later)
        return key

    needed = [Wanting(DutyKind.ADVICE, theme, 2)]
    nine, late = datetime(2026, 3, 9, 8, tzinfo=UTC), datetime(2026, 3, 9, 11, 30, tzinfo=UTC)
    assert read() == (slot.uid, 0, "CONFIRMED", nine, late)
    change(1, needed)
    assert read()[1] == 0  # nothing has changed for anybody
    hours = change(2, needed, starts=time(10), ends=time(13))
    ten, noon = datetime(2026, 3, 9, 9, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert read() == (slot.uid, 1, "CONFIRMED", ten, noon)
    assert read(feeds[1])[1:4] == (2, "CANCELLED", ten)
    assert tell_deed.call(str(hours)) == 1  # who no longer comes hears nothing of it
    undo(centre=centre, deed=hours, key=uuid4(), by=None, at=at)
    assert read() == (slot.uid, 2, "CONFIRMED", nine, late)
    change(4, [])
    assert read() == (slot.uid, 3, "CANCELLED", nine, late)
    assert list(half_day.needs.all()) == []
    assert DutySlot.objects.standing().count() == 0
    with pytest.raises(SomebodyOnDuty):
        change(24 * 7 + 1, [], starts=time(10))
