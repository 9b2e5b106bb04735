"""The pages of drafts: begun, watched, changed by hand, compared, published, and what was changed."""

import re
from dataclasses import asdict
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.rota.actions import drafting
from parvis.rota.actions.plans import copy_plan
from parvis.rota.factories import a_leave
from parvis.rota.models import Change, DutySlot, Need, Plan
from parvis.rota.planning.checker import broken
from parvis.rota.planning.findings import ShareMissed
from parvis.rota.planning.wire import packed
from parvis.rota.queries.problem import plan_problem
from parvis.rota.tests.plan_scene import AT, MONDAY, SUNDAY, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(monkeypatch):
    scene = Scene(days=2)
    Need.objects.update(seats=1)
    monkeypatch.setattr("parvis.centres.models.Centre.now", lambda _centre: AT)
    return scene


@pytest.fixture
def draft(scene):
    return scene.ready(
        *(
            (half_day, scene.people[place], scene.themes[place])
            for half_day in scene.half_days
            for place in range(2)
        )
    )


@pytest.fixture
def director(client, scene):
    client.force_login(scene.director)
    return client


def address(scene, name, *args):
    return reverse(f"rota:{name}", args=[scene.centre.slug, *args])


def page(client, scene, name, *args, status=200, **asked):
    answer = client.get(address(scene, name, *args), asked)
    assert answer.status_code == status
    return answer.content.decode()


def test_only_who_plans_sees_drafts(client, scene, draft):
    client.force_login(scene.people[0])
    for name in ("plans", "plan_new", "history", "history_csv"):
        page(client, scene, name, status=403)
    page(client, scene, "plan", draft.pk, status=403)
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre(network=scene.centre.network)))
    page(client, scene, "plan", draft.pk, status=404)


def test_a_draft_of_another_centre_is_none(director, scene):
    other = Scene(days=1).ready()
    page(director, scene, "plan", other.pk, status=404)


def asked(**fields):
    aims = ("covered", "mixed", "promised", "wishes", "habits", "fair", "whole")
    usual = {f"aim_{key}": "important" for key in aims}
    usual |= {"key": str(uuid4()), "name": "Spring", "seconds": "30"}
    return usual | {"first_day": MONDAY.isoformat(), "last_day": SUNDAY.isoformat()} | fields


def test_a_draft_is_begun_with_what_matters(director, scene):
    text = page(director, scene, "plan_new")
    assert ('value="2026-04-01"' in text, 'value="2026-06-30"' in text) == (True, True)
    said = asked(aim_habits="not", aim_mixed="very")
    for _twice in range(2):
        answer = director.post(address(scene, "plan_new"), said)
    plan = Plan.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(scene, "plan", plan.pk))
    assert (plan.weights["habit"], plan.weights["unmixed"], plan.weights["uncovered"]) == (0, 90, 100)
    assert "Waiting for the planner" in page(director, scene, "plan", plan.pk)
    Plan.objects.update(stage="computing", progress=[[1.0, 50.0, 20.0], [3.0, 40.0, 30.0]])
    text = page(director, scene, "plan_progress", plan.pk)
    assert ("at most 25.0 % from the best" in text, "Take the best so far" in text) == (True, True)
    director.post(address(scene, "plan_stop", plan.pk))
    assert Plan.objects.get().stop_asked is True
    Plan.objects.update(stage="ready")
    assert director.get(address(scene, "plan_progress", plan.pk))["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first_day": "2026-03-02"}, "begins tomorrow at the earliest"),
        ({"last_day": "2026-03-08"}, "ends before it begins"),
        ({"last_day": "2027-12-31"}, "A year at most"),
        ({"first_day": "2026-05-02", "last_day": "2026-05-03"}, "Nobody is needed on these days"),
    ],
)
def test_wrong_days_are_said_beside_the_field(director, scene, said, words):
    answer = director.post(address(scene, "plan_new"), asked(**said))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Plan.objects.count() == 0


def test_the_week_shows_who_from_where(director, scene, draft):
    text = page(director, scene, "plan", draft.pk)
    assert ("Adviser 0" in text, "School" in text, "every seat is filled" in text) == (True, True, True)
    draft.slots.filter(person=scene.people[0]).delete()
    assert "4 empty seats" in page(director, scene, "plan", draft.pk)


