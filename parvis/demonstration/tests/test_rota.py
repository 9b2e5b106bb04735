"""The demonstration's rota: who sits at a desk is who was planned, everybody can do what they are planned for, time adds up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.demonstration.crew import crew_now, crew_of
from parvis.demonstration.demonstrate import demonstrate
from parvis.demonstration.ground import ground_of
from parvis.demonstration.models import Demonstration
from parvis.partners.models import Liaison
from parvis.reception.models import Seat
from parvis.rota.models import (
    Change,
    CoverCall,
    DutyKind,
    DutySlot,
    HalfDay,
    Held,
    Need,
    RosterCall,
    Terms,
    WorkingPattern,
)
from parvis.rota.periods import Period
from parvis.rota.queries.covering import covers_of
from parvis.rota.queries.ledger import ledger

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(beneath):
    """Made once: each test reads it."""
    with beneath():
        demonstrate(at=NOON, language="en", days=9, seed="seven", password="lake-lantern-heron-12")


@pytest.fixture
def cite(made):
    return Demonstration.objects.get(centre__slug__startswith="cite")


def test_people_are_planned_for_what_they_do_and_when_they_can_come(cite):
    able = {terms.person_id: {theme.pk for theme in terms.themes.all()} for terms in Terms.objects.all()}
    cannot = set(WorkingPattern.objects.filter(wish="cannot").values_list("person", "weekday", "part"))
    slots = list(
        DutySlot.objects.filter(centre=cite.centre, half_day__date__gte=TUESDAY).select_related("half_day")
    )
    assert len(slots) > 300
    advice = [slot for slot in slots if slot.duty == DutyKind.ADVICE]
    assert [slot for slot in advice if slot.theme_id not in able[slot.person_id]] == []
    leads = {slot.person_id for slot in slots if slot.duty == DutyKind.FACILITATION}
    assert leads == set(
        Terms.objects.filter(centre=cite.centre, facilitates=True).values_list("person", flat=True)
    )
    assert len(leads) == 1
    planned = {(slot.person_id, slot.half_day.date.weekday(), slot.half_day.part) for slot in slots}
    assert planned & cannot == set()


def test_who_sits_at_a_desk_is_on_the_rota_and_holds_their_slot(cite):
    sitting = set(Seat.objects.open().filter(centre=cite.centre).values_list("person", flat=True))
    lasting = Held.objects.filter(centre=cite.centre, ended_at=None)
    assert sitting
    assert {held.person_id for held in lasting} == sitting
    assert {held.slot.half_day.date for held in lasting.select_related("slot__half_day")} == {TUESDAY}


def test_each_slot_that_is_over_was_held_or_somebody_was_absent(cite):
    over = DutySlot.objects.filter(centre=cite.centre, half_day__date__lt=TUESDAY)
    assert over.filter(state="planned", held=None).count() == 0
    assert over.exclude(state="planned").filter(held__isnull=False).count() == 0
    assert (
        Held.objects.filter(centre=cite.centre, slot__in=over).count() == over.filter(state="planned").count()
    )
    assert all(0 < held.minutes <= 300 for held in Held.objects.filter(slot__in=over))


def test_the_same_seed_has_the_same_crew_and_nobody_twice(cite):
    ground = ground_of(cite.centre, cite.seed)
    hours = ground.hours(TUESDAY, TUESDAY)[TUESDAY]
    crew = crew_of(ground, ground.whole_day(TUESDAY, hours))
    people = [person.pk for person in crew if person]
    assert len(people) == len(set(people)) == len(crew)
    assert crew == crew_of(ground, ground.whole_day(TUESDAY, hours))


def test_the_next_quarter_is_asked_about_and_a_partner_has_a_coordinator(cite):
    (call,) = RosterCall.objects.filter(centre=cite.centre)
    assert (call.first_day, call.last_day) == (date(2026, 4, 1), date(2026, 6, 30))
    assert 0 < call.answers.count() < Terms.objects.filter(centre=cite.centre).count()
    assert HalfDay.objects.filter(centre=cite.centre, date__gte=call.first_day).exists()
    assert Liaison.objects.get().person.email == "partner@rivemont.example"
    assert call.deadline - TUESDAY == timedelta(days=9)


def test_nobody_is_planned_beyond_what_is_needed_and_few_seats_are_empty(cite):
    needs = {(row.half_day_id, row.theme_id): row.seats for row in Need.objects.all()}
    slots = DutySlot.objects.standing().values_list("half_day", "theme")
    planned = Counter(slots)
    assert {place: n for place, n in planned.items() if n > needs.get(place, 0)} == {}
    open_days = {half_day for half_day, _theme in planned}
    asked = sum(seats for (half_day, _theme), seats in needs.items() if half_day in open_days)
    assert 0.95 * asked < len(slots) <= asked


def test_partners_promise_about_what_is_planned_with_them(cite):
    found = ledger(cite.centre, Period(date(2026, 1, 1), 3), NOON)
    days = (date(2026, 3, 31) - (TUESDAY - timedelta(days=9))).days + 1  # of which there is a rota
    kept = sorted(
        figures.planned / (figures.pledged * days / 90)
        for institution, figures in found.rows(0).items()
        if institution
    )
    assert len(kept) == 7
    below, *usual, above = kept
    assert below < 0.8
    assert all(0.85 < one < 1.15 for one in usual)
    assert above > 1.2


def test_the_coming_rota_has_a_history_and_robots_come_as_it_stands_now(cite):
    kinds = set(Change.objects.filter(centre=cite.centre).values_list("kind", flat=True))
    assert kinds == {"published", "absent", "covered", "swapped"}
    assert set(CoverCall.objects.filter(centre=cite.centre).values_list("state", flat=True)) == {
        "open",
        "taken",
    }
    missed = DutySlot.objects.filter(centre=cite.centre, half_day__date__gt=TUESDAY, state="absent")
    assert (
        len(covers_of(list(missed))) == 2
    )  # one was found at once, one accepted a call; another call is open
    ground = ground_of(cite.centre, cite.seed)
    cover = CoverCall.objects.get(centre=cite.centre, state="taken").cover
    day = cover.half_day.date
    whole = ground.whole_day(day, ground.hours(day, day)[day])
    slots = DutySlot.objects.standing().filter(centre=cite.centre, half_day__date=day, duty=DutyKind.ADVICE)
    assert {one.pk for one in crew_now(ground, whole) if one} == set(slots.values_list("person", flat=True))
    assert crew_now(ground, whole) != crew_of(ground, whole)
