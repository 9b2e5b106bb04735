"""What the rota forgets: names after 400 days, what was said after 100, and all of it of who left."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment
from parvis.partners.factories import an_institution
from parvis.rota.actions import forgetting
from parvis.rota.factories import (
    a_duty_slot,
    a_half_day,
    a_leave,
    a_pattern,
    a_roster_call,
    a_wish,
    comes_from,
    terms_for,
)
from parvis.rota.models import (
    Change,
    CoverAsk,
    CoverCall,
    DutyKind,
    Held,
    Leave,
    Plan,
    PlannedSlot,
    RosterAnswer,
    Swap,
    Terms,
    WishForHalfDay,
    WorkingPattern,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)


def ago(days):
    return NOW.date() - timedelta(days=days)


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def person(centre):
    return a_person(Role.ADVISER, centre=centre)


@pytest.fixture
def other(centre):
    return a_person(Role.ADVISER, centre=centre)


def everything_said(centre, person, other, day):
    """A row of each kind about ``day``."""
    half_day = a_half_day(centre, day)
    slot = a_duty_slot(centre, other, day, half_day=half_day)
    a_wish(person, half_day)
    a_leave(person, centre, day)
    call = a_roster_call(centre, day, day, day)
    RosterAnswer.objects.create(call=call, person=person, answered_at=NOW)
    cover = CoverCall.objects.create(key=uuid4(), centre=centre, slot=slot, opened_at=NOW)
    CoverAsk.objects.create(call=cover, person=person, rank=1)
    Swap.objects.create(
        key=uuid4(), centre=centre, slot=slot, proposed_by=other, proposed_to=person, proposed_at=NOW
    )
    plan = Plan.objects.create(
        key=uuid4(), centre=centre, name="Draft", first_day=day, last_day=day, made_at=NOW
    )
    PlannedSlot.objects.create(plan=plan, half_day=half_day, person=person, duty=DutyKind.RECEPTION)


SAID = (WishForHalfDay, Leave, RosterAnswer, CoverAsk, Swap, PlannedSlot, Plan)


def test_what_was_said_goes_100_days_later(centre, person, other):
    everything_said(centre, person, other, ago(101))
    everything_said(centre, person, other, ago(100))
    a_pattern(person, centre, 0, "morning")
    terms_for(person, centre)
    forgetting.forget_what_was_said(at=NOW)
    assert [model.objects.count() for model in SAID] == [1] * 7
    assert (WorkingPattern.objects.count(), Terms.objects.count()) == (1, 1)
    assert forgetting.forget_what_was_said(at=NOW) == 0


def test_all_of_it_the_night_after_somebody_left_the_team(centre, person, other):
    everything_said(centre, person, other, ago(0))
    elsewhere = a_centre()
    Assignment.objects.create(person=person, centre=elsewhere, role=Role.ADVISER)
    for where in (centre, elsewhere):
        a_pattern(person, where, 0, "morning")
        terms_for(person, where)
    Assignment.objects.filter(person=person, centre=centre).delete()
    assert forgetting.forget_what_was_said(at=NOW) == 8
    assert [model.objects.count() for model in SAID] == [0] * 6 + [1]
    assert (WorkingPattern.objects.get().centre, Terms.objects.get().centre) == (elsewhere, elsewhere)


def test_names_go_after_400_days_and_institutions_stay(centre, person):
    school = an_institution(centre, "School").institution
    comes_from(person, centre, school, since=date(2020, 1, 1))
    for days in (401, 400):
        slot = a_duty_slot(centre, person, ago(days))
        Change.objects.create(
            centre=centre,
            deed=uuid4(),
            kind="changed",
            slot=slot,
            at=NOW,
            by=person,
            before={"person": person.pk},
        )
        Held.objects.create(
            key=uuid4(), centre=centre, slot=slot, institution=school, person=person, duty="reception",
            date=ago(days), begun_at=NOW, ended_at=NOW,
        )  # fmt: skip
    assert forgetting.forget_names(at=NOW) == 3
    slots = centre.duty_slots.order_by("half_day__date")
    assert list(slots.values_list("person", "institution")) == [(None, school.pk), (person.pk, school.pk)]
    assert list(Held.objects.order_by("date").values_list("person", flat=True)) == [None, person.pk]
    changes = Change.objects.order_by("slot__half_day__date")
    assert [(one.by, one.before) for one in changes] == [(None, {}), (person, {"person": person.pk})]
    assert forgetting.forget_names(at=NOW) == 0
