"""Plays a simulated day through the actions that people use, at the minutes at which it happened in the simulation."""

from __future__ import annotations

import heapq
from itertools import count

from parvis.demonstration.hands import CODING, Hands
from parvis.demonstration.past import DayWriter, Ledger
from parvis.demonstration.simulation import CALLED, DONE, INTERVIEW, LEFT, NO_SHOW, PARKED, WAITING, simulate
from parvis.reception import actions
from parvis.reception.actions.transfers import Target
from parvis.reception.models import Ticket


class Replay:
    """One day, event by event, in order."""

    def __init__(self, ground, whole):
        self.ground, self.hands = ground, Hands(ground, whole)
        self.events, self.order = [], count()
        self.seats, self.tickets = {}, {}
        self.room = simulate(whole.plan, whole.random("room"))
        self.writer = DayWriter(Ledger(), ground, whole)
        self.writer.write()  # only for where each adviser sits and how many came

    def at(self, minute, happen):
        heapq.heappush(self.events, (minute, next(self.order), happen))

    def run(self):
        self.hands.note_expected()
        for index, missing in enumerate(self.hands.whole.missing):
            if missing.cancelled:
                self.at(missing.called_off_at, lambda index=index: self.hands.call_off(index))
        self.plan_seats()
        for index, place in enumerate(self.room.places):
            self.plan_visitor(index, place)
        for index, aside in enumerate(self.hands.whole.asides):
            self.at(aside.at, lambda index=index, aside=aside: self.hands.aside(index, aside))
        while self.events:
            _minute, _order, happen = heapq.heappop(self.events)
            happen()
        for hour in self.writer.on_the_spot:
            self.hands.passages(hour, self.writer.on_the_spot)

    def plan_seats(self):
        rows = {row[0]: row for row in self.writer.ledger.seats.rows}
        desks = {desk.pk: desk for desk in self.ground.desks}
        for chair in (chair for chair in self.room.chairs if chair.opened is not None):
            row = rows[self.writer.seats[chair.index]]
            self.at(chair.opened, lambda c=chair, row=row: self.open(c, desks[row[2]], row[3]))
            self.at(chair.closed, lambda c=chair: self.close(c))

    def open(self, chair, desk, place):
        free = [robot for robot in self.ground.robots if not robot.seats.filter(closed_at=None).exists()]
        self.seats[chair.index] = actions.open_seat(
            desk=desk,
            place=place,
            person=free[0],
            themes=[self.ground.themes[key] for key in chair.duty.themes],
            languages=chair.duty.languages,
            at=self.hands.when(chair.opened),
        )

    def close(self, chair):
        actions.close_seat(seat=self.seats[chair.index], at=self.hands.when(chair.closed))

    def plan_visitor(self, index, place):
        talks = 0
        for number, step in enumerate(place.steps):
            before = place.steps[number - 1].state if number else None
            self.at(step.starts, lambda s=step, b=before: self.step(index, place, s, b))
            if step.state == NO_SHOW:
                self.at(place.recalled, lambda s=step: self.recall(index, place, s))
            if step.state == INTERVIEW:
                self.at(step.ends + CODING, lambda s=step, n=talks: self.code(index, place, s, n))
                talks += 1

    def recall(self, index, place, step):
        at = self.hands.when(place.recalled)
        actions.recall(seat=self.seats[step.seat], ticket=self.tickets[index], at=at)

    def code(self, index, place, step, talk):
        ticket = Ticket.objects.get(pk=self.tickets[index].pk)
        ticket.theme, ticket.state_since = self.ground.themes[step.theme], self.hands.when(step.ends)
        self.hands.code(index, place.visitor, ticket, self.seats[step.seat], talk, step.ends - step.starts)

    def step(self, index, place, step, before):
        at, ticket, seat = self.hands.when(step.starts), self.tickets.get(index), self.seats.get(step.seat)
        if before is None:
            self.tickets[index] = self.hands.arrive(index, place.visitor, at)
        elif step.state == WAITING and before == PARKED:
            actions.come_back(ticket=ticket, at=at)
        elif step.state == WAITING:
            actions.transfer(ticket=ticket, to=Target(theme=self.ground.themes[step.theme]), at=at)
        elif step.state == CALLED:
            called = actions.call_next(seat=seat, at=at)
            assert called.pk == ticket.pk, "the simulation follows the same fair order"
        elif step.state == INTERVIEW:
            actions.start_interview(seat=seat, ticket=ticket, at=at)
        elif step.state == DONE:
            actions.finish_interview(seat=seat, ticket=ticket, at=at)
            self.hands.voice(index, place.visitor)
        elif step.state == NO_SHOW:
            actions.mark_no_show(seat=seat, ticket=ticket, at=at)
        elif step.state == PARKED:
            actions.ask_for_time(ticket=ticket, at=at)
        else:
            assert step.state == LEFT
            actions.leave(ticket=ticket, at=at)
