"""Names of those who led or spoke go in time; who leaves the team leads nothing that is still to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.accounts.roles import Role
from parvis.agenda.actions.forgetting import forget_leads, forget_speakers, let_sessions_go
from parvis.agenda.factories import a_class_visit, a_session, an_event
from parvis.agenda.models import Facilitation, Session, Speaker, Station
from parvis.centres.actions.team import remove_from_team
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
LONG = timedelta(days=402)


def test_who_led_is_forgotten_after_400_days_and_the_institution_stays():
    centre = a_centre()
    ana, lender = a_person(), an_institution(centre, "Chamber").institution
    for when in (AT - LONG, AT - timedelta(days=390)):
        visit = a_class_visit(centre, state="confirmed", begins_at=when, ends_at=when + timedelta(hours=2))
        Station.objects.create(visit=visit, person=ana)
        for owner in ({"session": a_session(an_event(centre), when)}, {"visit": visit}):
            Facilitation.objects.create(**owner, person=ana, institution=lender, minutes=90)
    assert (forget_leads(at=AT), forget_leads(at=AT)) == (3, 0)
    assert Facilitation.objects.filter(person=None, institution=lender, minutes=90).count() == 2
    assert Facilitation.objects.filter(person=ana).count() == 2
    assert Station.objects.filter(person=ana).count() == 1


def test_a_speakers_name_goes_when_they_agreed_or_long_after_the_last_session():
    centre = a_centre()
    lately, long_ago, never = (an_event(centre) for _n in range(3))
    a_session(lately, AT - timedelta(days=30))
    a_session(long_ago, AT - LONG)
    old = (AT - LONG).date()
    for event, agreed, until in (
        (lately, old, None),
        (lately, old, date(2026, 6, 1)),  # that day is not over
        (lately, old, date(2026, 5, 30)),
        (long_ago, old, None),
        (long_ago, old, date(2030, 1, 1)),
        (never, old, None),
        (never, date(2026, 5, 1), None),
    ):
        Speaker.objects.create(event=event, name="Zoé", agreed_on=agreed, named_until=until)
    assert (forget_speakers(at=AT), forget_speakers(at=AT)) == (4, 0)
    assert list(Speaker.objects.values_list("event", flat=True)) == [lately.pk, lately.pk, never.pk]


def test_who_leaves_leads_nothing_to_come_and_what_was_held_stays():
    centre, other = a_centre(), a_centre()
    ana = a_person(Role.FACILITATOR, centre=centre)
    coming = a_session(an_event(centre), AT + timedelta(days=1))
    held = a_session(
        an_event(centre),
        AT - timedelta(days=1),
        state=Session.State.HELD,
        counted_at=AT,
        participants=3,
    )
    elsewhere = a_session(an_event(other), AT + timedelta(days=1))
    for session in (coming, held, elsewhere):
        Facilitation.objects.create(session=session, person=ana)
    Facilitation.objects.create(visit=a_class_visit(centre), person=ana)
    assert let_sessions_go(centre=centre, person=ana, at=AT) == 0  # still of the team
    Assignment.objects.all().delete()
    assert let_sessions_go(centre=centre, person=ana, at=AT) == 2
    assert {one.session for one in Facilitation.objects.all()} == {held, elsewhere}


def test_the_team_s_page_lets_them_go():
    centre = a_centre()
    ana = a_person(Role.FACILITATOR, centre=centre)
    a_person(Role.DIRECTOR, centre=centre)
    Facilitation.objects.create(session=a_session(an_event(centre)), person=ana)
    remove_from_team(place=centre, person=ana, at=centre.now())
    assert not Facilitation.objects.exists()
