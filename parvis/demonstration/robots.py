"""Robots play a day through the actions that people use, beside whoever joins in.

They keep no state of their own: at each step they look at the tables, find what is due first by the drawn day, and do it.
So they can be stopped at any moment and go on later, or elsewhere. A seat that somebody holds is not theirs; a visitor
whom somebody called is not theirs either; a ticket that somebody took at the kiosk is received like any other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from parvis.demonstration.arrivals import Duty, Visitor, lasting
from parvis.demonstration.crew import crew_now
from parvis.demonstration.ground import Ground
from parvis.demonstration.hands import CODING, Hands
from parvis.demonstration.sight import Sight, Sitting, free_place, look
from parvis.demonstration.simulation import AFTER_TALK, OVERTIME, REACTS, RECALL
from parvis.demonstration.whole_day import WholeDay
from parvis.reception import actions
from parvis.reception.actions.transfers import Target
from parvis.reception.models import Arrival, Period, Seat, State, Ticket

TRY_AGAIN = 0.5  # minutes after somebody else was faster
LAST_HALF_DAY = 60  # minutes before closing after which a duty's end is the centre's
STRANGERS = 100_000  # numbers of visitors who were not drawn but came


@dataclass(frozen=True)
class Due:
    """Something that is to happen at a minute of the day."""

    minute: float
    about: tuple[object, ...]
    happen: Callable[[float], None]


class Robots:
    """Plays one day of one centre from a minute to another."""

    def __init__(self, ground: Ground, whole: WholeDay) -> None:
        self.ground, self.whole, self.hands = ground, whole, Hands(ground, whole)
        self.visitors, self.duties = whole.plan.visitors, whole.plan.duties
        self.numbers = {whole.key("visitor", index): index for index in range(len(self.visitors))}
        self.crew = crew_now(ground, whole)
        self._later: dict[tuple[object, ...], float] = {}  # what did not work, and when to try again
        self._codings: list[Due] = []

    def play(self, start: float, until: float, on_the_way: Callable[[float], None] | None = None) -> int:
        """Everything due after ``start`` and up to ``until``; returns how many things happened."""
        if not self.whole.hours:
            return 0
        if start <= self.whole.hours[0][0] <= until:
            self.hands.note_expected()
        script = self._script(start, until)
        clock, happened = start, 0
        while (due := self._first(script, clock, until)) is not None:
            clock = max(clock, self._when(due))
            try:
                due.happen(clock)
            except actions.ReceptionError:  # a person was faster: look again in a moment
                self._later[due.about] = clock + TRY_AGAIN
            happened += 1
            if on_the_way:
                on_the_way(clock)
        return happened

    def _look(self) -> Sight:
        return look(self.ground, self.whole.day, self.crew)

    def _first(self, script: list[Due], clock: float, until: float) -> Due | None:
        """The first thing due; of the script, it is taken off."""
        sight = self._look()
        seen = chain(self._visitors(sight), self._seats(sight), self._codings)
        found = [due for due in seen if self._when(due) <= until]
        best = min(found, key=self._when, default=None)
        if script and (best is None or script[-1].minute <= max(self._when(best), clock)):
            return script.pop()
        if best is not None and best in self._codings:
            self._codings.remove(best)
        return best

    def _when(self, due: Due) -> float:
        return max(due.minute, self._later.get(due.about, 0.0))

    # what happens whatever people do, last first

    def _script(self, start: float, until: float) -> list[Due]:
        arrivals = [visitor.arrives for visitor in self.visitors]
        first, last = bisect_right(arrivals, start), bisect_right(arrivals, until)
        found = [Due(arrivals[n], ("arrive", n), partial(self._arrive, n)) for n in range(first, last)]
        for index, aside in enumerate(self.whole.asides):
            if start < aside.at <= until:
                found.append(Due(aside.at, ("aside", index), partial(self._aside, index)))
        for index, missing in enumerate(self.whole.missing):
            if missing.cancelled and start < missing.called_off_at <= until:
                off = partial(self._call_off, index)
                found.append(Due(missing.called_off_at, ("call off", index), off))
        for hour in range(24):
            if start < (hour + 1) * 60 <= until and any(
                o < (hour + 1) * 60 <= c + 60 for o, c in self.whole.hours
            ):
                found.append(Due((hour + 1) * 60.0, ("door", hour), partial(self._door, hour)))
        return sorted(found, key=lambda due: -due.minute)

    def _arrive(self, index: int, clock: float) -> None:
        self.hands.arrive(index, self.visitors[index], self.hands.when(clock))

    def _aside(self, index: int, _clock: float) -> None:
        self.hands.aside(index, self.whole.asides[index])

    def _call_off(self, index: int, _clock: float) -> None:
        self.hands.call_off(index)

    def _door(self, hour: int, _clock: float) -> None:
        """The sensor counts those on tickets and in the corridor, and some more."""
        start, end = self.hands.when(hour * 60), self.hands.when(hour * 60 + 60)
        tickets = Ticket.objects.filter(centre=self.ground.centre, taken_at__gte=start, taken_at__lt=end)
        people = sum(tickets.exclude(arrival=Arrival.PHONE_CALL).values_list("size", flat=True))
        asides = [aside for aside in self.whole.asides if hour * 60 <= aside.at < hour * 60 + 60]
        people += sum(aside.size for aside in asides if aside.channel in ("corridor", "desk"))
        self.hands.passages(hour, Counter({hour: people}))

    # visitors who wait

    def _visitors(self, sight: Sight) -> Iterator[Due]:
        ends = self.whole.closes + OVERTIME
        for ticket in sight.parked:
            minute = self.ground.minute(ticket.parked_until or ticket.state_since)
            yield Due(minute, ("back", ticket.pk), partial(self._back, ticket))
        for ticket in sight.waiting:
            index = self.numbers.get(ticket.key)
            if index is None:
                continue
            visitor, came = self.visitors[index], self.ground.minute(ticket.taken_at)
            first_wait = ticket.state_since == ticket.taken_at
            if first_wait and visitor.asks_for_time_after is not None:
                minute = came + visitor.asks_for_time_after
                yield Due(minute, ("time", ticket.pk), partial(self._time, ticket))
            patience = came + visitor.patience if first_wait or ticket.parked_until else ends
            yield Due(min(patience, ends), ("leave", ticket.pk), partial(self._leave, ticket))

    def _back(self, ticket: Ticket, clock: float) -> None:
        actions.come_back(ticket=ticket, at=self.hands.when(clock))

    def _time(self, ticket: Ticket, clock: float) -> None:
        actions.ask_for_time(ticket=ticket, at=self.hands.when(clock))

    def _leave(self, ticket: Ticket, clock: float) -> None:
        actions.leave(ticket=ticket, at=self.hands.when(clock))

    # advisers

    def _seats(self, sight: Sight) -> Iterator[Due]:
        sitting = {one.robot for one in sight.sittings}
        for number, duty in enumerate(self.duties):
            if number not in sitting and number not in sight.came_today and self.crew[number]:
                yield Due(duty.starts, ("open", number), partial(self._open, number, duty))
        for one in sight.sittings:
            if one.robot < len(self.duties):
                yield from self._seat(one, self.duties[one.robot], sight)

    def _open(self, number: int, duty: Duty, clock: float) -> None:
        place = free_place(self.ground, self._look().taken)
        person = self.crew[number]
        if clock > duty.ends - 15 or place is None or person is None:
            self._later["open", number] = clock + (1.0 if clock < duty.ends - 15 else 24 * 60)
            return
        themes = [self.ground.themes[key] for key in duty.themes]
        at, (desk, spot) = self.hands.when(clock), place
        actions.open_seat(
            desk=desk, place=spot, person=person, themes=themes, languages=duty.languages, at=at
        )

    def _seat(self, one: Sitting, duty: Duty, sight: Sight) -> Iterator[Due]:
        """What the adviser of one seat does next: one thing, or nothing before somebody comes."""
        about, opened = (one.seat.pk, one.talks), self.ground.minute(one.seat.opened_at)
        if one.ticket is not None:
            yield self._with_visitor(one, one.ticket)
            return
        if one.seat.paused_at is not None:
            minute = self.ground.minute(one.seat.paused_at) + duty.pause
            yield Due(minute, ("resume", *about), partial(self._resume, one.seat))
            return
        random = self.whole.random("rest", one.robot, one.talks)
        rested = opened if one.rested_from is None else self.ground.minute(one.rested_from)
        ready = rested + random.uniform(*AFTER_TALK if one.talks else REACTS)
        first = next((ticket for ticket in sight.waiting if one.takes(ticket)), None)
        stays = duty.ends > self.whole.closes - LAST_HALF_DAY and first is not None
        ends = self.whole.closes + OVERTIME if stays else duty.ends
        if duty.pause_at is not None and rested - 30 < duty.pause_at < duty.ends - 10 and one.talks:
            yield Due(max(duty.pause_at, ready), ("pause", one.robot), partial(self._pause, one, duty))
        yield Due(max(ends, ready), ("close", *about), partial(self._close, one.seat))
        if first is not None:
            noticed = self.ground.minute(first.state_since) + random.uniform(*REACTS)
            minute = max(ready, noticed)
            if minute < ends:
                yield Due(minute, ("call", *about), partial(self._call, one.seat))

    def _with_visitor(self, one: Sitting, ticket: Ticket) -> Due:
        visitor, since = self._visitor(ticket), self.ground.minute(ticket.state_since)
        about = (one.seat.pk, ticket.pk)
        if ticket.state == State.INTERVIEW:
            talk = self._talks_before(ticket)
            minutes = visitor.talks_again if talk and visitor.talks_again else visitor.talks
            finish = partial(self._finish, one.seat, ticket, visitor, talk, minutes)
            return Due(since + minutes, ("finish", *about), finish)
        if visitor.comes_when_called or self._talks_before(ticket):
            return Due(since + visitor.walks, ("start", *about), partial(self._start, one.seat, ticket))
        if ticket.recalled_at is None:
            return Due(since + RECALL, ("recall", *about), partial(self._recall, one.seat, ticket))
        absent = self.ground.minute(ticket.recalled_at) + ticket.centre.no_show_minutes
        return Due(absent, ("absent", *about), partial(self._absent, one.seat, ticket))

    def _talks_before(self, ticket: Ticket) -> int:
        ended = Period.objects.filter(ticket=ticket, state=State.INTERVIEW, undone_at=None)
        return ended.exclude(ended_at=None).count()

    def _visitor(self, ticket: Ticket) -> Visitor:
        """Who holds the ticket: as drawn, or somebody whom nobody drew."""
        index = self.numbers.get(ticket.key)
        if index is not None:
            return self.visitors[index]
        random = self.whole.random("stranger", ticket.number)
        return Visitor(
            arrives=self.ground.minute(ticket.taken_at),
            theme=ticket.theme.key,
            language=ticket.language,
            way=ticket.arrival,
            size=ticket.size,
            walks=1.5,
            talks=lasting(self.ground.public.talks[ticket.theme.key], random)
            if ticket.theme.key in self.ground.public.talks
            else 15.0,
        )

    def _call(self, seat: Seat, clock: float) -> None:
        actions.call_next(seat=seat, at=self.hands.when(clock))

    def _start(self, seat: Seat, ticket: Ticket, clock: float) -> None:
        actions.start_interview(seat=seat, ticket=ticket, at=self.hands.when(clock))

    def _recall(self, seat: Seat, ticket: Ticket, clock: float) -> None:
        actions.recall(seat=seat, ticket=ticket, at=self.hands.when(clock))

    def _absent(self, seat: Seat, ticket: Ticket, clock: float) -> None:
        # A hair later: the action compares instants, and minutes of the day are rounded to microseconds.
        actions.mark_no_show(seat=seat, ticket=ticket, at=self.hands.when(clock + 1e-6))

    def _pause(self, one: Sitting, duty: Duty, clock: float) -> None:
        self._later["pause", one.robot] = 24 * 60.0
        if clock < duty.ends - 10:
            actions.pause_seat(seat=one.seat, at=self.hands.when(clock))

    def _resume(self, seat: Seat, _clock: float) -> None:
        actions.resume_seat(seat=seat)

    def _close(self, seat: Seat, clock: float) -> None:
        actions.close_seat(seat=seat, at=self.hands.when(clock))

    def _finish(
        self, seat: Seat, ticket: Ticket, visitor: Visitor, talk: int, minutes: float, clock: float
    ) -> None:
        at, index = self.hands.when(clock), self.numbers.get(ticket.key)
        number = index if index is not None else STRANGERS + ticket.number
        code = partial(self._code, number, visitor, ticket, seat, talk, minutes, at)
        self._codings.append(Due(clock + CODING, ("code", ticket.pk, talk), code))
        if talk == 0 and visitor.then_to and self._somebody_for(visitor, seat):
            target = Target(theme=self.ground.themes[visitor.then_to])
            actions.transfer(ticket=ticket, to=target, at=at)
            return
        actions.finish_interview(seat=seat, ticket=ticket, at=at)
        if index is not None:
            self.hands.voice(index, visitor)

    def _somebody_for(self, visitor: Visitor, seat: Seat) -> bool:
        theme = self.ground.themes[visitor.then_to].pk
        sittings = self._look().sittings
        others = [one for one in sittings if one.seat.pk != seat.pk and theme in one.themes]
        return any(visitor.language in one.seat.languages for one in others)

    def _code(
        self,
        number: int,
        visitor: Visitor,
        ticket: Ticket,
        seat: Seat,
        talk: int,
        minutes: float,
        ended: datetime,
        _clock: float,
    ) -> None:
        ticket.state_since = ended  # as it stood when the talk ended, whatever came since
        self.hands.code(number, visitor, ticket, seat, talk, minutes)
