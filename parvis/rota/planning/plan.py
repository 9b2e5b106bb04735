"""Plans a rota: first the fortnight's template, then the whole horizon with the template fixed."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from math import inf

from .building import Building
from .greedy import greedy
from .highs import THREADS, Answer, Asked, Outcome, Search, SolverError, Told, solve
from .improving import Improver
from .model import centre_model
from .pins import check_pins
from .problem import Problem, Progress, Solution
from .template import habits_of, needs_template, typical

TEMPLATE_PART = 0.2  # of the time, at most
TEMPLATE_GAP = 0.03  # nobody's habits are worth proving to the last half-day


def plan(
    problem: Problem,
    *,
    seconds: float,
    gap: float = 0.01,
    threads: int = THREADS,
    on_progress: Told | None = None,
    should_stop: Asked | None = None,
) -> Solution:
    """The best rota found within so many seconds, or within ``gap`` of a proven bound, whichever comes first.

    Where somebody has no habits yet, everybody's fortnight is planned first; old habits hold there as they do in the rota. The bound
    is that of the roll-out with these habits. Pins always hold: raises ``PinError`` where they break a hard rule. Stopping gives
    the best plan so far. Raises ``SolverError`` where the solver fails.
    """
    check_pins(problem)
    started = time.monotonic()
    search = Search(seconds, gap, threads, on_progress, should_stop)
    if needs_template(problem):
        problem = problem.accustomed(_template(problem, search))
    spent = time.monotonic() - started
    return roll_out(problem, replace(search, seconds=max(seconds - spent, 0.1), spent=spent))


def _template(problem: Problem, search: Search) -> dict[int, frozenset[tuple[int, str]]]:
    """Everybody's fortnight, planned in at most a fifth of the time."""
    cycle = typical(problem)
    part = replace(
        search, seconds=search.seconds * TEMPLATE_PART, gap=max(search.gap, TEMPLATE_GAP), stage="template"
    )
    found = roll_out(cycle, part)
    return dict(habits_of(problem, found.duties))


def roll_out(problem: Problem, search: Search) -> Solution:
    """The rota of the whole horizon for people with the habits that the problem gives them."""
    started = time.monotonic()
    begun = greedy(problem)
    building = centre_model(problem)
    spent = time.monotonic() - started
    if search.on_progress:
        search.on_progress(Progress(search.spent + spent, None, None, search.stage))
    search = replace(search, seconds=search.seconds - spent, spent=search.spent + spent)
    outcome = _together(building, search, building.start(begun))
    if outcome.values is None:
        raise SolverError(f"no rota, although one with empty seats always exists: {outcome.answer.value}")
    findings = tuple(building.model.findings(outcome.values))
    costs: dict[str, float] = defaultdict(float)
    for finding in findings:
        costs[finding.about.rule] += finding.cost
    return Solution(
        duties=building.duties(outcome.values),
        cost=outcome.cost,
        bound=outcome.bound,
        proven=outcome.answer is Answer.PROVEN,
        costs=dict(costs),
        findings=findings,
        habits={person.key: person.habits for person in problem.people},
        seconds=time.monotonic() - started + search.spent - spent,
    )


def _together(building: Building, search: Search, start: Mapping[int, float]) -> Outcome:
    """Two searches on two cores: one proves, the other one finds; with one thread, the first alone.

    What the best plan costs is worked out anew at the end: plans that were found by a guess may pay for more than they need to.
    """
    better = None
    if search.threads < 2:
        outcome = solve(building.model, search, start)
    else:
        with Improver(building, search, start) as improver:
            outcome = solve(building.model, search, start, beside=improver)
        better = improver.better_than(outcome.cost if outcome.values is not None else inf)
    best = better if better is not None else outcome.values
    plan = start if best is None else building.start(building.duties(best))
    exact = solve(building.model, Search(threads=search.threads), fixed=plan)
    bound = min(outcome.bound, exact.cost)
    within = exact.cost - bound <= search.gap * exact.cost
    proven = within or (outcome.answer is Answer.PROVEN and better is None)
    answer = Answer.PROVEN if proven else Answer.STOPPED
    return replace(exact, answer=answer, bound=bound, seconds=outcome.seconds)
