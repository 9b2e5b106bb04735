"""What the planner found is said in whole sentences, in English and in French, with days as each language writes them."""

from datetime import date

import pytest
from django.utils.translation import override

from parvis.rota.models import Part
from parvis.rota.planning.conflicts import Conflict, Demand
from parvis.rota.planning.explaining import explain
from parvis.rota.planning.findings import (
    FewInstitutions,
    Gap,
    Obstacle,
    Proof,
    Reason,
    ShareMissed,
    UnmetWish,
    WishKind,
    WishReason,
)
from parvis.rota.planning.problem import Duty, Finding, Limits, Person, Problem, Subject
from parvis.rota.planning.repair import Move, Proposal
from parvis.rota.planning_words import PlanningWords
from parvis.rota.queries.planning_names import NamedHalfDay, Names, planning_names
from parvis.rota.queries.problem import problem_for
from parvis.rota.tests.plan_scene import AT, MONDAY, SUNDAY, Scene

NAMES = Names(
    people={1: "Zoë", 2: "Ana", 3: "Bo"},
    institutions={7: "Mission locale"},
    tasks={"a": "Find a job", "b": "Train"},
    half_days={
        1: NamedHalfDay(date(2026, 3, 3), Part.MORNING, ""),
        2: NamedHalfDay(date(2026, 3, 10), Part.MORNING, ""),
        3: NamedHalfDay(date(2026, 3, 24), Part.MORNING, ""),
        4: NamedHalfDay(date(2026, 3, 5), Part.AFTERNOON, "Annexe"),
    },
    first_day=date(2026, 3, 2),
)
PEOPLE = tuple(
    Person(key, 7, frozenset("a"), {}, limits=Limits(per_week=2, days_in_a_row=1)) for key in (1, 2, 3)
)
WAY = Proposal(
    duties=frozenset(),
    absent=(),
    called_in=(Duty(1, "b", 2),),
    cancelled=(Duty(4, "a", 2),),
    moved=(Move(Duty(1, "b", 1), Duty(1, "a", 1)),),
    gaps=(),
    effects=(Finding(Subject("rather_not", slot=1, person=2), 1, 3),),
    change_cost=50,
    cost=50,
    proven=True,
)
FREE = Gap(
    (4,), "a", None, 1, Reason.SOMEBODY_FREE, (Obstacle("free", (3,)),), (), Proof.CAN_BE_FILLED, (WAY,)
)
CONFLICT = Conflict((Demand(1, "a", 2),), (Subject("per_week", person=2, week=0),), (), smallest=True)


def said(finding, language="en"):
    with override(language):
        return PlanningWords(Problem((), (), PEOPLE), NAMES).said(finding)


def test_a_gap_of_several_weeks():
    gap = Gap(
        (1, 2, 3), "a", "nl", 1, Reason.NOBODY_COMES, (Obstacle("available", (1, 2)),), (3,), Proof.NOBODY_CAN
    )
    assert said(gap) == [
        "“Find a job”: one person who speaks Dutch is missing on Tuesday mornings from 3 March 2026 to 24 March 2026.",
        "Nobody who does this and speaks Dutch is free then.",
        "Cannot come then: Ana and Zoë.",
        "Could learn it and come then: Bo.",
    ]
    assert said(gap, "fr") == [
        (
            "«\xa0Find a job\xa0»\xa0: il manque 1 personne parlant néerlandais "
            "le mardi matin du 3 mars 2026 au 24 mars 2026."
        ),
        "Personne qui le fait et parle néerlandais n’est libre à ce moment.",
        "Ne peuvent pas venir à ce moment\xa0: Ana et Zoë.",
        "Pourraient l’apprendre et venir à ce moment\xa0: Bo.",
    ]


def test_a_gap_that_changes_would_fill():
    assert said(FREE) == [
        "“Find a job”: one seat is empty on the afternoon of Thursday 5 March 2026 at Annexe.",
        "Could come: Bo.",
        (
            "It could be filled: "
            "Zoë goes from “Train” to “Find a job” on the morning of Tuesday 3 March 2026; "
            "Ana comes for “Train” on the morning of Tuesday 3 March 2026; "
            "Ana no longer comes for “Find a job”; "
            "Ana would rather not."
        ),
    ]


