"""What happened to a demonstration centre's coming rota: a swap, an absence that was repaired, a cover that was accepted, a call.

All of it by the actions that people use, at moments of the past days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.demonstration.ground import Ground
from parvis.rota.actions.absences import Step, repair_absence, report_absence
from parvis.rota.actions.cover import accept_cover, decline_cover, open_cover_call
from parvis.rota.actions.swaps import RulesBroken, agree_swap, propose_swap, withdraw_swap
from parvis.rota.models import DutySlot, Rota
from parvis.rota.queries.covering import could_cover

SPACE = UUID("5d0c7e0e-41a7-4c0b-9b0e-6e3a7b1f2c55")
AHEAD = timedelta(days=12)  # of today: what people look at
TRIED = 6  # pairs for a swap, until one breaks no rule; slots, until a colleague could take one
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EIGHT, NINE = 8.2 * 60, 9.6 * 60  # minutes of a day, when people write that they cannot come


@dataclass
class Changes:
    """The coming days of a rota, and what was changed in them; each day is changed once."""

    ground: Ground
    now: datetime
    planner: User
    by_day: dict[date, list[DutySlot]] = field(default_factory=lambda: defaultdict(list))

    def read(self) -> None:
        """Who is on duty on the days after today."""
        self.by_day.clear()
        today = self.ground.centre.local_day(self.now)
        slots = DutySlot.objects.standing().filter(centre=self.ground.centre, person__in=self.ground.robots)
        rows = slots.between(today + timedelta(days=1), today + AHEAD)
        for slot in rows.select_related("half_day__centre", "person", "theme", "space"):
            self.by_day[slot.half_day.date].append(slot)

    def write(self) -> int:
        """Four deeds on as many days, where there are so many, in the order of time; returns how many slots changed."""
        days = sorted(self.by_day)
        count = 0
        if len(days) > 4:
            count += self.swapped(days[3], days[4:])
            self.read()
        if len(days) > 2:
            count += self.covered(days[1]) + self.repaired(days[2])
        return count + (self.looked_for(days[-1]) if len(days) > 5 else 0)

    def ago(self, days: int, minute: float) -> datetime:
        """``minute`` of the day that many days before today."""
        return self.ground.instant(self.ground.centre.local_day(self.now) - timedelta(days=days), minute)

    def replaceable(self, day: date, at: datetime) -> DutySlot:
        """A slot of ``day`` that a colleague who is off on that day could take, if one of the first has any."""
        slots = self.by_day[day]
        some = (slot for slot in slots[:TRIED] if self.free(self.instead(slot, at), day))
        return next(some, slots[0])

    def absent(self, slot: DutySlot, at: datetime) -> DutySlot:
        """Who holds it says that they cannot come on that day."""
        day = slot.half_day.date
        person = self.ground.robots[[robot.pk for robot in self.ground.robots].index(slot.person_id or 0)]
        key = self.key("absence", day)
        (missed,) = report_absence(
            centre=self.ground.centre, person=person, days=(day, day), part=None, key=key, by=person, at=at
        )
        return missed

    def instead(self, slot: DutySlot, at: datetime) -> list[User]:
        """Who could come: those first who are not on duty on that day, and whom nobody plays."""
        busy = {one.person_id for one in self.by_day[slot.half_day.date]}
        robots = {robot.pk for robot in self.ground.robots}
        found = [one.person for one in could_cover(slot, at)]
        return sorted(found, key=lambda one: (one.pk in busy, one.pk not in robots))

    def free(self, people: list[User], day: date) -> list[User]:
        """Of these, the robots who are not on duty on ``day``."""
        busy = {one.person_id for one in self.by_day[day]}
        robots = {robot.pk for robot in self.ground.robots}
        return [one for one in people if one.pk in robots and one.pk not in busy]

    def covered(self, day: date) -> int:
        """A call went out; one could not, the next one comes."""
        at = self.ago(2, NINE)
        slot = self.absent(self.replaceable(day, at), at)
        asked = self.instead(slot, at)
        if not asked:
            return 1
        call = open_cover_call(
            slot=slot, asked=asked, key=self.key("cover", day), by=self.planner, at=at + 9 * MINUTE
        )
        could = self.free(asked, day)
        if len(could) > 1:
            decline_cover(call=call, person=could[1], at=at + 22 * MINUTE)
        if could:
            accept_cover(call=call, person=could[0], at=at + 41 * MINUTE)
        return 2

    def repaired(self, day: date) -> int:
        """Whoever plans found somebody at once."""
        at = self.ago(1, EIGHT)
        slot = self.absent(self.replaceable(day, at), at)
        found = self.free(self.instead(slot, at), day)
        if not found:
            return 1
        steps = [Step("comes", found[0], slot.half_day, slot.duty, slot.theme)]
        version = Rota.objects.get(centre=self.ground.centre).version
        key, at = self.key("repair", day), at + 6 * MINUTE
        repair_absence(slot=slot, steps=steps, version=version, key=key, by=self.planner, at=at)
        return 2

    def looked_for(self, day: date) -> int:
        """A gap for which a call is open."""
        at = self.now - 2 * HOUR
        slot = self.absent(self.by_day[day][-1], at)
        if asked := self.instead(slot, at):
            key = self.key("call", day)
            open_cover_call(slot=slot, asked=asked, key=key, by=self.planner, at=at + 12 * MINUTE)
        return 1

    def swapped(self, day: date, others: list[date]) -> int:
        """Two exchanged their duties."""
        at = self.ago(3, NINE)
        for number, (mine, theirs) in enumerate(self._pairs(day, others)):
            if number == TRIED:
                break
            one, other = mine.person, theirs.person
            if one is None or other is None:
                continue
            key = self.key("swap", number)
            try:
                swap = propose_swap(slot=mine, other=theirs, to=other, key=key, by=one, at=at)
            except RulesBroken:
                continue
            done = agree_swap(swap=swap, by=other, at=at + 5 * HOUR)
            if done.state == done.State.DONE:
                return 4
            withdraw_swap(swap=done, by=one, at=at + 6 * HOUR)
        return 0

    def _pairs(self, day: date, others: list[date]) -> Iterator[tuple[DutySlot, DutySlot]]:
        """Slots of one theme on two days, whose holders are not on duty on each other's day."""
        here = {slot.person_id for slot in self.by_day[day]}
        for later in others[:3]:
            there = {slot.person_id for slot in self.by_day[later]}
            for mine in self.by_day[day]:
                for theirs in self.by_day[later]:
                    apart = mine.person_id not in there and theirs.person_id not in here
                    if apart and mine.theme_id == theirs.theme_id:
                        yield mine, theirs

    def key(self, *of: object) -> UUID:
        """The same for the same seed."""
        return uuid5(SPACE, "/".join(map(str, (self.ground.seed, self.ground.centre.slug, *of))))


def write_changes(ground: Ground, now: datetime) -> int:
    """What happened to the coming rota in the past days; returns how many slots changed."""
    planner = User.objects.filter(assignments__centre=ground.centre, assignments__role=Role.DIRECTOR).first()
    if planner is None:
        return 0
    changes = Changes(ground, now, planner)
    changes.read()
    return changes.write()
