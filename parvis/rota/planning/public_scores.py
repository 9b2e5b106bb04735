"""The penalty of a roster in the public set of Curtois and Qu, from the published rules alone: knows nothing of a model.

Before the first day and after the last one, everybody is taken to go on as it suits: a stretch of shifts or of days off
that touches either end is never too short, and never too long for what lies outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from parvis.rota.planning.public_instances import Instance, Member

SATURDAY, SUNDAY = 5, 6  # day 0 is a Monday

Roster = Mapping[str, Mapping[int, str]]  # member -> day -> shift; a day that is not there is off


@dataclass(frozen=True, slots=True)
class Score:
    """What a roster costs, and which hard rules it breaks."""

    penalty: int
    broken: tuple[str, ...]


def score(instance: Instance, roster: Roster) -> Score:
    """Each hard rule and each penalty of the published description, in its order."""
    broken: list[str] = [f"nobody is called {name}" for name in roster if name not in instance.staff]
    for name, member in instance.staff.items():
        broken += [f"{name}: {what}" for what in _broken(instance, member, roster.get(name, {}))]
    return Score(_requests(instance, roster) + _cover(instance, roster), tuple(broken))


def _broken(instance: Instance, member: Member, worked: Mapping[int, str]) -> Iterator[str]:
    for day, shift in worked.items():
        if not 0 <= day < instance.days or shift not in instance.shifts:
            yield f"shift {shift} on day {day} does not exist"
            return
    for day, shift in sorted(worked.items()):
        if worked.get(day + 1) in instance.shifts[shift].never_next:
            yield f"{worked[day + 1]} follows {shift} on day {day + 1}"
        if day in member.days_off:
            yield f"at work on day {day}, a day off"
    for shift, most in member.most_of.items():
        if (count := sum(1 for held in worked.values() if held == shift)) > most:
            yield f"{count} shifts {shift}, at most {most}"
    minutes = sum(instance.shifts[shift].minutes for shift in worked.values())
    if not member.minutes_least <= minutes <= member.minutes_most:
        yield f"{minutes} minutes, not {member.minutes_least} to {member.minutes_most}"
    yield from _stretches(instance, member, worked)
    weekends = {day // 7 for day in worked if day % 7 in (SATURDAY, SUNDAY)}
    if len(weekends) > member.weekends_most:
        yield f"{len(weekends)} weekends, at most {member.weekends_most}"


def _stretches(instance: Instance, member: Member, worked: Mapping[int, str]) -> Iterator[str]:
    for at_work, stretch in groupby(range(instance.days), key=lambda day: day in worked):
        days = list(stretch)
        inside = days[0] > 0 and days[-1] < instance.days - 1
        if at_work and len(days) > member.in_a_row_most:
            yield f"{len(days)} shifts in a row from day {days[0]}, at most {member.in_a_row_most}"
        least = member.in_a_row_least if at_work else member.free_in_a_row_least
        if inside and len(days) < least:
            what = "shifts" if at_work else "days off"
            yield f"{len(days)} {what} in a row from day {days[0]}, at least {least}"


def _requests(instance: Instance, roster: Roster) -> int:
    return sum(
        request.weight
        for request in instance.requests
        if (roster.get(request.member, {}).get(request.day) == request.shift) != request.wanted
    )


def _cover(instance: Instance, roster: Roster) -> int:
    penalty = 0
    for cover in instance.cover:
        there = sum(1 for worked in roster.values() if worked.get(cover.day) == cover.shift)
        penalty += max(cover.wanted - there, 0) * cover.under + max(there - cover.wanted, 0) * cover.over
    return penalty