def test_a_gap_that_no_plan_fills():
    obstacles = (Obstacle("elsewhere", (1,)), Obstacle("per_week", (2,)))
    gap = Gap((1,), "a", None, 2, Reason.ALL_BUSY, obstacles, (), Proof.OPENS_ANOTHER, (), CONFLICT)
    assert said(gap) == [
        "“Find a job”: 2 seats are empty on the morning of Tuesday 3 March 2026.",
        "Nobody who does this is free then.",
        "On duty for something else at that time: Zoë.",
        "Would have more half-days in that week than agreed: Ana.",
        "No plan fills it on the morning of Tuesday 3 March 2026 and keeps every other place filled.",
        (
            "These cannot all be kept: 2 people for “Find a job” on the morning of Tuesday 3 March 2026; "
            "Ana: at most 2 half-days in the week of 2 March 2026."
        ),
    ]


@pytest.mark.parametrize(
    ("reason", "language", "why"),
    [
        (Reason.NOBODY_DOES, None, "Nobody in the team does this."),
        (Reason.NOBODY_DOES, "nl", "Nobody in the team does this and speaks Dutch."),
        (Reason.EVERYBODY_THERE, None, "Everybody who does this is there already."),
        (Reason.EVERYBODY_THERE, "nl", "Everybody who does this and speaks Dutch is there already."),
    ],
)
def test_why_nobody_at_all_can(reason, language, why):
    assert said(Gap((1,), "a", language, 1, reason, (), (), Proof.NOBODY_CAN))[1:] == [why]


@pytest.mark.parametrize(
    ("kind", "reason", "rule", "text"),
    [
        (
            WishKind.RATHER_NOT,
            WishReason.NOBODY_ELSE,
            None,
            "Zoë would rather not come on the morning of Tuesday 3 March 2026. Nobody else could take the place.",
        ),
        (
            WishKind.NOT_PREFERRED,
            WishReason.COSTS_MORE,
            "habit",
            (
                "Zoë comes on the morning of Tuesday 3 March 2026, and would prefer another half-day of that week. "
                "Another plan would be worse in: Unusual half-days."
            ),
        ),
    ],
)
def test_an_unmet_wish(kind, reason, rule, text):
    assert said(UnmetWish(1, kind, (1,), reason, rule)) == [text]


def test_wishes_of_many_half_days_are_counted():
    (text,) = said(UnmetWish(1, WishKind.RATHER_NOT, (1, 4, 2, 3), WishReason.COULD_BE_MET))
    assert text == (
        "Zoë would rather not come at 4 half-days from 3 March 2026 to 24 March 2026. This plan can be made better."
    )


def test_few_institutions():
    assert said(FewInstitutions((1,), wanted=3, there=1, could=2)) == [
        "Only 1 institution is there on the morning of Tuesday 3 March 2026; at least 3 are wanted.",
        "Only 2 institutions have anybody who can come then.",
    ]


def test_a_long_contradiction_is_counted():
    rules = tuple(Subject("per_week", person=2, week=week) for week in range(9))
    long = Conflict(CONFLICT.demands, rules, (), smallest=False)
    with override("en"):
        text = PlanningWords(Problem((), (), PEOPLE), NAMES).contradiction(long)
    assert text == "Places (1) and rules (9) of that time contradict each other."


def test_many_names_end_with_how_many_more():
    names = Names({n: f"P{n:02d}" for n in range(12)}, {}, {}, NAMES.half_days, NAMES.first_day)
    words = PlanningWords(Problem((), (), ()), names)
    with override("en"):
        assert words.people(range(12)) == "P00, P01, P02, P03, P04, P05, P06, P07 and 4 others"
        assert words.people(range(9)) == "P00, P01, P02, P03, P04, P05, P06, P07 and P08"


@pytest.mark.parametrize("rule", ["per_day", "per_week", "days_in_a_row", "rest", "pin"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_rule_can_be_said(rule, language):
    with override(language):
        words = PlanningWords(Problem((), (), PEOPLE), NAMES)
        text = words.rule(Subject(rule, person=2, slot=1, task="a", day=1, week=1))
    assert "Ana" in text
    assert "%" not in text


@pytest.mark.django_db
def test_names_come_from_the_centre_with_few_queries(django_assert_num_queries):
    scene = Scene(days=1, people=2, seats=3)
    problem = problem_for(scene.centre, MONDAY, SUNDAY, at=AT)
    with django_assert_num_queries(4):
        names = planning_names(scene.centre, problem, MONDAY)
    assert sorted(names.people.values()) == ["Adviser 0", "Adviser 1"]
    assert [str(theme.name) for theme in scene.themes] == [
        names.tasks[f"advice:{theme.pk}"] for theme in scene.themes
    ]
    words = PlanningWords(problem, names)
    with override("en"):
        found = [one for one in explain(problem, ()) if not isinstance(one, ShareMissed)]
        text = [sentence for finding in found for sentence in words.said(finding)]
    assert f"“{scene.themes[0].name}”: 3 seats are empty on the morning of Monday 9 March 2026." in text
