"""One act, recorded once, changed on its day, and never more than what happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from parvis.centres.factories import a_code, a_theme
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, ActCode

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
AGES = ["15_17", "18_24", "not_communicated"]


def received(centre, at=NOON):
    """A ticket that was called, received and is done, and its seat."""
    theme = centre.themes.get()
    seat = a_seat([theme], at)
    ticket = a_ticket(theme, at)
    actions.call_next(seat=seat, at=at)
    actions.start_interview(seat=seat, ticket=ticket, at=at)
    return actions.finish_interview(seat=seat, ticket=ticket, at=at + timedelta(minutes=9)), seat


def record(centre, coding, at=NOON, **more):
    return actions.record_act(centre=centre, key=more.pop("key", uuid4()), coding=coding, at=at, **more)


def test_an_act_keeps_what_was_chosen():
    centre = coded_centre()
    needs = codes_of(centre, CodeList.NEED, "find_training", "application")
    outcome = codes_of(centre, CodeList.OUTCOME, "answered")
    service = codes_of(centre, CodeList.SERVICE, "advice")[0]

    act = record(
        centre, a_coding(centre, codes=[*needs, *outcome], service=service, minutes=12, note="CV à revoir")
    )

    assert (act.date, act.at, act.kind, act.size, act.minutes) == (NOON.date(), NOON, "individual", 1, 12)
    assert list(act.themes.all()) == list(centre.themes.all())
    assert sorted((one.code.key, one.count) for one in act.codes.all()) == [
        ("answered", 1),
        ("application", 1),
        ("find_training", 1),
    ]


def test_sent_twice_it_is_recorded_once():
    centre, key = coded_centre(), uuid4()
    first = record(centre, a_coding(centre), key=key)
    again = record(centre, a_coding(centre), key=key, at=NOON + timedelta(minutes=1))
    assert (again, Act.objects.count()) == (first, 1)


def test_what_was_changed_before_it_was_sent_again_is_not_passed_over():
    centre, key = coded_centre(), uuid4()
    first = record(centre, a_coding(centre), key=key)
    for change in (
        {"minutes": 99},
        {"note": "CV à revoir"},
        {"codes": codes_of(centre, CodeList.NEED, "application")},
    ):
        with pytest.raises(actions.RecordedOtherwise):
            record(centre, a_coding(centre, **change), key=key)
    first.refresh_from_db()
    assert (first.minutes, first.note, Act.objects.count()) == (a_coding(centre).minutes, "", 1)


def test_an_interview_is_recorded_once_whoever_tries():
    centre = coded_centre()
    ticket, seat = received(centre)
    act = record(centre, a_coding(centre), ticket=ticket, seat=seat)
    with pytest.raises(actions.AlreadyCoded):
        record(centre, a_coding(centre), ticket=ticket, seat=seat)
    actions.undo_act(act=act, at=NOON)
    assert record(centre, a_coding(centre), ticket=ticket, seat=seat).ticket == ticket


def test_a_ticket_that_nobody_received_has_no_act():
    centre = coded_centre()
    ticket = a_ticket(centre.themes.get(), NOON)
    with pytest.raises(actions.NotCoded):
        record(centre, a_coding(centre), ticket=ticket, seat=a_seat([centre.themes.get()], NOON))


def test_an_interview_recorded_the_next_day_counts_on_its_own():
    centre = coded_centre()
    ticket, seat = received(centre)
    act = record(centre, a_coding(centre), ticket=ticket, seat=seat, at=NOON + timedelta(days=1))
    assert (act.date, act.at) == (NOON.date(), ticket.state_since)


def test_a_group_is_a_count_and_its_totals_add_up():
    centre = coded_centre()
    totals = dict(zip(codes_of(centre, CodeList.AGE_BAND, *AGES), [20, 3, 1], strict=True))
    need = codes_of(centre, CodeList.NEED, "find_training")
    act = record(centre, a_coding(centre, kind=Act.Kind.GROUP, size=24, totals=totals, codes=need))
    assert {one.code.key: one.count for one in act.codes.all()} == {
        "15_17": 20,
        "18_24": 3,
        "not_communicated": 1,
        "find_training": 24,
    }


@pytest.mark.parametrize("counts", [[20, 3, 0], [20, 5, 0], [1, 0, 0]])
def test_totals_that_do_not_add_up_are_refused(counts):
    centre = coded_centre()
    totals = dict(zip(codes_of(centre, CodeList.AGE_BAND, *AGES), counts, strict=True))
    with pytest.raises(actions.DoesNotAddUp) as refused:
        record(centre, a_coding(centre, kind=Act.Kind.GROUP, size=24, totals=totals))
    assert (refused.value.list, refused.value.counted, refused.value.size) == ("age_band", sum(counts), 24)
    assert not Act.objects.exists()
    assert not ActCode.objects.exists()


def test_a_non_contact_has_its_reason_and_nothing_else():
    centre = coded_centre()
    reason = codes_of(centre, CodeList.NON_CONTACT, "hang_up")
    act = an_act(centre, NOON, kind=Act.Kind.NON_CONTACT, themes=[], codes=reason)
    assert (act.kind, [one.code.key for one in act.codes.all()]) == ("non_contact", ["hang_up"])


def wrong_codings(centre):
    one, two = codes_of(centre, CodeList.OUTCOME, "answered", "next_step")
    reason = codes_of(centre, CodeList.NON_CONTACT, "hang_up")[0]
    age = codes_of(centre, CodeList.AGE_BAND, "15_17")[0]
    yield {"themes": []}
    yield {"codes": [one, two]}
    yield {"codes": [reason]}
    yield {"codes": [age]}
    yield {"size": 2}
    yield {"kind": Act.Kind.GROUP, "size": 1}
    yield {"totals": {age: 1}}
    yield {"kind": Act.Kind.GROUP, "size": 2, "totals": {one: 2}}
    yield {"kind": Act.Kind.NON_CONTACT, "codes": [reason]}
    yield {"kind": Act.Kind.NON_CONTACT, "themes": []}
    yield {"channel": one}
    yield {"service": one}
    yield {"language": "eo"}


def test_a_coding_that_cannot_be_is_refused():
    centre = coded_centre()
    for wrong in wrong_codings(centre):
        with pytest.raises(actions.WrongCoding):
            record(centre, a_coding(centre, **wrong))
    assert not Act.objects.exists()


def test_entries_of_another_centre_or_out_of_force_are_refused():
    centre, other = coded_centre(), coded_centre()
    closed = a_code(centre, CodeList.NEED, "closed", valid_to=NOON.date())
    for wrong in (
        {"themes": [other.themes.get()]},
        {"codes": codes_of(other, CodeList.NEED, "application")},
        {"codes": [closed]},
    ):
        with pytest.raises(actions.NotOfThisCentre):
            record(centre, a_coding(centre, **wrong))


def test_an_act_of_today_is_corrected():
    centre = coded_centre()
    act = an_act(centre, NOON, codes=codes_of(centre, CodeList.NEED, "application"))
    jobs = a_theme(centre, "jobs")
    changed = actions.correct_act(
        act=act,
        coding=a_coding(
            centre, themes=[jobs], codes=codes_of(centre, CodeList.NEED, "find_training"), minutes=5
        ),
        at=NOON + timedelta(hours=1),
    )
    assert (changed.pk, changed.at, changed.minutes) == (act.pk, NOON, 5)
    assert [one.code.key for one in changed.codes.all()] == ["find_training"]
    assert list(changed.themes.all()) == [jobs]


def test_taking_back_ends_with_the_local_day():
    centre = coded_centre()
    late = datetime(2026, 3, 12, 23, 50, tzinfo=centre.zone)
    act = an_act(centre, late)
    with pytest.raises(actions.TooLate):
        actions.undo_act(act=act, at=late + timedelta(minutes=15))
    with pytest.raises(actions.TooLate):
        actions.correct_act(act=act, coding=a_coding(centre), at=late + timedelta(minutes=15))
    undone = actions.undo_act(act=act, at=late + timedelta(minutes=5))
    assert undone.undone_at == late + timedelta(minutes=5)
    assert actions.undo_act(act=act, at=late + timedelta(minutes=6)).undone_at == undone.undone_at
