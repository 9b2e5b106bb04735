"""A made-up centre to plan: 60 advisers of 20 institutions, 6 themes, 10 half-days a week. The same seed gives the same centre.

Needs: 1 or 2 seats per theme and half-day (two sit together from different institutions), speakers of a language at some, two workshops
a week, at most one at a time because there is one room for them, each with somebody who can lead one. Plurality: at least 6,
better 9 institutions a half-day. People come to about half of the fortnight's half-days, prefer some and would rather not have
others, take leave, have weekly limits. Institutions owe hours per four weeks, by what their people can. *Short*: people leave
until what all the others can give is 15 % less than the seats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from parvis.rota.planning.grid import Grid
from parvis.rota.planning.problem import Limits, Need, Person, Problem, Share, Slot, Wish

ADVISERS, INSTITUTIONS = 60, 20
THEMES = ("choose", "train", "job", "change", "business", "rights")
LANGUAGES = ("nl", "en", "ar", "tr")
WORKSHOP = "workshop"
HALVES = ((9 * 60, 12 * 60 + 30), (13 * 60 + 30, 17 * 60 + 30))  # a morning is half an hour shorter
DAY = 24 * 60
SHORT = 0.85


@dataclass(frozen=True)
class Scale:
    """How large a centre is made."""

    weeks: int = 13
    advisers: int = ADVISERS
    institutions: int = INSTITUTIONS
    minimum: int = 6
    aim: int = 9
    short: bool = False


def centre(seed: int, scale: Scale | None = None) -> Problem:
    """The rota to be planned for one made-up centre."""
    scale = scale or Scale()
    random = Random(seed)
    slots = tuple(_slots(scale))
    needs = tuple(_needs(random, slots))
    people = tuple(_people(random, scale, slots))
    problem = Problem(slots=slots, needs=needs, people=people)
    if scale.short:
        problem = _short(random, problem)
    return Problem(slots=slots, needs=needs, people=problem.people, shares=tuple(_shares(problem, scale)))


def _slots(scale: Scale):
    for week in range(scale.weeks):
        for weekday in range(5):
            day = week * 7 + weekday
            for half, (start, end) in enumerate(HALVES):
                yield Slot(
                    key=(week * 5 + weekday) * 2 + half,
                    start=day * DAY + start,
                    end=day * DAY + end,
                    day=day,
                    week=week,
                    habit=(week % 2) * 10 + weekday * 2 + half,
                    unpopular=(weekday, half) in ((4, 1), (2, 1)),
                    institutions_min=scale.minimum,
                    institutions_aim=scale.aim,
                )


def _needs(random: Random, slots: tuple[Slot, ...]):
    seats = {(half, theme): random.choice((1, 2)) for half in range(10) for theme in THEMES}
    spoken = {
        (half, theme): random.choice(LANGUAGES)
        for half in range(10)
        for theme in THEMES
        if random.random() < 0.2
    }
    workshops = random.sample(range(10), 2)
    for slot in slots:
        half = slot.habit % 10
        for theme in THEMES:
            language = spoken.get((half, theme))
            count = seats[half, theme]
            yield Need(slot.key, theme, count, ((language, 1),) if language else (), mixed=count > 1)
        if half in workshops:
            yield Need(slot.key, WORKSHOP, 1)


def _people(random: Random, scale: Scale, slots: tuple[Slot, ...]):
    own = {institution: random.sample(THEMES, 3) for institution in range(scale.institutions)}
    for key in range(scale.advisers):
        institution = key if key < scale.institutions else random.randrange(scale.institutions)
        tasks = {random.choice(own[institution]), random.choice(THEMES), random.choice(own[institution])}
        if random.random() < 0.2:
            tasks.add(WORKSHOP)
        usual = {place: _wish(random) for place in range(20) if random.random() < 0.5}
        away = {random.randrange(scale.weeks) for _ in range(max(1, scale.weeks * 2 // 13))}
        yield Person(
            key=key,
            institution=institution,
            tasks=frozenset(tasks),
            wishes=_wishes(random, slots, usual, away),
            languages=frozenset(language for language in LANGUAGES if random.random() < 0.4),
            limits=Limits(per_week=random.choice((1, 2, 2, 2, 3, 3, 4))),
        )


def _wish(random: Random) -> Wish:
    return random.choices((Wish.RATHER_NOT, Wish.CAN, Wish.PREFERS), (15, 60, 25))[0]


def _wishes(random: Random, slots: tuple[Slot, ...], usual: Mapping[int, Wish], away: set[int]):
    absent = {slot.day for slot in slots if random.random() < 0.02}
    return {
        slot.key: usual[slot.habit]
        for slot in slots
        if slot.habit in usual and slot.week not in away and slot.day not in absent
    }


def _short(random: Random, problem: Problem) -> Problem:
    """People leave until the others can give 15 % less than the seats, but at least one stays of each institution."""
    grid = Grid(problem)
    seats = sum(need.seats for need in problem.needs)
    room = {person.key: grid.room_for(person.key) for person in problem.people}
    staying = {person.key: person for person in problem.people}
    for key in random.sample(sorted(staying), len(staying)):
        alone = sum(it.institution == staying[key].institution for it in staying.values()) == 1
        if sum(room[key] for key in staying) <= SHORT * seats:
            break
        if not alone:
            del staying[key]
    return Problem(slots=problem.slots, needs=problem.needs, people=tuple(staying.values()))


def _shares(problem: Problem, scale: Scale):
    """What institutions owe per four weeks: together the time of all seats, each by what its people can give then."""
    grid = Grid(problem)
    for first in range(0, scale.weeks * 7, 28):
        last = first + 27
        inside = {slot.key: slot for slot in problem.slots if first <= slot.day <= last}
        owed = sum(inside[need.slot].minutes * need.seats for need in problem.needs if need.slot in inside)
        could: dict[int, float] = dict.fromkeys(range(scale.institutions), 0.0)
        for person in problem.people:
            weeks: dict[int, int] = {}
            for key in grid.choices[person.key]:
                if key in inside:
                    weeks[inside[key].week] = weeks.get(inside[key].week, 0) + 1
            limit = person.limits.per_week or 10
            could[person.institution or 0] += sum(min(limit, count) for count in weeks.values())
        longest = max(slot.minutes for slot in problem.slots)
        total = max(sum(could.values()), owed / 225)  # nobody owes more than they can
        for institution, room in could.items():
            yield Share(institution, first, last, round(owed * room / total), longest)