def test_the_week_says_which_languages_are_missing(director, scene, draft):
    scene.people[0].terms.update(languages=["nl"])
    Need.objects.filter(theme=scene.themes[0]).update(languages={"nl": 1, "tr": 2})
    text = page(director, scene, "plan", draft.pk)
    assert (text.count("Turkish: 2 speakers missing"), "Dutch:" in text) == (4, False)


def test_what_institutions_would_give_is_a_table(director, scene, draft):
    some = scene.institutions[0]
    missed = [ShareMissed(some.pk, 0, 27, 1200, 900, 960), ShareMissed(some.pk, 28, 55, 1200, 1500, 1800)]
    Plan.objects.update(findings=packed(missed))
    rows = re.findall(r"<tr>(<th scope=.row.*?)</tr>", page(director, scene, "plan_why", draft.pk))
    assert [re.sub(r"<[^>]+>", "|", row) for row in rows] == [
        "|School||9 March – 5 April 2026||20:00|||15:00|||16:00|",
        "|School||6 April – 3 May 2026||20:00|||25:00||||",
    ]


def test_a_seat_offers_those_who_could_and_says_why_others_cannot(director, scene, draft):
    a_leave(scene.people[4], scene.centre, MONDAY)
    seat = (draft.pk, scene.half_days[0].pk, f"advice:{scene.themes[0].pk}")
    text = page(director, scene, "plan_seat", *seat, who=scene.people[0].pk)
    assert ("1 person who cannot" in text, "cannot come then" in text) == (True, True)
    post = f"{address(scene, 'plan_seat', *seat)}?who={scene.people[0].pk}"
    refused = director.post(post, {"seen": draft.version, "person": scene.people[4].pk})
    assert refused.status_code == 422
    answer = director.post(post, {"seen": draft.version, "person": scene.people[3].pk})
    assert answer.status_code == 302
    assert draft.slots.get(pinned=True).person == scene.people[3]
    late = director.post(post, {"seen": draft.version, "person": scene.people[5].pk})
    assert (late.status_code, "has changed this draft meanwhile" in late.content.decode()) == (409, True)
    draft.refresh_from_db()
    assert "Undo my last change" in page(director, scene, "plan", draft.pk)
    director.post(address(scene, "plan_undo", draft.pk), {"seen": draft.version})
    assert draft.slots.filter(person=scene.people[0]).count() == 4
    assert "Undo my last change" not in page(director, scene, "plan", draft.pk)


def test_pinned_unpinned_left_empty_and_taken_back_step_by_step(director, scene, draft):
    slot = draft.slots.first()
    for do in ("pin", "unpin", "clear"):
        draft.refresh_from_db()
        one = draft.slots.filter(half_day=slot.half_day, person=slot.person).get()
        director.post(address(scene, "plan_slot", draft.pk, one.pk), {"seen": draft.version, "do": do})
    assert draft.slots.count() == 7
    for count, pinned in ((8, False), (8, True), (8, False)):
        draft.refresh_from_db()
        director.post(address(scene, "plan_undo", draft.pk), {"seen": draft.version})
        found = draft.slots.get(half_day=slot.half_day, person=slot.person)
        assert (draft.slots.count(), found.pinned) == (count, pinned)


def test_two_drafts_beside_each_other(director, scene, draft):
    copy = copy_plan(plan=draft, name="What if", key=uuid4(), by=None, at=AT)
    text = page(director, scene, "plan_compare", draft.pk, copy.pk)
    assert "the same people in the same seats" in text
    copy.slots.filter(half_day=scene.half_days[0], person=scene.people[0]).update(person=scene.people[5])
    text = page(director, scene, "plan_compare", draft.pk, copy.pk)
    assert ("Adviser 5" in text, "What each does less well" in text) == (True, True)
    assert "Compare with:" in page(director, scene, "plan", draft.pk)


