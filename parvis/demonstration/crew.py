"""Which robot keeps which duty of a day: what each can do and when it can come is drawn once, and kept."""

from __future__ import annotations

from datetime import time, timedelta
from random import Random

from parvis.accounts.models import User
from parvis.demonstration.arrivals import Duty
from parvis.demonstration.ground import Ground
from parvis.demonstration.whole_day import WholeDay
from parvis.reception.models import Seat
from parvis.rota.models import DutySlot, Part, Wish
from parvis.rota.queries.covering import covers_of

THEMES = 3  # that one adviser gives advice on
TURN = 7  # how far the team moves on each day, so that nobody is always first
NEVER, RARELY, GLADLY = (
    2,
    2,
    4,
)  # half-days of a week on which somebody cannot, would rather not, would love to


def themes_of(ground: Ground, robot: int) -> tuple[str, ...]:
    """The themes that a robot gives advice on: neighbours in the list differ in their first."""
    keys = [*ground.public.talks]
    first = robot % len(keys)
    rest = [*keys[first + 1 :], *keys[:first]]
    _draw(ground, robot, "themes").shuffle(rest)
    return (keys[first], *rest[: THEMES - 1])


def languages_of(ground: Ground, robot: int) -> list[str]:
    """The centre's first language, and every second robot one more."""
    usual, *others = ground.public.languages
    return [usual, others[robot // 2 % len(others)]] if robot % 2 and others else [usual]


def wishes_of(ground: Ground, robot: int) -> dict[tuple[int, Part], Wish]:
    """How a robot likes each half-day of the week."""
    half_days = [(weekday, part) for weekday in range(6) for part in (Part.MORNING, Part.AFTERNOON)]
    _draw(ground, robot, "wishes").shuffle(half_days)
    said = [Wish.CANNOT] * NEVER + [Wish.RATHER_NOT] * RARELY + [Wish.PREFERS] * GLADLY
    said += [Wish.CAN] * (len(half_days) - len(said))
    return dict(zip(half_days, said, strict=True))


def clock(minute: float) -> time:
    """A minute of the day on a clock."""
    return time(int(minute) // 60, int(minute) % 60)


def part_of(minute: float) -> Part:
    """The part of the day in which a duty begins."""
    return Part.of(clock(minute))


def crew_of(ground: Ground, whole: WholeDay) -> list[User | None]:
    """Who keeps each duty of the day, by the number of the duty: nobody where nobody is left who could."""
    duties, robots = whole.plan.duties, len(ground.robots)
    turn = whole.day.toordinal() * TURN
    order = [(turn + n) % robots for n in range(robots)]
    known = {robot: (themes_of(ground, robot), wishes_of(ground, robot)) for robot in order}
    weekday = whole.day.weekday()
    able = [[robot for robot in order if _can_keep(*known[robot], weekday, duty)] for duty in duties]
    kept: dict[int, int] = {}  # robot -> duty
    for number in range(len(duties)):
        _seat(number, able, kept, set())
    by_duty = {number: ground.robots[robot] for robot, number in kept.items()}
    return [by_duty.get(number) for number in range(len(duties))]


def crew_now(ground: Ground, whole: WholeDay) -> list[User | None]:
    """The same as the published rota has it by now: who was replaced stays at home, and another robot comes instead.

    Somebody who sits at a desk stays there; for an absent robot whose duty a person took, nobody is played.
    """
    crew = crew_of(ground, whole)
    slots = DutySlot.objects.filter(centre=ground.centre, half_day__date=whole.day, person__in=ground.robots)
    stays = set(slots.standing().values_list("person", flat=True))
    today = ground.midnight(whole.day)
    seats = Seat.objects.open().filter(centre=ground.centre, opened_at__gte=today)
    stays |= set(seats.filter(opened_at__lt=today + timedelta(days=1)).values_list("person", flat=True))
    gone = {slot.person_id: slot.pk for slot in slots if slot.person_id not in stays}
    if not gone:
        return crew
    comes = covers_of(list(slots.filter(pk__in=gone.values())))
    robots = {robot.pk: robot for robot in ground.robots}
    there = {person.pk for person in crew if person}
    for number, person in enumerate(crew):
        if person and person.pk in gone:
            cover = comes.get(gone[person.pk])
            crew[number] = (
                robots.get(cover.person_id or 0) if cover and cover.person_id not in there else None
            )
    return crew


def _seat(number: int, able: list[list[int]], kept: dict[int, int], asked: set[int]) -> bool:
    """Finds somebody for a duty, if need be by moving others on to theirs (an augmenting path)."""
    for robot in able[number]:
        if robot in asked:
            continue
        asked.add(robot)
        if robot not in kept or _seat(kept[robot], able, kept, asked):
            kept[robot] = number
            return True
    return False


def _can_keep(
    themes: tuple[str, ...], wishes: dict[tuple[int, Part], Wish], weekday: int, duty: Duty
) -> bool:
    return duty.themes[0] in themes and wishes.get((weekday, part_of(duty.starts))) != Wish.CANNOT


def _draw(ground: Ground, robot: int, about: str) -> Random:
    return Random(f"{ground.seed}/{ground.centre.slug}/{robot}/{about}")  # noqa: S311
