"""Drawn hours, who came in them, and whether somebody is asked now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum

from parvis.centres.models import Centre
from parvis.surveys import counted
from parvis.surveys.models import Collection, DrawnSlot, Refusals, Response, Sample
from parvis.surveys.sampling import Cluster, Hoped, Part, Stratum, Unit, expected_margin, slots_needed
from parvis.surveys.sampling.frame import NOON

LATER = timedelta(minutes=30)  # whoever came before the end may still be answering
USUAL_ANSWER = 0.6  # the part of those asked who answer, where no survey of the centre tells


@dataclass(frozen=True)
class SlotLine:
    """One drawn slot: contacts counted, answers, refusals."""

    slot: DrawnSlot
    contacts: int
    answered: int
    declined: int

    @property
    def asked(self) -> int:
        """Those who came; where fewer were counted than were asked, those who were asked."""
        return max(self.contacts, self.answered + self.declined)


@dataclass(frozen=True)
class Sampled:
    """A sample survey as far as it has come: until ``until``. ``contacts`` by part of the day, over the whole frame."""

    sample: Sample
    lines: list[SlotLine]
    contacts: Mapping[str, int]
    until: date

    @property
    def held(self) -> list[SlotLine]:
        """Slots that have come: one that is still to come, or fell away because the survey ended, says nothing."""
        return [line for line in self.lines if line.slot.day <= self.until]

    @property
    def drawn(self) -> int:
        """How many slots."""
        return len(self.lines)

    @property
    def slots(self) -> int:
        """How many there were to draw from."""
        return sum(self.sample.frame.values())

    @property
    def asked(self) -> int:
        """Contacts of the drawn slots."""
        return sum(line.asked for line in self.held)

    @property
    def answered(self) -> int:
        """Answers that came in them."""
        return sum(line.answered for line in self.held)

    @property
    def rate(self) -> float | None:
        """The part of those asked who answered."""
        return self.answered / self.asked if self.asked else None

    def strata(self, by_day: Mapping[date, Cluster]) -> list[Stratum]:
        """What the estimates are made from; a drawn slot without an answer is one, too."""
        found = []
        for part, slots in sorted(self.sample.frame.items()):
            lines = [line for line in self.held if line.slot.part == part]
            none = Cluster(0, 0, 0)
            clusters = [(by_day.get(line.slot.day, none), line.asked) for line in lines]
            drawn = tuple(Cluster(c.answers, c.total, c.squares, asked) for c, asked in clusters)
            found.append(Stratum((part,), slots, self.contacts.get(part, 0), drawn))
        return found

    def strata_of(self, by_day: Mapping[date, Cluster], everybody: Mapping[date, int]) -> list[Stratum]:
        """The same of some of those who answered: a stratum stands for as many of its contacts as it has of them among its answers.

        ``everybody``: how many answered on each day, of whom ``by_day`` holds some.
        """
        found = []
        for one, whole in zip(self.strata(by_day), self._of_all(everybody), strict=True):
            part = one.answers / whole if whole else 0.0
            drawn = tuple(
                replace(cluster, asked=max(cluster.answers, round(cluster.asked * part)))
                for cluster in one.drawn
            )
            found.append(replace(one, contacts=round(one.contacts * part), drawn=drawn))
        return found

    def _of_all(self, everybody: Mapping[date, int]) -> list[int]:
        """How many answered in each stratum."""
        return [
            sum(everybody.get(line.slot.day, 0) for line in self.held if line.slot.part == part)
            for part, _slots in sorted(self.sample.frame.items())
        ]


def sampled(collection: Collection, until: date) -> Sampled | None:
    """A sample as it stands, slots after ``until`` left out of what was asked; None where nothing was drawn: seven queries."""
    sample = (
        Sample.objects.select_related("site").prefetch_related("slots").filter(collection=collection).first()
    )
    if sample is None or collection.centre is None or collection.closes_on is None:
        return None
    answered = dict(
        Response.objects.filter(collection=collection).values_list("day").annotate(n=Count("pk")).order_by()
    )
    declined = dict(
        Refusals.objects.filter(collection=collection).values_list("day").annotate(n=Sum("number")).order_by()
    )
    last = min(until, collection.closes_on)
    came = (
        counted.contacts(collection.centre, collection.opens_on, last) if last >= collection.opens_on else []
    )
    by_day: dict[date, list[time]] = {}
    for day, at in came:
        by_day.setdefault(day, []).append(at)
    lines = [
        SlotLine(
            slot,
            sum(slot.holds(at) for at in by_day.get(slot.day, [])),
            answered.get(slot.day, 0),
            declined.get(slot.day, 0),
        )
        for slot in sample.slots.all()
    ]
    # While it goes on, contacts of the whole frame are not known yet: strata stand for as many a slot as in the drawn ones.
    whole = last == collection.closes_on
    return Sampled(sample, lines, Counter(part_of(sample, at) for _day, at in came) if whole else {}, last)


def part_of(sample: Sample, at: time) -> str:
    """The stratum in which somebody came."""
    if sample.unit == Unit.DAY:
        return Part.WHOLE
    return Part.MORNING if at.hour * 60 + at.minute < NOON else Part.AFTERNOON


def is_asked_now(collection: Collection, at: datetime) -> bool:
    """Whether a survey is in one of its drawn hours; always, where none were drawn: two queries."""
    sample = Sample.objects.filter(collection=collection).first()
    centre = collection.centre
    if sample is None or centre is None:
        return True
    local = centre.local(at)
    slot = sample.slots.filter(day=local.date()).first()
    if slot is None:
        return False
    ends = datetime.combine(local.date(), slot.closes, centre.zone) + LATER
    return local.time() >= slot.opens and local < ends


def hoped(centre: Centre, slots: int, days: int, strata: int, at: datetime) -> Hoped:
    """What may be expected of a period as long as ``days``, by the contacts of as many days before: two queries."""
    today = centre.local_day(at)
    came = len(counted.contacts(centre, today - timedelta(days=days), today - timedelta(days=1)))
    return Hoped(slots, came, USUAL_ANSWER, strata)


def margins(assumed: Hoped, most: int) -> list[tuple[int, int, float]]:
    """For some numbers of slots: how many answers, and how sure a share near one half would be (in points)."""
    if not assumed.contacts:
        return []
    steps = [n for n in (6, 8, 10, 12, 16, 20, 24, 30, 40, 60) if n <= most]
    return [(n, round(assumed.answers(n)), 100 * expected_margin(assumed, n)) for n in steps]


def number_for(assumed: Hoped, points: float, most: int) -> int | None:
    """How many slots a wished margin needs; None where there are not so many days."""
    needed = slots_needed(assumed, points / 100) if assumed.contacts else None
    return needed if needed and needed <= most else None