def test_publishing_shows_who_is_affected_and_names_what_is_missing(director, scene, draft):
    draft.slots.filter(half_day=scene.half_days[0], person=scene.people[0]).delete()
    text = page(director, scene, "plan_publish", draft.pk)
    assert ("2 people are affected" in text, "1 thing is missing" in text) == (True, True)
    post = address(scene, "plan_publish", draft.pk)
    gap = f"uncovered/{scene.half_days[0].pk}/advice:{scene.themes[0].pk}//1"
    assert gap in text
    said = {"seen": draft.version, "rota": 0, "key": str(uuid4()), "until": SUNDAY.isoformat(), "gap": gap}
    assert director.post(post, said).status_code == 422
    for _twice in range(2):
        assert director.post(post, said | {"confirm": "yes"}).status_code == 302
    assert (DutySlot.objects.count(), Change.objects.values("deed").distinct().count()) == (7, 1)
    assert "Published" in page(director, scene, "plan", draft.pk)
    text = page(director, scene, "history")
    assert ("Dina" in text, "Undo" in text, "and 7 more" in text) == (True, True, False)
    deed = Change.objects.values_list("deed", flat=True)[0]
    director.post(address(scene, "history_undo", deed), {"key": str(uuid4())})
    assert DutySlot.objects.filter(state="planned").count() == 0
    text = page(director, scene, "history", person=scene.people[0].pk, theme=scene.themes[0].pk)
    assert ("undone later" in text, "no longer comes" in text) == (True, True)
    assert page(director, scene, "history_csv").count("\r\n") == 15
    assert director.get(address(scene, "history_xlsx")).content[:2] == b"PK"


def test_a_broken_rule_refuses_with_a_name(director, scene, draft):
    a_leave(scene.people[1], scene.centre, MONDAY)
    text = page(director, scene, "plan_publish", draft.pk)
    assert ("This is no longer possible" in text, "Adviser 1" in text) == (True, True)
    said = {"seen": draft.version, "rota": 0, "key": str(uuid4()), "until": SUNDAY.isoformat()}
    assert director.post(address(scene, "plan_publish", draft.pk), said).status_code == 409
    assert DutySlot.objects.count() == 0


def test_a_failure_says_why_and_lets_one_try_again(director, scene, draft):
    Plan.objects.update(stage="failed", findings=[{"failed": "died", "broken": []}])
    text = page(director, scene, "plan", draft.pk)
    assert ("short of memory" in text, "The published rota is as it was" in text) == (True, True)
    again = {name: value for name, value in asked().items() if name.startswith("aim")}
    director.post(address(scene, "plan_again", draft.pk), again | {"seconds": "60", "seen": draft.version})
    assert Plan.objects.get().stage == "waiting"
    director.post(address(scene, "plan_drop", draft.pk))
    assert Plan.objects.count() == 0


def test_a_choice_by_hand_whose_need_is_gone_is_called_so(director, scene, draft):
    pinned = draft.slots.get(half_day=scene.half_days[0], theme=scene.themes[1])
    drafting.pin(plan=draft, slot=pinned, pinned=True, seen=draft.version)
    Need.objects.filter(theme=scene.themes[1]).delete()
    problem = plan_problem(draft, at=AT)
    told = [
        {"about": asdict(about), "duties": [[one.slot, one.task, one.person] for one in duties]}
        for about, duties in broken(problem, problem.pins)
    ]
    Plan.objects.update(stage="failed", findings=[{"failed": "pins", "broken": told}])
    text = page(director, scene, "plan", draft.pk)
    assert "Adviser 1 is not needed there any more: the need is gone" in text
    assert "does not do this" not in text


def test_more_rows_cost_no_more_queries(director, scene, django_assert_max_num_queries):
    def counted(plan, name, *args):
        with django_assert_max_num_queries(60) as found:
            page(director, scene, name, *args)
        return len(found)

    one = scene.ready((scene.half_days[0], scene.people[0], scene.themes[0]))
    few = counted(one, "plan", one.pk), counted(one, "plans"), counted(one, "plan_publish", one.pk)
    more = scene.ready(*((scene.half_days[n], scene.people[n], scene.themes[0]) for n in range(3)))
    one.delete()
    assert (
        counted(more, "plan", more.pk),
        counted(more, "plans"),
        counted(more, "plan_publish", more.pk),
    ) == few
