"""What robots do, with the same actions as people: each step of the drawn day, at the moment that it is told."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from parvis.demonstration.arrivals import Visitor
from parvis.demonstration.content import Aside, Coded, walked_in
from parvis.demonstration.ground import Ground
from parvis.demonstration.notes import note_of
from parvis.demonstration.whole_day import WholeDay
from parvis.reception import actions
from parvis.reception.actions.acts import Coding
from parvis.reception.models import Act, Arrival, Expected, Profile, Seat, Ticket

GIVES_TICKETS = {"kiosk": "kiosk", "phone_page": "door"}  # way in -> kind of the device
CODING = 0.5  # minutes from the end of a talk to its act


@dataclass(frozen=True)
class About:
    """What an act is about, beside its codes."""

    channel: str
    theme: str
    size: int
    minutes: int
    language: str


@dataclass(frozen=True)
class Hands:
    """Does what was drawn for one day. Every step can be repeated: keys make it happen once."""

    ground: Ground
    whole: WholeDay

    def when(self, minute: float) -> datetime:
        """A minute of the day as an instant."""
        return self.ground.instant(self.whole.day, minute)

    # visitors

    def note_expected(self) -> None:
        """In the morning, appointments and classes stand in the book."""
        for index, visitor in enumerate(self.whole.plan.visitors):
            if visitor.announced is not None:
                kind = Expected.Kind.CLASS if visitor.way == Arrival.CLASS else Expected.Kind.APPOINTMENT
                about = (visitor.announced, visitor.theme, visitor.language, visitor.size)
                self._expect(self.whole.key("expected", index), kind, *about)
        for index, missing in enumerate(self.whole.missing):
            key, kind = self.whole.key("missing", index), Expected.Kind.APPOINTMENT
            self._expect(key, kind, missing.noted_for, missing.theme, missing.language, 1)

    def call_off(self, index: int) -> None:
        """Somebody says that they will not come to their appointment."""
        missing = self.whole.missing[index]
        expected = Expected.objects.get(key=self.whole.key("missing", index))
        actions.cancel_expected(expected=expected, at=self.when(missing.called_off_at))

    def _expect(
        self, key: UUID, kind: Expected.Kind, minute: float, theme: str, language: str, size: int
    ) -> Expected:
        return actions.expect(
            centre=self.ground.centre,
            key=key,
            kind=kind,
            at=self.when(minute),
            theme=self.ground.themes[theme],
            language=language,
            size=size,
        )

    def arrive(self, index: int, visitor: Visitor, at: datetime) -> Ticket:
        """A visitor comes in, by the way that was drawn."""
        key = self.whole.key("visitor", index)
        priority = self.ground.codes["priority", visitor.priority] if visitor.priority else None
        noted = Expected.objects.filter(key=self.whole.key("expected", index), cancelled_at=None).first()
        if noted:
            return actions.welcome_expected(expected=noted, key=key, at=at, priority=priority)
        arriving = actions.Arriving(
            theme=self.ground.themes[visitor.theme],
            language=visitor.language,
            arrival=Arrival(visitor.way),
            size=visitor.size,
            priority=priority,
            device=self.ground.devices.get(GIVES_TICKETS.get(visitor.way, "")),
        )
        return actions.issue_ticket(centre=self.ground.centre, arriving=arriving, key=key, at=at)

    # acts

    def code(
        self, index: int, visitor: Visitor, ticket: Ticket, seat: Seat, talk: int, minutes: float
    ) -> None:
        """The adviser codes the talk that has just ended; once for a visitor who came back to the same seat."""
        theme = ticket.theme.key
        told = self.whole.coded(index, visitor, theme, talk)
        if told is None:
            return
        channel = "phone" if visitor.way == Arrival.PHONE_CALL else "desk"
        about = About(channel, theme, visitor.size, max(1, round(minutes)), visitor.language)
        ended = ticket.state_since
        with suppress(actions.AlreadyCoded, actions.NotCoded):
            self._record(
                self.whole.key("act", index, talk), told, about, self._coding_time(ended), ticket, seat
            )

    def _coding_time(self, ended: datetime) -> datetime:
        return self.when(self.ground.minute(ended) + CODING)

    def aside(self, index: int, aside: Aside) -> None:
        """Somebody is answered without a ticket."""
        told = self.whole.coded_aside(index, aside)
        language = "" if aside.non_contact else self.ground.centre.language
        about = About(aside.channel, aside.theme, aside.size, aside.minutes, language)
        self._record(self.whole.key("aside", index), told, about, self.when(aside.at))

    def _record(
        self,
        key: UUID,
        told: Coded,
        about: About,
        at: datetime,
        ticket: Ticket | None = None,
        seat: Seat | None = None,
    ) -> None:
        codes, kind = self.ground.codes, Act.Kind.GROUP if about.size > 1 else Act.Kind.INDIVIDUAL
        coding = Coding(
            kind=kind if about.theme else Act.Kind.NON_CONTACT,
            channel=codes["channel", about.channel],
            themes=[self.ground.themes[about.theme]] if about.theme else [],
            codes=[codes[entry] for entry in told.codes if entry in codes],
            totals={codes["age_band", age]: count for age, count in told.ages.items()},
            service=codes["service", told.service] if told.service else None,
            size=about.size,
            minutes=about.minutes,
            language=about.language,
            note=note_of(self.ground.centre.language, told.note),
        )
        centre = self.ground.centre
        actions.record_act(centre=centre, key=key, coding=coding, at=at, ticket=ticket, seat=seat)

    def voice(self, index: int, visitor: Visitor) -> None:
        """On a sample day, after the last talk: the voluntary questions."""
        if not self.ground.centre.asks_profile_on(self.whole.day):
            return
        if voice := self.whole.voice(index, visitor):
            actions.answer_profile(
                centre=self.ground.centre,
                key=self.whole.key("voice", index),
                method=Profile.Method(voice.method),
                day=self.whole.day,
                answers=[self.ground.codes[entry] for entry in voice.answers.items()],
                commune_prefix=voice.commune,
            )

    # the door

    def passages(self, hour: int, people: Mapping[int, int]) -> None:
        """The sensor tells of a full hour, given how many people of it are accounted for."""
        actions.count_passages(
            site=self.ground.site,
            key=self.whole.key("passages", hour),
            count=walked_in(people.get(hour, 0), self.whole.random("door", hour)),
            at=self.when(hour * 60 + 59.5),
            device=self.ground.devices["sensor"],
        )
