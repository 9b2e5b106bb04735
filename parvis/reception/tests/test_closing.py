"""A day is signed once everything in it ended; what comes later stands beside the signature."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, Arrival, Correction, State
from parvis.reception.queries.closing import days_back, evening, uncoded
from parvis.reception.queries.figures import figures_by_day

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
EVENING = NOON.replace(hour=18)
DAY = NOON.date()


def a_day():
    """A greeter's entry that is received and recorded, one from the kiosk that waits, a phone act, a group, a hang-up."""
    centre = coded_centre()
    theme = centre.themes.get()
    seat = a_seat([theme], NOON)
    ticket = a_ticket(theme, NOON)
    actions.call_next(seat=seat, at=NOON)
    actions.start_interview(seat=seat, ticket=ticket, at=NOON)
    actions.finish_interview(seat=seat, ticket=ticket, at=NOON + timedelta(minutes=9))
    actions.record_act(centre=centre, key=uuid4(), coding=a_coding(centre), at=NOON, ticket=ticket, seat=seat)
    waiting = a_ticket(theme, NOON, arrival=Arrival.KIOSK)
    an_act(centre, NOON, channel=codes_of(centre, CodeList.CHANNEL, "phone")[0])
    an_act(centre, NOON, kind=Act.Kind.GROUP, size=24)
    an_act(
        centre,
        NOON,
        kind=Act.Kind.NON_CONTACT,
        themes=[],
        codes=codes_of(centre, CodeList.NON_CONTACT, "hang_up"),
    )
    return centre, waiting


def sign(centre, **more):
    usual = {"door_count": None, "reasons": [], "remark": "", "at": EVENING, "day": DAY}
    by = more.pop("by", None) or a_person(Role.DIRECTOR, centre=centre)
    return actions.sign_day(centre=centre, by=by, **usual | more)


def figures(centre):
    return figures_by_day(centre, DAY, DAY)[DAY]


def test_each_thing_is_counted_in_its_own_unit():
    centre, _waiting = a_day()
    live = figures(centre).live
    assert (live.contacts, live.acts, live.groups, live.people_in_groups) == (3, 3, 1, 24)
    assert (live.non_contacts, live.left, live.no_shows, live.passages) == (1, 0, 0, 0)
    assert figures(centre).received == 1 + 1 + 24


def test_a_ticket_from_the_kiosk_is_a_contact_once_it_is_received():
    centre, waiting = a_day()
    seat = waiting.centre.seats.get()
    actions.call_next(seat=seat, at=NOON)
    assert figures(centre).live.contacts == 3
    actions.start_interview(seat=seat, ticket=waiting, at=NOON)
    assert figures(centre).live.contacts == 4


@pytest.mark.parametrize(
    ("step", "ending"),
    [("wait", State.LEFT), ("call", State.NO_SHOW), ("park", State.LEFT), ("start", State.DONE)],
)
def test_each_open_ticket_ends_its_likely_way(step, ending):
    centre, ticket = a_day()
    seat = centre.seats.get()
    if step in ("call", "start"):
        actions.call_next(seat=seat, at=NOON)
    if step == "start":
        actions.start_interview(seat=seat, ticket=ticket, at=NOON)
    if step == "park":
        actions.ask_for_time(ticket=ticket, at=NOON)
    (resolved,) = actions.resolve_all(centre=centre, day=DAY, at=EVENING)
    assert (resolved.state, resolved.state_since) == (ending, EVENING)
    assert actions.resolve_all(centre=centre, day=DAY, at=EVENING) == []


def test_an_ending_that_cannot_be_is_refused():
    _centre, ticket = a_day()
    with pytest.raises(actions.StateChanged):
        actions.resolve_ticket(ticket=ticket, ending=State.DONE, at=EVENING)


def test_interviews_without_an_act_are_listed():
    centre, ticket = a_day()
    seat = centre.seats.get()
    actions.call_next(seat=seat, at=NOON)
    actions.start_interview(seat=seat, ticket=ticket, at=NOON)
    assert uncoded(centre, DAY, DAY) == []
    actions.finish_interview(seat=seat, ticket=ticket, at=NOON + timedelta(minutes=20))
    assert [(one.ticket, one.minutes) for one in uncoded(centre, DAY, DAY)] == [(ticket, 20)]


def test_a_day_with_open_tickets_or_to_come_cannot_be_signed():
    centre, _waiting = a_day()
    with pytest.raises(actions.TicketsOpen):
        sign(centre)
    with pytest.raises(actions.NotYet):
        sign(centre, day=date(2026, 3, 13))


def test_a_gap_needs_a_reason_or_a_remark():
    centre, _waiting = a_day()
    actions.resolve_all(centre=centre, day=DAY, at=EVENING)
    with pytest.raises(actions.GapUnexplained):
        sign(centre, door_count=40)
    day = sign(centre, door_count=40, reasons=codes_of(centre, CodeList.GAP, "companions"))
    assert (day.door_count, day.figures["passages"], day.figures["contacts"]) == (40, 40, 3)
    assert [code.key for code in day.gap_reasons.all()] == ["companions"]


def test_the_first_signature_stays():
    centre, _waiting = a_day()
    actions.resolve_all(centre=centre, day=DAY, at=EVENING)
    first = sign(centre, door_count=26)
    an_act(centre, EVENING)
    again = sign(centre, door_count=99, remark="again")
    assert (again.signed_by, again.door_count, again.figures) == (first.signed_by, 26, first.figures)


def test_what_is_entered_after_the_signature_shows_beside_it():
    centre, _waiting = a_day()
    actions.resolve_all(centre=centre, day=DAY, at=EVENING)
    sign(centre)
    an_act(centre, EVENING)
    assert figures(centre).shown.acts == 3
    assert figures(centre).changed == {"acts": (3, 4), "contacts": (3, 4)}


def test_a_correction_stands_beside_what_was_signed():
    centre, _waiting = a_day()
    director = a_person(Role.DIRECTOR, centre=centre)
    actions.resolve_all(centre=centre, day=DAY, at=EVENING)
    day = sign(centre)
    key = uuid4()
    for _twice in range(2):
        actions.correct_day(
            day=day, key=key, subject="acts", after=5, reason="two on paper", by=director, at=EVENING
        )
    day.refresh_from_db()
    (one,) = Correction.objects.all()
    assert (one.before, one.after, one.reason, one.made_by, one.made_at) == (
        3, 5, "two on paper", director, EVENING,
    )  # fmt: skip
    assert (day.figures["acts"], figures(centre).shown.acts) == (3, 5)
    with pytest.raises(actions.StateChanged):
        actions.correct_day(
            day=day, key=uuid4(), subject="acts", after=5, reason="x", by=director, at=EVENING
        )


def test_only_a_signed_day_is_corrected():
    centre, waiting = a_day()
    day = centre.days.get()
    with pytest.raises(actions.NotYet):
        actions.correct_day(
            day=day,
            key=uuid4(),
            subject="acts",
            after=5,
            reason="x",
            by=a_person(Role.DIRECTOR, centre=centre),
            at=EVENING,
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_evening_and_the_days_cost_a_fixed_number_of_queries(rows, django_assert_num_queries):
    centre = coded_centre()
    for number in range(rows):
        a_ticket(centre.themes.get(), NOON - timedelta(days=number))
        an_act(centre, NOON - timedelta(days=number))
    with django_assert_num_queries(12):
        evening(centre, DAY)
    with django_assert_num_queries(8):
        assert len(days_back(centre, DAY)) == rows
