"""The demonstration's agenda: a year behind it, a month ahead, everything counted where it was held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from parvis.agenda.models import (
    Booking,
    ClassVisit,
    Coming,
    Event,
    HeadCount,
    Kit,
    PartOfDay,
    School,
    Session,
    Teacher,
)
from parvis.agenda.queries.half_days import free_half_days
from parvis.centres.models import Centre
from parvis.demonstration.demonstrate import demonstrate
from parvis.partners.models import Contribution
from parvis.reception.queries.figures import figures_by_day
from parvis.shared.free_text import spot

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
DAYS = 40


def test_a_year_behind_and_a_month_ahead():
    """One demonstration for all of it: making it takes longer than looking."""
    demonstrate(at=NOON, language="en", days=DAYS, seed="seven", password="lake-lantern-heron-12")
    cite = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    check_everything_that_is_over_was_counted_and_what_comes_has_places(cite)
    check_lists_of_heads_add_up_and_the_day_s_figures_agree(cite)
    check_partners_give_hours_by_what_their_people_led_and_no_event_was_noted_by_hand(cite)
    check_classes_are_in_each_state_and_teachers_only_where_they_are_needed(cite)
    check_no_room_is_booked_twice(cite)
    check_teachers_are_offered_half_days()


def check_everything_that_is_over_was_counted_and_what_comes_has_places(cite):
    sessions = Session.objects.filter(centre=cite)
    over = sessions.filter(ends_at__lte=NOON)
    assert over.count() > 20
    assert set(over.values_list("state", flat=True)) == {Session.State.HELD}
    assert sessions.filter(state=Session.State.CANCELLED).exclude(why="").count() == 1
    assert sessions.filter(begins_at__gt=NOON + timedelta(days=25)).exists()
    assert sessions.filter(online_participants__gt=0).exists()
    assert sessions.filter(all_day=True).exists()
    full = sessions.get(comings__state=Coming.State.WAITING, comings__wanted=4)
    assert full.room_taken == full.room_seats == sum(one.seats for one in full.comings.all())
    assert full.comings.filter(state=Coming.State.WAITING).count() == 3
    assert Kit.objects.filter(centre=cite).count() == 5
    assert not Event.objects.filter(centre=cite, sessions=None).exists()


def check_lists_of_heads_add_up_and_the_day_s_figures_agree(cite):
    for session in Session.objects.filter(head_counts__isnull=False).distinct():
        lists = {}
        for one in HeadCount.objects.filter(session=session).select_related("code"):
            lists[one.code.list] = lists.get(one.code.list, 0) + one.count
        assert set(lists.values()) == {session.participants + (session.online_participants or 0)}
    first, last = NOON.date() - timedelta(days=DAYS), NOON.date()
    shown = sum(day.shown.participants for day in figures_by_day(cite, first, last).values())
    held = Session.objects.filter(centre=cite, state=Session.State.HELD)
    assert shown == sum(one.participants + (one.online_participants or 0) for one in held) > 100


def check_partners_give_hours_by_what_their_people_led_and_no_event_was_noted_by_hand(cite):
    counted = Contribution.objects.filter(relation__centre=cite, kind=Contribution.Kind.EVENT)
    assert counted.count() > 10
    assert not counted.filter(counted_from=None).exists()


def check_classes_are_in_each_state_and_teachers_only_where_they_are_needed(cite):
    visits = ClassVisit.objects.filter(centre=cite)
    assert set(visits.values_list("state", flat=True)) == set(ClassVisit.State)
    assert not Teacher.objects.filter(visit__state=ClassVisit.State.EVALUATED).exists()
    prepared = visits.get(state=ClassVisit.State.PREPARED)
    assert sum(one.pupils for one in prepared.groups.all()) == prepared.pupils
    assert prepared.expectations is not None
    assert School.objects.filter(centre=cite).count() == 12
    assert not [one for one in School.objects.all() if list(spot(one.name))]


def check_no_room_is_booked_twice(cite):
    taken = list(Booking.objects.filter(room__isnull=False).order_by("room", "begins_at"))
    for one, after in pairwise(taken):
        assert one.room_id != after.room_id or one.ends_at <= after.begins_at


def check_teachers_are_offered_half_days():
    for centre in Centre.objects.filter(demonstration__isnull=False):
        found = free_half_days(centre, pupils=24, first=centre.local_day(NOON))
        assert {one.part for one in found} <= set(PartOfDay)
        assert len(found) > 3, centre
