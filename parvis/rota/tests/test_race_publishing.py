"""Two people who plan publish at the same instant: one wins, the other is told, nothing is mixed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.plans import DraftChanged, NotAtRest
from parvis.rota.actions.publishing import RotaMoved, Seen, publish_plan
from parvis.rota.models import Change, DutySlot, Need, Plan, Rota
from parvis.rota.queries.proposals import proposal
from parvis.rota.tests.plan_scene import AT, SUNDAY, Scene

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def two_drafts(scene):
    """The same seats, held by other people in each."""
    return [
        scene.ready(
            *(
                (half_day, scene.people[place + shift], scene.themes[place])
                for half_day in scene.half_days
                for place in range(2)
            )
        )
        for shift in (0, 2)
    ]


def all_at_once(work):
    start = Barrier(len(work))

    def run(publish):
        try:
            start.wait()
            return publish()
        except RotaError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def publishing(plan, deed):
    gaps = frozenset(gap.key for gap in proposal(plan, SUNDAY, at=AT).gaps)
    seen = Seen(plan.version, 0, gaps)
    return lambda: publish_plan(plan=plan, until=SUNDAY, seen=seen, deed=deed, by=None, at=AT)


@pytest.mark.parametrize("_again", range(3))
def test_one_of_two_drafts_is_published_and_nothing_is_mixed(_again):
    scene = Scene(days=2)
    Need.objects.update(seats=1)
    drafts = two_drafts(scene)
    deeds = [uuid4(), uuid4()]
    answers = all_at_once([publishing(plan, deed) for plan, deed in zip(drafts, deeds, strict=True)])
    won = next(place for place, answer in enumerate(answers) if isinstance(answer, list))
    assert answers[1 - won] is RotaMoved
    wanted = set(drafts[won].slots.values_list("half_day", "person", "theme"))
    held = DutySlot.objects.filter(centre=scene.centre)
    assert set(held.values_list("half_day", "person", "theme")) == wanted
    assert (held.count(), Rota.objects.get(centre=scene.centre).version) == (8, 1)
    assert set(Change.objects.values_list("deed", flat=True)) == {deeds[won]}
    stages = [Plan.objects.get(pk=plan.pk).stage for plan in drafts]
    assert (stages[won], stages[1 - won]) == ("published", "ready")


def test_one_draft_published_twice_at_once_is_published_once():
    scene = Scene(days=2)
    Need.objects.update(seats=1)
    plan, deed = two_drafts(scene)[0], uuid4()
    answers = all_at_once([publishing(plan, deed)] * 4 + [publishing(plan, uuid4())])
    assert DutySlot.objects.count() == 8
    assert Rota.objects.get(centre=scene.centre).version == 1
    losers = {answer for answer in answers if not isinstance(answer, list)}
    assert losers <= {RotaMoved, DraftChanged, NotAtRest}
