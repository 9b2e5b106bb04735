"""Events are written, changed, copied, handed in, published and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.agenda.actions.errors import (
    ChangedMeanwhile,
    NotOfThisCentre,
    OwnWork,
    SaidOtherwise,
    StillExpected,
    WrongState,
)
from parvis.agenda.actions.events import change_event, copy_event, write_event
from parvis.agenda.actions.publication import publish_event, submit_event, take_up_again, withdraw_event
from parvis.agenda.factories import a_coming, a_session, an_event_kind
from parvis.agenda.models import AgendaSettings, Event, EventStep
from parvis.agenda.queries.said import Said, Voice, said_of, same
from parvis.centres.factories import a_centre, a_code, a_person, a_theme, words
from parvis.centres.models import CodeList
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
State = Event.State


@pytest.fixture
def house():
    centre = a_centre()
    return (
        centre,
        a_person(Role.FACILITATOR, centre=centre),
        Said(an_event_kind(centre), words("Fair", "Foire")),
    )


def written(house, **other):
    centre, ana, said = house
    return write_event(key=uuid4(), centre=centre, said=replace(said, **other), by=ana, at=AT)


def test_everything_that_is_said_is_kept(house):
    centre, _ana, _said = house
    lead, other = (an_institution(centre, name).institution for name in ("Chamber", "School"))
    everything = {
        "summary": words("All trades", "Tous les métiers"),
        "themes": frozenset({a_theme(centre)}),
        "codes": frozenset(
            {a_code(centre, CodeList.SECTOR, "care"), a_code(centre, CodeList.AUDIENCE, "pupils")}
        ),
        "languages": ("fr", "en"),
        "accessibility": ("captions",),
        "registration": "alias",
        "most_seats": 12,
        "release_minutes": 10,
        "lead": lead,
        "others": frozenset({other}),
        "named": False,
        "voices": (
            Voice("Zoé Lambert", date(2026, 3, 1), "Baker", date(2026, 6, 1)),
            Voice("Ali", date(2026, 3, 1)),
        ),
    }
    event = written(house, **everything)
    assert same(said_of(Event.objects.get()), replace(house[2], **everything))
    assert (event.state, event.version, event.written_by) == (State.DRAFT, 0, house[1])
    assert [one.state for one in event.steps.all()] == [State.DRAFT]


def test_a_page_that_is_sent_twice_is_one_event(house):
    centre, ana, said = house
    key = uuid4()
    for _try in range(2):
        write_event(key=key, centre=centre, said=said, by=ana, at=AT)
    assert (Event.objects.count(), EventStep.objects.count()) == (1, 1)
    with pytest.raises(SaidOtherwise):
        write_event(key=key, centre=centre, said=replace(said, most_seats=9), by=ana, at=AT)


def test_words_of_another_centre_are_refused(house):
    other = a_centre()
    for wrong in (
        {"kind": an_event_kind(other)},
        {"themes": frozenset({a_theme(other)})},
        {"codes": frozenset({a_code(other, CodeList.SECTOR, "care")})},
        {"lead": an_institution(other, "Chamber").institution},
    ):
        with pytest.raises(NotOfThisCentre):
            written(house, **wrong)
    assert not Event.objects.exists()


def test_whoever_opened_the_page_before_is_told(house):
    event, (_centre, ana, said) = written(house), house
    bea = a_person()
    fresh = replace(said, title=words("Big fair", "Grande foire"))
    for _try in range(2):  # a double click
        changed = change_event(event=event, version=0, said=fresh, by=bea, at=AT)
    assert (str(changed.title), changed.version, changed.written_by) == ("Big fair", 1, bea)
    with pytest.raises(ChangedMeanwhile):
        change_event(event=event, version=0, said=said, by=ana, at=AT)


def test_a_copy_is_a_draft_without_who_agreed_to_be_named(house):
    event = written(house, voices=(Voice("Zoé", date(2026, 3, 1)),), languages=("fr",))
    publish_event(event=event, version=0, by=house[1], at=AT)
    key = uuid4()
    for _try in range(2):
        copy = copy_event(event=event, key=key, by=house[1], at=AT)
    assert (copy.state, copy.languages, copy.speakers.count(), Event.objects.count()) == (
        "draft",
        ["fr"],
        0,
        2,
    )


def test_published_at_once_or_from_a_day_on(house):
    event, ana = written(house), house[1]
    published = publish_event(event=event, version=0, by=ana, at=AT)
    assert (published.publish_at, published.is_public(AT), published.published_by) == (AT, True, ana)
    later = written(house, most_seats=3)
    published = publish_event(event=later, version=0, by=ana, at=AT, start=AT + timedelta(days=2))
    assert not published.is_public(AT)
    moved = publish_event(event=later, version=0, by=ana, at=AT, start=AT + timedelta(days=1))
    assert moved.publish_at == AT + timedelta(days=1)
    assert [one.state for one in moved.steps.all()] == [State.PUBLISHED, State.DRAFT]


def test_with_a_second_look_somebody_else_publishes(house):
    centre, ana, said = house
    AgendaSettings.objects.create(centre=centre, second_look=True)
    event, bea = written(house), a_person()
    with pytest.raises(WrongState):
        publish_event(event=event, version=0, by=bea, at=AT)
    submit_event(event=event, version=0, by=ana, at=AT)
    with pytest.raises(OwnWork):
        publish_event(event=event, version=0, by=ana, at=AT)
    change_event(event=event, version=0, said=replace(said, most_seats=2), by=bea, at=AT)
    with pytest.raises(OwnWork):  # now it is Bea's wording
        publish_event(event=event, version=1, by=bea, at=AT)
    with pytest.raises(ChangedMeanwhile):
        publish_event(event=event, version=0, by=ana, at=AT)
    assert publish_event(event=event, version=1, by=ana, at=AT).state == State.PUBLISHED


def test_taken_back_only_when_nobody_is_expected(house):
    event, ana = written(house), house[1]
    with pytest.raises(WrongState):
        withdraw_event(event=event, by=ana, at=AT)
    publish_event(event=event, version=0, by=ana, at=AT)
    session = a_session(event, AT + timedelta(days=1), room_seats=10)
    coming = a_coming(session, 3)
    with pytest.raises(StillExpected) as refused:
        withdraw_event(event=event, by=ana, at=AT)
    assert refused.value.seats == 3
    session.room_taken = 0
    session.save()
    coming.delete()
    for _try in range(2):
        withdrawn = withdraw_event(event=event, by=ana, at=AT)
    session.refresh_from_db()
    assert (withdrawn.state, session.sequence) == (State.WITHDRAWN, 1)
    assert take_up_again(event=event, by=ana, at=AT).state == State.DRAFT
