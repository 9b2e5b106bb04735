from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.agenda.actions.forgetting_classes import KEPT, forget_teachers
from parvis.agenda.factories import a_class_visit
from parvis.agenda.models import Teacher, VisitDate, VisitStep
from parvis.centres.factories import a_centre

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def a_visit(ended, state="held", **more):
    """A visit that ended so long ago, with a word about it."""
    centre = a_centre()
    ends = centre.now() - ended
    visit = a_class_visit(
        centre,
        state=state,
        begins_at=ends - timedelta(hours=3),
        ends_at=ends,
        came=20,
        needs="A lift",
        **more,
    )
    VisitStep.objects.create(visit=visit, key=uuid4(), at=ends, words="Thank you")
    return visit


@pytest.mark.parametrize("state", ["held", "evaluated", "confirmed"])
def test_who_asked_is_erased_after_the_visit(state):
    visit = a_visit(KEPT + A_DAY, state)
    kept = a_visit(KEPT - A_DAY, state)
    assert forget_teachers(at=visit.centre.now()) == 1
    assert [one.visit for one in Teacher.objects.all()] == [kept]
    assert [one.words for one in VisitStep.objects.order_by("pk")] == ["", "Thank you"]
    visit.refresh_from_db()
    assert (visit.needs, visit.pupils, visit.school_name) == ("", 24, "School by the river")
    assert forget_teachers(at=visit.centre.now()) == 0


def test_a_cancelled_visit_is_forgotten_after_it_was_cancelled():
    visit = a_visit(-timedelta(days=200), "cancelled")
    visit.steps.update(at=visit.centre.now() - KEPT - A_DAY)
    type(visit).objects.update(state_since=visit.centre.now() - KEPT - A_DAY)
    assert forget_teachers(at=visit.centre.now()) == 1


def test_a_visit_that_waits_for_a_day_to_come_is_not_forgotten():
    centre = a_centre()
    long_ago = centre.now() - KEPT - A_DAY
    visit = a_class_visit(centre, state_since=long_ago, asked_at=long_ago)
    date = VisitDate.objects.create(
        visit=visit, day=centre.local_day(centre.now()) + 30 * A_DAY, part="morning"
    )
    assert forget_teachers(at=centre.now()) == 0
    date.delete()
    assert forget_teachers(at=centre.now()) == 1


def test_whoever_still_talks_about_a_visit_is_not_forgotten():
    visit = a_visit(KEPT + A_DAY)
    VisitStep.objects.create(visit=visit, key=uuid4(), at=visit.centre.now() - A_DAY, words="One more thing")
    assert forget_teachers(at=visit.centre.now()) == 0
