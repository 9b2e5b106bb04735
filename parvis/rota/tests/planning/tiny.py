"""Very small rotas of every sort, small enough to try each plan there is."""

from collections import Counter
from itertools import product

from hypothesis import strategies as st

from parvis.rota.planning.checker import broken
from parvis.rota.planning.problem import Duty, Limits, Need, Person, Problem, Share, Slot, Wish

TASKS, LANGUAGES = ("a", "b"), ("nl", "tr")
CHOICES = 6  # half-days that people can come to, all together: at most three possibilities each


@st.composite
def problems(draw):
    pick = lambda low, high: draw(st.integers(low, high))
    slots = []
    for key in range(pick(1, 4)):
        day = draw(st.sampled_from((0, 0, 1, 6, 7)))
        start = day * 1440 + draw(st.sampled_from((540, 780, 800)))
        minimum = pick(0, 2)
        slots.append(
            Slot(
                key,
                start,
                start + 240,
                day,
                day // 7,
                key,
                institutions_min=minimum,
                institutions_aim=minimum,
            )
        )
    needs = []
    for slot, task in product(slots, TASKS):
        if seats := pick(0, 2):
            languages = draw(st.dictionaries(st.sampled_from(LANGUAGES), st.integers(1, 2), max_size=1))
            needs.append(Need(slot.key, task, seats, tuple(languages.items()), mixed=draw(st.booleans())))
    people, left = [], CHOICES
    for key in range(pick(1, 4)):
        keys = draw(st.sets(st.sampled_from([slot.key for slot in slots]), max_size=min(left, len(slots))))
        left -= len(keys)
        people.append(
            Person(
                key,
                draw(st.sampled_from((None, 1, 2))),
                frozenset(draw(st.sets(st.sampled_from(TASKS), min_size=1))),
                {at: draw(st.sampled_from(Wish)) for at in sorted(keys)},
                languages=frozenset(draw(st.sets(st.sampled_from(LANGUAGES)))),
                learning=frozenset(draw(st.sets(st.sampled_from(TASKS)))),
                limits=Limits(
                    per_day=draw(st.sampled_from((None, 1, 2))),
                    per_week=draw(st.sampled_from((None, 1, 2))),
                    days_in_a_row=draw(st.sampled_from((None, 1))),
                    rest=draw(st.sampled_from((0, 660, 1440))),
                ),
            )
        )
    shares = (Share(1, 0, 13, pick(0, 3) * 240, 60),)
    return Problem(tuple(slots), tuple(needs), tuple(people), shares if draw(st.booleans()) else ())


def every_plan(problem):
    """All plans that break no hard rule."""
    places = [
        [None, *(Duty(slot, task, person.key) for task in sorted(person.tasks))]
        for person in problem.people
        for slot in person.wishes
    ]
    for chosen in product(*places):
        plan = frozenset(filter(None, chosen))
        if not broken(problem, plan):
            yield plan


@st.composite
def plans_of(draw, problem):
    """One of the plans, mostly a full one."""
    plan = frozenset()
    duties = [
        Duty(slot, task, person.key)
        for person in problem.people
        for slot in person.wishes
        for task in person.tasks
    ]
    for duty in draw(st.permutations(sorted(duties))):
        if not broken(problem, plan | {duty}):
            plan |= {duty}
    return plan


def seated(problem, plan):
    """Slot and task -> the people there."""
    people = {person.key: person for person in problem.people}
    here = {(need.slot, need.task): [] for need in problem.needs}
    for duty in sorted(plan):
        here.setdefault((duty.slot, duty.task), []).append(people[duty.person])
    return here


def spoken(people):
    """Language -> how many speak it."""
    return Counter(language for person in people for language in person.languages)


def opened(problem, plan, after, *, but=None):
    """What is open after a change that was not before it, at the weights of a repair; a mixed pair at ``but`` doesn't count."""
    was, now, open_now = seated(problem, plan), seated(problem, after), 0
    for need in problem.needs:
        before, here = was[need.slot, need.task], now[need.slot, need.task]
        open_now += 100 * max(0, min(need.seats, len(before)) - len(here))
        for language, count in need.languages:
            open_now += 60 * max(0, min(count, spoken(before)[language]) - spoken(here)[language])
        institutions = [{one.institution for one in those} for those in (before, here)]
        if need.mixed and (need.slot, need.task) != but and len(institutions[0]) == len(before):
            open_now += 30 * (len(here) - len(institutions[1]))
    of = {one.key: one.institution for one in problem.people}
    for slot in problem.slots:
        before, here = (
            len({of[duty.person] for duty in those if duty.slot == slot.key}) for those in (plan, after)
        )
        open_now += 60 * max(0, min(slot.institutions_min, before) - here)
    return open_now
