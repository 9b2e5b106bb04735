"""Writes days that are over (and the one that is under way) as the real actions would have: test_past.py compares them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

from parvis.centres.visitor_words import word_for
from parvis.demonstration.content import Aside, Coded, walked_in
from parvis.demonstration.crew import crew_of
from parvis.demonstration.ground import Ground
from parvis.demonstration.hands import CODING, GIVES_TICKETS
from parvis.demonstration.notes import note_of
from parvis.demonstration.rows import Table, numbered_here, write_all
from parvis.demonstration.simulation import CALLED, DONE, INTERVIEW, Chair, Place, Room, simulate
from parvis.demonstration.whole_day import Missing, WholeDay
from parvis.reception.models import Act, ActCode, Arrival, Expected, Passage, Period, Profile, Seat, Ticket
from parvis.reception.models.ticket import new_token

TICKET = (
    "id key token centre_id date number word style arrival device_id expected_id theme_id language size priority_id"
    " taken_at state state_since parked_until recalled_at seat_id profile_asked_at"
)
PERIOD = "ticket_id state theme_id seat_id reason started_at ended_at"
SEAT = "id centre_id desk_id place person_id languages opened_at paused_at closed_at"
ACT = "id key centre_id date at kind ticket_id seat_id channel_id service_id language size minutes note"
EXPECTED = "id key centre_id kind at theme_id language size cancelled_at"
PROFILE = "id key centre_id date method commune_prefix"
PASSAGE = "key centre_id site_id date hour count source device_id counted_at"


@dataclass
class Ledger:
    """The tables that a day is written into, those that others point to first."""

    seats: Table = field(default_factory=lambda: Table(Seat, *SEAT.split()))
    seat_themes: Table = field(default_factory=lambda: Table(Seat.themes.through, "seat_id", "theme_id"))
    expected: Table = field(default_factory=lambda: Table(Expected, *EXPECTED.split()))
    tickets: Table = field(default_factory=lambda: Table(Ticket, *TICKET.split()))
    periods: Table = field(default_factory=lambda: Table(Period, *PERIOD.split()))
    acts: Table = field(default_factory=lambda: Table(Act, *ACT.split()))
    act_themes: Table = field(default_factory=lambda: Table(Act.themes.through, "act_id", "theme_id"))
    act_codes: Table = field(default_factory=lambda: Table(ActCode, "act_id", "code_id", "count"))
    passages: Table = field(default_factory=lambda: Table(Passage, *PASSAGE.split()))
    profiles: Table = field(default_factory=lambda: Table(Profile, *PROFILE.split()))
    answers: Table = field(default_factory=lambda: Table(Profile.answers.through, "profile_id", "code_id"))

    def tables(self) -> list[Table]:
        own = [self.seats, self.seat_themes, self.expected, self.tickets, self.periods]
        return [*own, self.acts, self.act_themes, self.act_codes, self.passages, self.profiles, self.answers]

    def write(self) -> int:
        """Sends everything and returns how many rows that was."""
        return write_all(self.tables())

    def end(self) -> None:
        """The database numbers the next rows itself again."""
        numbered_here(self.tables())


class DayWriter:
    """One day into the ledger. ``until`` is the minute up to which it has happened."""

    def __init__(self, ledger: Ledger, ground: Ground, whole: WholeDay, until: float = inf) -> None:
        self.ledger, self.ground, self.whole, self.until = ledger, ground, whole, until
        self.midnight = ground.midnight(whole.day)
        self.seats: dict[int, int] = {}  # chair -> key of its row
        self.on_the_spot: Counter[int] = Counter()  # hour -> people
        self.asks = ground.centre.asks_profile_on(whole.day)

    def write(self) -> Room:
        """Plays the day and notes everything that happened. Returns the room as it is then."""
        room = simulate(self.whole.plan, self.whole.random("room"), until=self.until)
        self._seats(room.chairs)
        for index, place in enumerate(room.places):
            self._visitor(index, place)
        for index, visitor in enumerate(self.whole.plan.visitors):
            if index >= len(room.places) and visitor.announced is not None:
                self._expected(index, None)
        for index, missing in enumerate(self.whole.missing):
            self._missing(index, missing)
        for index, aside in enumerate(self.whole.asides):
            if aside.at <= self.until:
                self._aside(index, aside)
        self._passages()
        return room

    def _at(self, minute: float | None) -> datetime | None:
        return None if minute is None else self.midnight + timedelta(minutes=minute)

    # seats

    def _seats(self, chairs: Iterable[Chair]) -> None:
        """Each adviser on the first place that is free when they come."""
        taken: dict[int, float] = {}  # place -> until when
        opened = sorted((c for c in chairs if c.opened is not None), key=lambda c: (c.opened, c.index))
        lasting = any(
            chair.closed is None for chair in opened
        )  # only of today: who sat on other days is forgotten
        crew = crew_of(self.ground, self.whole) if lasting else []
        for chair in opened:
            ends = inf if chair.closed is None else chair.closed
            begins = chair.opened or 0.0
            spot = next(n for n in range(len(self.ground.places)) if taken.get(n, -1) <= begins)
            taken[spot] = ends
            desk, place = self.ground.places[spot]
            robot = crew[chair.index] if chair.closed is None else None
            person = robot.pk if robot else None
            key = self.seats[chair.index] = self.ledger.seats.next_key()
            times = (self._at(begins), self._at(chair.paused_at), self._at(chair.closed))
            languages = list(chair.duty.languages)
            self.ledger.seats.add(key, self.ground.centre.pk, desk.pk, place, person, languages, *times)
            for theme in chair.duty.themes:
                self.ledger.seat_themes.add(key, self.ground.themes[theme].pk)

    # visitors

    def _visitor(self, index: int, place: Place) -> None:
        ground, visitor = self.ground, place.visitor
        key = self.ledger.tickets.next_key()
        expected = self._expected(index, place) if visitor.announced is not None else None
        device = ground.devices.get(GIVES_TICKETS.get(visitor.way, ""))
        priority = ground.codes["priority", visitor.priority].pk if visitor.priority else None
        last = place.steps[-1]
        style = str(ground.centre.ticket_style)
        number = place.number
        self.ledger.tickets.add(
            key,
            self.whole.key("visitor", index),
            new_token(),
            ground.centre.pk,
            self.whole.day,
            number,
            word_for(self.whole.day, ground.centre.pk, number) if style == "word" else "",
            style,
            visitor.way,
            device.pk if device else None,
            expected,
            ground.themes[place.theme].pk,
            visitor.language,
            visitor.size,
            priority,
            self._at(visitor.arrives),
            place.state,
            self._at(place.since),
            self._at(place.parked_until),
            self._recalled(place),
            self.seats[last.seat] if last.seat is not None else None,
            self._voice(index, place),
        )
        if visitor.way != Arrival.PHONE_CALL:
            self.on_the_spot[int(visitor.arrives // 60)] += visitor.size
        self._periods(key, place)
        self._acts(key, index, place)

    def _voice(self, index: int, place: Place) -> datetime | None:
        """On a sample day, after the last talk. Returns when the questions were put."""
        if not self.asks or place.state != DONE:
            return None
        voice = self.whole.voice(index, place.visitor)
        if voice is None:
            return None
        ground, ledger = self.ground, self.ledger
        key = self.whole.key("voice", index)
        ledger.profiles.add(voice.row, key, ground.centre.pk, self.whole.day, voice.method, voice.commune)
        for entry in voice.answers.items():
            ledger.answers.add(voice.row, ground.codes[entry].pk)
        return self._at(place.since)

    def _recalled(self, place: Place) -> datetime | None:
        """Kept while they are called; forgotten with the next state."""
        happened = place.recalled is not None and place.recalled <= self.until
        return self._at(place.recalled) if happened and place.state == CALLED else None

    def _periods(self, key: int, place: Place) -> None:
        for step in place.steps:
            seat = self.seats[step.seat] if step.seat is not None else None
            theme = self.ground.themes[step.theme].pk
            times = (self._at(step.starts), self._at(step.ends))
            self.ledger.periods.add(key, step.state, theme, seat, "", *times)

    def _expected(self, index: int, place: Place | None) -> int:
        visitor = self.whole.plan.visitors[index]
        kind = Expected.Kind.CLASS if visitor.way == Arrival.CLASS else Expected.Kind.APPOINTMENT
        key = self.ledger.expected.next_key()
        self.ledger.expected.add(
            key,
            self.whole.key("expected", index),
            self.ground.centre.pk,
            kind.value,
            self._at(visitor.announced),
            self.ground.themes[visitor.theme].pk,
            visitor.language,
            visitor.size,
            None,
        )
        return key

    def _missing(self, index: int, missing: Missing) -> None:
        row = (self.ground.centre.pk, "appointment", self._at(missing.noted_for))
        told = missing.cancelled and missing.called_off_at <= self.until
        cancelled_at = self._at(missing.called_off_at) if told else None
        key, theme = self.whole.key("missing", index), self.ground.themes[missing.theme].pk
        self.ledger.expected.add(
            self.ledger.expected.next_key(), key, *row, theme, missing.language, 1, cancelled_at
        )

    # acts

    def _acts(self, ticket: int, index: int, place: Place) -> None:
        talks = [step for step in place.steps if step.state == INTERVIEW and step.ends is not None]
        channel = "phone" if place.visitor.way == Arrival.PHONE_CALL else "desk"
        coded_at: set[int | None] = set()  # handed over and back to the same seat: one act
        for number, step in enumerate(talks):
            ends = step.ends or 0.0
            told = self.whole.coded(index, place.visitor, step.theme, number)
            if told is None or ends + CODING > self.until or step.seat in coded_at:
                continue
            coded_at.add(step.seat)
            key = self.whole.key("act", index, number)
            seat = self.seats[step.seat or 0]
            minutes = max(1, round(ends - step.starts))
            about = (channel, step.theme, place.visitor.language, place.visitor.size, minutes)
            self._act(key, ends + CODING, told, about, ticket, seat)

    def _aside(self, index: int, aside: Aside) -> None:
        key, language = self.whole.key("aside", index), self.ground.centre.language
        if aside.channel in ("corridor", "desk"):
            self.on_the_spot[int(aside.at // 60)] += aside.size
        told = self.whole.coded_aside(index, aside)
        about = (aside.channel, aside.theme, "" if aside.non_contact else language, aside.size, aside.minutes)
        self._act(key, aside.at, told, about)

    def _act(
        self,
        key: object,
        minute: float,
        told: Coded,
        about: tuple[str, str, str, int, int],
        ticket: int | None = None,
        seat: int | None = None,
    ) -> None:
        channel, theme, language, size, lasted = about
        codes, row = self.ground.codes, self.ledger.acts.next_key()
        kind = Act.Kind.GROUP if size > 1 else Act.Kind.INDIVIDUAL
        kind = kind if theme else Act.Kind.NON_CONTACT
        self.ledger.acts.add(
            row,
            key,
            self.ground.centre.pk,
            self.whole.day,
            self._at(minute),
            kind.value,
            ticket,
            seat,
            codes["channel", channel].pk,
            codes["service", told.service].pk if told.service else None,
            language,
            size,
            lasted,
            note_of(self.ground.centre.language, told.note),
        )
        if theme:
            self.ledger.act_themes.add(row, self.ground.themes[theme].pk)
        for entry in told.codes:
            if entry in codes:
                self.ledger.act_codes.add(row, codes[entry].pk, size)
        for age, count in told.ages.items():
            self.ledger.act_codes.add(row, codes["age_band", age].pk, count)

    def _passages(self) -> None:
        """What the sensor at the door sent after each full hour."""
        for hour in sorted(self.on_the_spot):
            if (hour + 1) * 60 > self.until:
                continue
            self.ledger.passages.add(
                self.whole.key("passages", hour),
                self.ground.centre.pk,
                self.ground.site.pk,
                self.whole.day,
                hour,
                walked_in(self.on_the_spot[hour], self.whole.random("door", hour)),
                Passage.Source.SENSOR.value,
                self.ground.devices["sensor"].pk,
                self._at(hour * 60 + 59.5),
            )
