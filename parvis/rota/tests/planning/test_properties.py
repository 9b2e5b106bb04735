"""Whatever is asked: no rota breaks a hard rule, each costs what the checker says, and the small ones are the best there are."""

from __future__ import annotations

from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parvis.rota.planning.checker import broken, check
from parvis.rota.planning.first_free import first_free
from parvis.rota.planning.greedy import greedy
from parvis.rota.planning.grid import Grid
from parvis.rota.planning.plan import plan
from parvis.rota.planning.problem import Duty, Limits, Need, Person, Problem, Share, Slot, Wish

from .small import DAY, HOUR, solved

RELAXED = settings(deadline=None, suppress_health_check=list(HealthCheck))
TASKS, LANGUAGES = "ab", ("nl",)


@st.composite
def slots(draw: st.DrawFn, days: int) -> tuple[Slot, ...]:
    """Half-days of some days, a few of which overlap, and some before the horizon."""
    made = []
    for day in range(-1, days):
        for half in range(draw(st.integers(0 if day < 0 else 1, 2))):
            start = (8, 13)[half] + draw(st.integers(0, 1))
            length = draw(st.integers(3, 6))
            made.append(
                Slot(
                    key=len(made),
                    start=day * DAY + start * HOUR,
                    end=day * DAY + (start + length) * HOUR,
                    day=day,
                    week=max(0, day) // 2,
                    habit=len(made) % 3,
                    unpopular=draw(st.booleans()),
                    institutions_min=draw(st.integers(0, 2)),
                    institutions_aim=draw(st.integers(0, 3)),
                )
            )
    return tuple(made)


@st.composite
def people(draw: st.DrawFn, count: int, at: tuple[Slot, ...]) -> tuple[Person, ...]:
    ahead = [slot.key for slot in at if slot.day >= 0]
    limit = st.none() | st.integers(0, 3)
    return tuple(
        Person(
            key=key,
            institution=draw(st.sampled_from((None, 1, 2))),
            tasks=frozenset(draw(st.sets(st.sampled_from(TASKS), min_size=1))),
            wishes=draw(st.dictionaries(st.sampled_from(ahead), st.sampled_from(Wish))),
            languages=frozenset(draw(st.sets(st.sampled_from(LANGUAGES)))),
            limits=Limits(
                draw(limit), draw(limit), draw(limit), draw(st.sampled_from((0, 11, 16, 20, 40))) * HOUR
            ),
            habits=frozenset(draw(st.sets(st.tuples(st.integers(0, 2), st.sampled_from(TASKS)), max_size=2))),
        )
        for key in range(count)
    )


@st.composite
def problems(draw: st.DrawFn, days: int = 4, team: int = 4) -> Problem:
    at = draw(slots(days))
    needs = tuple(
        Need(
            slot.key,
            task,
            draw(st.integers(0, 2)),
            draw(st.sampled_from(((), (("nl", 1),), (("nl", 2),)))),
            draw(st.booleans()),
        )
        for slot in at
        if slot.day >= 0
        for task in draw(st.sets(st.sampled_from(TASKS)))
    )
    who = draw(people(draw(st.integers(1, team)), at))
    shares = tuple(
        Share(
            institution,
            0,
            draw(st.integers(0, days)),
            draw(st.integers(0, 20)) * 60,
            draw(st.integers(0, 4)) * 50,
        )
        for institution in draw(st.sets(st.sampled_from((1, 2))))
    )
    before = [Duty(slot.key, "a", person.key) for slot in at if slot.day < 0 for person in who]
    held = frozenset(draw(st.sets(st.sampled_from(before)))) if before else frozenset()
    problem = Problem(at, needs, who, shares, before=held)
    able = sorted(first_free(problem))
    pins = frozenset(draw(st.sets(st.sampled_from(able), max_size=2))) if able else frozenset()
    return Problem(at, needs, who, shares, pins=pins, before=held)


@settings(RELAXED, max_examples=150)
@given(problems())
def test_the_best_rota_breaks_nothing_and_costs_what_the_checker_says(problem: Problem) -> None:
    found = solved(problem)
    assert problem.pins <= found.duties
    for plan_ in (greedy(problem), first_free(problem)):
        report = check(problem, plan_)
        assert report.broken == ()
        assert report.total >= found.cost - 1e-6


@settings(RELAXED, max_examples=40)
@given(problems(days=5))
def test_a_rota_in_two_stages_breaks_nothing_either(problem: Problem) -> None:
    found = plan(problem, seconds=10, gap=0.0)
    report = check(problem.accustomed(found.habits), found.duties)
    assert report.broken == ()
    assert problem.pins <= found.duties
    assert abs(report.total - found.cost) <= 1e-6 * max(1.0, report.total)


@settings(RELAXED, max_examples=60)
@given(problems(days=2, team=3))
def test_no_rota_of_all_that_there_are_is_better(problem: Problem) -> None:
    choices = [
        Duty(slot, task, person)
        for person, at in Grid(problem).choices.items()
        for slot, tasks in at.items()
        for task in tasks
    ]
    assume(len(choices) <= 9)
    every = (frozenset(some) for count in range(len(choices) + 1) for some in combinations(choices, count))
    best = min(check(problem, some).total for some in every if not broken(problem, some))
    assert abs(solved(problem).cost - best) <= 1e-6 * max(1.0, best)
