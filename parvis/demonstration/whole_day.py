"""One day of a demonstration centre before it happens: the same whenever it is drawn, whoever then plays it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from parvis.demonstration.arrivals import Circumstances, DayPlan, Hours, Visitor, in_school_holidays, plan_day
from parvis.demonstration.content import (
    ASKED,
    CODED,
    PUPILS,
    Aside,
    Coded,
    asides_of,
    coded,
    pick,
    profile_answers,
)
from parvis.demonstration.publics import CITE, OHJAAMO, Public

PUBLICS = {"cite_des_metiers": CITE, "ohjaamo": OHJAAMO}  # service model -> who comes


@dataclass(frozen=True)
class Missing:
    """An appointment that was noted and not kept."""

    noted_for: float
    theme: str
    language: str
    cancelled: bool

    @property
    def called_off_at(self) -> float:
        """When they say so, if they do."""
        return self.noted_for - 45


@dataclass(frozen=True)
class Voice:
    """What one visitor said about themselves; kept apart from their ticket."""

    method: str
    answers: Mapping[str, str]  # list -> key
    commune: str
    row: int  # keys at random, so that rows do not stand in the order of the visits


@dataclass(frozen=True)
class WholeDay:
    """Everything that is to happen on ``day``, drawn from ``seed``; keys make each of it happen once."""

    seed: str
    day: date
    hours: Hours
    public: Public

    def random(self, *about: object) -> Random:
        """A generator of its own for one thing, so that things can be drawn in any order."""
        return Random("/".join(map(str, (self.seed, self.day, *about))))  # noqa: S311

    def key(self, *about: object) -> UUID:
        """The key of one thing's rows."""
        return uuid5(NAMESPACE_URL, "/".join(map(str, ("parvis", self.seed, self.day, *about))))

    @cached_property
    def around(self) -> Circumstances:
        return Circumstances(school_holiday=in_school_holidays(self.day))

    @cached_property
    def plan(self) -> DayPlan:
        return plan_day(self.public, self.day, self.hours, self.random("plan"), self.around)

    @cached_property
    def asides(self) -> list[Aside]:
        return asides_of(self.public, self.day, self.hours, self.random("asides"), self.around)

    @cached_property
    def missing(self) -> list[Missing]:
        """A few appointments that nobody keeps."""
        random = self.random("missing")
        kept = [visitor for visitor in self.plan.visitors if visitor.way == "appointment"]
        return [
            Missing(float(visitor.announced or 0), visitor.theme, visitor.language, random.random() < 0.4)
            for visitor in kept
            if random.random() < 0.13
        ]

    @property
    def closes(self) -> int:
        """The minute of the last closing; 0 on a closed day."""
        return max((closes for _opens, closes in self.hours), default=0)

    def coded(self, index: int, visitor: Visitor, theme: str, talk: int) -> Coded | None:
        """How the ``talk``-th talk of a visitor is coded; None where the adviser forgets to."""
        random = self.random("talk", index, talk)
        if random.random() >= CODED:
            return None
        if visitor.way != "class":
            return coded(random, theme, self.public.ages, size=visitor.size)
        pupils = {age: share for age, share in self.public.ages.items() if age in PUPILS}
        return coded(random, theme, pupils, size=visitor.size, service="class_visit")

    def coded_aside(self, index: int, aside: Aside) -> Coded:
        """How something without a ticket is coded."""
        if aside.non_contact:
            return Coded("", (("non_contact", aside.non_contact),))
        random = self.random("aside", index)
        return coded(random, aside.theme, self.public.ages, size=aside.size, service=aside.service)

    def voice(self, index: int, visitor: Visitor) -> Voice | None:
        """The voluntary questions on a sample day; None where they are not put to this visitor."""
        random = self.random("voice", index)
        if visitor.size > 1 or random.random() >= ASKED:
            return None
        method = "own_screen" if visitor.way in ("kiosk", "phone_page") else "asked"
        answers = profile_answers(random, self.public)
        communes = self.public.communes
        commune = pick(random, communes) if answers is not None else ""
        return Voice(method, answers or {}, commune, random.getrandbits(53))
