"""The staff's pages of events and sessions: written, published, planned, moved, cancelled, led."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_kit, a_room, a_session, an_event, an_event_kind
from parvis.agenda.models import Booking, Equipment, Event, Facilitation, Session
from parvis.agenda.queries.where import place_of
from parvis.centres.factories import a_centre, a_person, a_theme, where_it_is_noon, words
from parvis.centres.models import OpeningException
from parvis.partners import on_duty
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(client):
    centre = a_centre(country="FR", time_zone=where_it_is_noon())
    ana = a_person(Role.FACILITATOR, centre=centre, name="Ana Ribeiro")
    client.force_login(ana)
    return centre, ana


def url(centre, name, **parts):
    return reverse(f"agenda:{name}", kwargs={"centre": centre.slug, **parts})


def tomorrow(centre, days=1):
    return centre.local_day(centre.now()) + timedelta(days=days)


def typed(centre, **other):
    """What the page of an event sends."""
    usual = {
        "key": str(uuid4()),
        "version": "0",
        "kind": an_event_kind(centre).pk,
        "title_0": "Foire des métiers",
        "languages": ["fr"],
        "registration": "none",
        "most_seats": "5",
        "named": "on",
        "voice-TOTAL_FORMS": "2",
        "voice-INITIAL_FORMS": "0",
        "voice-0-name": "",
    }
    return usual | other


def where(day, **other):
    """What the page of a session sends."""
    return {"day": day.isoformat(), "begins": "14:00", "ends": "16:00", "site": ""} | other


def test_an_event_is_written_and_its_page_says_everything(client, house):
    centre, _ana = house
    theme, partner = a_theme(centre), an_institution(centre, "Chamber").institution
    sent = typed(
        centre,
        themes=[theme.pk],
        lead=partner.pk,
        description_0="First line\r\n\r\n\r\nSecond",
        summary_0="All  trades",
        **{"voice-0-name": "Zoé Lambert", "voice-0-agreed_on": "2026-03-01"},
    )
    page = client.post(url(centre, "new_event"), sent, follow=True)
    event = Event.objects.get()
    assert (str(event.description), str(event.summary)) == ("First line\n\nSecond", "All trades")
    for said in ("Foire des métiers", "Find training", "Chamber", "Zoé Lambert", "Always free", "Draft"):
        assert said in page.text
    assert client.post(url(centre, "new_event"), sent).status_code == 302
    assert Event.objects.count() == 1


def test_mistakes_are_said_beside_their_fields(client, house):
    centre, _ana = house
    sent = typed(centre, title_0="", languages=[], kind="", **{"voice-0-name": "Zoé"})
    page = client.post(url(centre, "new_event"), sent)
    assert page.status_code == 422
    assert {"title", "languages", "kind"} <= set(page.context["form"].errors)
    assert "nobody is named without it" in page.text
    assert not Event.objects.exists()


def test_a_kit_begins_an_event(client, house):
    centre, _ana = house
    version = a_kit(centre, "Explore", people=12)
    an_event_kind(centre)
    page = client.get(url(centre, "new_event"), {"kit": version.pk})
    assert page.context["form"].initial["kit"] == str(version.pk)
    assert "Explore" in page.text
    foreign = a_kit(a_centre(), "Secret")
    assert "Secret" not in client.get(url(centre, "new_event"), {"kit": foreign.pk}).text


def test_who_opened_the_page_before_is_told_and_may_save_again(client, house):
    centre, _ana = house
    event = an_event(centre)
    Event.objects.update(version=3)
    sent = typed(centre, kind=event.kind_id, version="2")
    page = client.post(url(centre, "change_event", pk=event.pk), sent)
    assert (page.status_code, "A colleague has changed it meanwhile" in page.text) == (409, True)
    assert client.post(url(centre, "change_event", pk=event.pk), sent | {"version": "3"}).status_code == 302
    assert str(Event.objects.get().title) == "Foire des métiers"


def test_published_from_a_day_on_then_taken_back(client, house):
    centre, _ana = house
    event = an_event(centre, state=Event.State.DRAFT, publish_at=None)
    day = tomorrow(centre, 3)
    client.post(
        url(centre, "step_event", pk=event.pk, step="publish"), {"version": 0, "day": day.isoformat()}
    )
    event.refresh_from_db()
    assert (event.state, centre.local(event.publish_at).date()) == ("published", day)
    session = a_session(event, centre.now() + timedelta(days=9))
    assert "published from" in client.get(url(centre, "session", pk=session.pk)).text
    client.post(url(centre, "step_event", pk=event.pk, step="withdraw"))
    assert Event.objects.get().state == "withdrawn"
    assert client.post(url(centre, "step_event", pk=event.pk, step="nothing")).status_code == 404


def test_the_day_of_publication_is_changed_and_a_session_before_it_is_said(client, house):
    centre, _ana = house
    event = an_event(centre, state=Event.State.DRAFT, publish_at=None)
    a_session(event, centre.now() + timedelta(days=5))
    page, step = url(centre, "event", pk=event.pk), url(centre, "step_event", pk=event.pk, step="publish")
    too_late = "A session takes place before that"

    def published(day):
        answer = client.post(step, {"version": 0, "day": day and day.isoformat()}, follow=True).text
        event.refresh_from_db()
        return answer

    later = published(tomorrow(centre, 9))
    assert ("Everybody reads it from" in later, too_late in later, "Published." in later) == (
        True,
        True,
        False,
    )
    assert f'value="{tomorrow(centre, 9)}"' in client.get(page).text
    sooner = published(tomorrow(centre, 3))
    assert centre.local_day(event.publish_at) == tomorrow(centre, 3)
    assert ("Change the day" in sooner, too_late in sooner) == (True, False)
    assert "Published." in published("")
    assert event.is_public(centre.now())
    assert "Change the day" not in client.get(page).text


def test_a_series_is_shown_before_it_is_made(client, house):
    centre, ana = house
    event, room = an_event(centre), a_room(centre, "Blue room")
    first = tomorrow(centre, 7)
    OpeningException.objects.create(
        site=centre.sites.get(), day=first + timedelta(days=14), reason=words("Team day", "Journée d’équipe")
    )
    busy = a_session(
        an_event(centre, "Jobs fair"),
        datetime.combine(first + timedelta(days=28), datetime.min.time(), centre.zone).replace(hour=15),
    )
    book(owner=busy, begins=busy.begins_at, ends=busy.ends_at, rooms=[room])
    sent = where(
        first,
        key=str(uuid4()),
        repeats="week",
        step="2",
        nth="1",
        times="3",
        rooms=[room.pk],
        people=[ana.pk],
    )
    page = client.post(url(centre, "plan", pk=event.pk), sent | {"show": "1"})
    shown = [((one["day"] - first).days, one["off"], one["chosen"]) for one in page.context["days"]]
    assert [line[0] for line in shown if line[2]] == [
        line[0] for line in shown if not line[1] and line[0] != 28
    ]
    assert (14, "Team day", False) in shown
    assert "Jobs fair" in page.text
    assert event.sessions.count() == 0
    ticked = [(first + timedelta(days=n)).isoformat() for n in (0, 14)]
    for _try in range(2):
        made = client.post(url(centre, "plan", pk=event.pk), sent | {"make": "1", "dates": ticked})
        assert made.status_code == 302
    assert [(one.day - first).days for one in event.sessions.all()] == [0, 14]
    event.refresh_from_db()
    assert (event.rule["step"], event.rule["begins"]) == (2, "14:00")
    assert Facilitation.objects.filter(person=ana).count() == 2


def test_a_tick_on_what_is_taken_makes_nothing_and_says_why(client, house):
    centre, _ana = house
    event, room, first = an_event(centre), a_room(centre, "Blue room"), tomorrow(centre, 7)
    sent = where(first, key=str(uuid4()), repeats="once", step="1", nth="1", rooms=[room.pk])
    assert client.post(url(centre, "plan", pk=event.pk), sent).status_code == 302
    again = sent | {"key": str(uuid4()), "repeats": "week", "times": "2", "make": "1"}
    page = client.post(url(centre, "plan", pk=event.pk), again | {"dates": [first.isoformat()]})
    assert "Blue room is taken: “Workshop”, 14:00–16:00." in page.text
    assert event.sessions.count() == 1


def test_moving_into_a_taken_room_says_what_is_there(client, house):
    centre, _ana = house
    room, lamp = (
        a_room(centre, "Blue room"),
        Equipment.objects.create(centre=centre, name=words("Lamp", "Lampe")),
    )
    session, other = a_session(an_event(centre)), a_session(an_event(centre, "Jobs fair"))
    book(owner=other, begins=other.begins_at, ends=other.ends_at, rooms=[room], equipment={lamp: 1})
    day = centre.local_day(other.begins_at)
    sent = where(day, sequence="0", rooms=[room.pk], begins="00:00", ends="23:59", why="")
    page = client.post(url(centre, "move", pk=session.pk), sent)
    assert page.status_code == 422
    assert "Jobs fair" in page.context["form"].errors["rooms"][0]
    page = client.post(url(centre, "move", pk=session.pk), sent | {"rooms": [], f"thing-{lamp.pk}": "1"})
    assert "Jobs fair" in page.context["form"].errors[f"thing-{lamp.pk}"][0]
    page = client.post(url(centre, "move", pk=session.pk), sent | {"rooms": [], "why": "Call 06 12 34 56 78"})
    assert "why" in page.context["form"].errors
    assert (
        client.post(url(centre, "move", pk=session.pk), sent | {"rooms": [], "why": "More light"}).status_code
        == 302
    )
    assert "More light" in client.get(url(centre, "session", pk=session.pk)).text


def test_whole_days_need_no_hour(client, house):
    centre, _ana = house
    session, day = a_session(an_event(centre)), tomorrow(centre, 3)
    sent = where(
        day, sequence="0", begins="", ends="", all_day="on", last_day=(day + timedelta(days=1)).isoformat()
    )
    assert client.post(url(centre, "move", pk=session.pk), sent).status_code == 302
    session.refresh_from_db()
    assert (session.all_day, session.begins_at, session.ends_at) == (
        True,
        centre.bounds(day)[0],
        centre.bounds(day + timedelta(days=1))[1],
    )
    assert client.post(url(centre, "move", pk=session.pk), sent | {"all_day": ""}).status_code == 422


def test_a_session_is_dropped_on_another_day_and_room(client, house):
    centre, _ana = house
    blue, red = a_room(centre, "Blue room"), a_room(centre, "Red room")
    session = a_session(an_event(centre))
    book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[blue])
    before, day = centre.local(session.begins_at), tomorrow(centre, 5)
    sent = {"sequence": 0, "day": day.isoformat(), "left": blue.pk, "room": red.pk}
    for _try in range(2):
        answer = client.post(url(centre, "drop", pk=session.pk), sent)
        assert (answer.status_code, answer.json()) == (200, {})
    session.refresh_from_db()
    assert centre.local(session.begins_at) == before.replace(year=day.year, month=day.month, day=day.day)
    assert (place_of(session).rooms, session.sequence) == (frozenset({red}), 1)
    client.post(url(centre, "drop", pk=session.pk), sent | {"sequence": 1, "left": red.pk, "room": ""})
    assert not Booking.objects.exists()


def test_a_drop_that_is_refused_says_why(client, house):
    centre, _ana = house
    room = a_room(centre, "Blue room")
    session, other = a_session(an_event(centre)), a_session(an_event(centre, "Jobs fair"))
    book(owner=other, begins=other.begins_at, ends=other.ends_at, rooms=[room])
    day = centre.local_day(other.begins_at).isoformat()
    answer = client.post(
        url(centre, "drop", pk=session.pk), {"sequence": 0, "day": day, "left": "", "room": room.pk}
    )
    assert (answer.status_code, "Jobs fair" in answer.json()["why"]) == (422, True)
    foreign = a_room(a_centre())
    for wrong in ({"day": "never"}, {"room": foreign.pk}):
        sent = {"sequence": 0, "day": day} | wrong
        assert client.post(url(centre, "drop", pk=session.pk), sent).status_code == 422


def test_where_people_have_places_a_reason_is_asked(client, house):
    centre, _ana = house
    session, day = a_session(an_event(centre), room_taken=3), tomorrow(centre, 5).isoformat()
    answer = client.post(url(centre, "drop", pk=session.pk), {"sequence": 0, "day": day})
    assert answer.json() == {"ask": url(centre, "move", pk=session.pk) + f"?day={day}"}
    page = client.get(answer.json()["ask"])
    assert page.context["form"].initial["day"] == date.fromisoformat(day)
    assert "3 places are kept" in page.text


def test_cancelled_with_a_reason_and_brought_back(client, house):
    centre, _ana = house
    session = a_session(an_event(centre))
    assert client.post(url(centre, "cancel", pk=session.pk), {"why": ""}).status_code == 422
    page = client.post(url(centre, "cancel", pk=session.pk), {"why": "The speaker is ill"}, follow=True)
    assert "The speaker is ill" in page.text
    client.post(url(centre, "bring_back", pk=session.pk))
    assert Session.objects.get().state == "planned"
    client.post(url(centre, "cancel_all", pk=session.event_id), {"why": "Works"})
    assert Session.objects.get().state == "cancelled"


def test_the_page_of_who_leads_shows_who_is_free(client, house):
    centre, ana = house
    omar, zoe = (a_person(Role.ADVISER, centre=centre, name=name) for name in ("Omar", "Zoé"))
    session = a_session(an_event(centre))
    other = a_session(an_event(centre, "Jobs fair"), session.begins_at)
    Facilitation.objects.create(session=other, person=zoe)

    def look(*, centre, begins, ends):
        yield on_duty.Stretch(omar.pk, begins, ends, facilitates=False)
        yield on_duty.Stretch(ana.pk, begins, ends, facilitates=True)

    before = dict(on_duty._LOOKS)
    on_duty._LOOKS["test"] = look
    try:
        page = client.get(url(centre, "facilitators", pk=session.pk))
    finally:
        on_duty._LOOKS.clear()
        on_duty._LOOKS.update(before)
    found = [
        (line.person.name, bool(line.facilitates), bool(line.at_desk), line.elsewhere[:11])
        for line, _leads, _preparing in page.context["rows"]
    ]
    assert found == [
        ("Ana Ribeiro", True, False, ""),
        ("Omar", False, True, ""),
        ("Zoé", False, False, "“Jobs fair”"),
    ]
    sent = {f"leads-{zoe.pk}": "on"}
    page = client.post(url(centre, "facilitators", pk=session.pk), sent)
    assert "Zoé leads something else then" in page.text
    sent = {f"leads-{ana.pk}": "on", f"preparing-{ana.pk}": "30"}
    assert client.post(url(centre, "facilitators", pk=session.pk), sent).status_code == 302
    assert "30 minutes to prepare" in client.get(url(centre, "session", pk=session.pk)).text


def test_what_another_centre_puts_on_is_not_there(client, house):
    centre, _ana = house
    session = a_session(an_event(a_centre()))
    for name in ("event", "change_event", "plan", "cancel_all"):
        assert client.get(url(centre, name, pk=session.event_id)).status_code == 404
    for name in ("session", "move", "cancel", "facilitators"):
        assert client.get(url(centre, name, pk=session.pk)).status_code == 404
    assert (
        client.post(url(centre, "drop", pk=session.pk), {"sequence": 0, "day": "2026-03-03"}).status_code
        == 404
    )


def test_the_reception_reads_and_does_not_write(client, house):
    centre, _ana = house
    session = a_session(an_event(centre))
    draft = a_session(an_event(centre, state=Event.State.DRAFT))
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    page = client.get(url(centre, "event", pk=session.event_id))
    assert (page.status_code, "Plan sessions" in page.text) == (200, False)
    assert client.get(url(centre, "session", pk=session.pk)).status_code == 200
    assert client.get(url(centre, "session", pk=draft.pk)).status_code == 404
    for name in ("move", "cancel", "drop", "facilitators"):
        assert client.post(url(centre, name, pk=session.pk)).status_code == 403


@pytest.mark.parametrize("name", ["event", "session", "plan", "move", "facilitators"])
def test_more_rows_are_no_more_queries(client, house, name, django_assert_max_num_queries):
    centre, ana = house
    event, room = an_event(centre), a_room(centre)
    event.organisers.create(institution=an_institution(centre, "Chamber").institution)
    session = a_session(event)

    def more(n):
        one = a_session(event, session.begins_at + timedelta(days=n))
        event.themes.add(a_theme(centre, f"theme-{n}"))
        book(owner=one, begins=one.begins_at, ends=one.ends_at, rooms=[room])
        Facilitation.objects.create(session=one, person=ana)
        Facilitation.objects.create(session=session, person=a_person(Role.ADVISER, centre=centre))
        lamp = Equipment.objects.create(centre=centre, name=words(f"Lamp {n}", f"Lampe {n}"))
        Booking.objects.create(
            centre=centre,
            session=session,
            equipment=lamp,
            begins_at=session.begins_at,
            ends_at=session.ends_at,
        )

    address = url(centre, name, pk=event.pk if name in ("event", "plan") else session.pk)
    more(1)
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    more(2)
    more(3)
    with django_assert_max_num_queries(20) as three:
        client.get(address)
    assert len(three) == len(one)
