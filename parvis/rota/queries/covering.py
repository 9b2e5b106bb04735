"""Who could come instead, and with what consequences: the planner's own rules, asked about one half-day and its week."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.rota.duties import duty_of
from parvis.rota.models import CoverAsk, CoverCall, DutySlot, HalfDay, Swap
from parvis.rota.planning import repair as engine
from parvis.rota.planning.problem import Duty, Problem, Subject, Wish
from parvis.rota.planning.swaps import problems_of, who_could
from parvis.rota.queries.problem import Horizon, as_duty, monday, problem_for, published_duties

State = DutySlot.State
SECONDS = 2.0  # for proposals: somebody waits for them
ASKED_AT_MOST = 60


@dataclass(frozen=True)
class Around:
    """The rota around some half-days, as the planner reads it: what is asked, and who is on duty of those it knows."""

    problem: Problem
    plan: frozenset[Duty]
    first: date


@dataclass(frozen=True)
class Candidate:
    """Somebody who could come without breaking a rule."""

    person: User
    gladly: bool
    rather_not: bool
    used_to: bool


@dataclass(frozen=True)
class Change:
    """What one person learns: “comes”, “goes”, or “moves” to another duty at a half-day on which they are there anyway."""

    what: str
    person: User
    half_day: HalfDay
    duty: str
    theme: Theme | None


@dataclass(frozen=True)
class Way:
    """One way to repair an absence."""

    key: str  # the same as long as it proposes the same
    changes: list[Change]
    proven: bool  # no way has fewer changes, those above it set aside
    gaps: list[str]  # rules that stay open: uncovered, language, below_minimum, unmixed

    @property
    def repairs(self) -> bool:
        """Whether it changes anything."""
        return bool(self.changes)


@dataclass(frozen=True)
class Ways:
    """What an absence asks for: ways to repair it, the one with the fewest changes first, or nothing at all."""

    found: list[Way]
    filled: bool  # every seat, language and mixed pair is there without who is absent


def around(centre: Centre, days: Collection[date], at: datetime) -> Around:
    """The rota of the weeks in which ``days`` lie: about twenty queries."""
    first, last = monday(min(days)), monday(max(days)) + timedelta(days=6)
    problem = problem_for(centre, first, last, at=at)
    known = {person.key for person in problem.people}
    plan = frozenset(duty for duty in published_duties(centre, first, last) if duty.person in known)
    return Around(problem, plan, first)


def could_cover(slot: DutySlot, at: datetime, among: Collection[int] | None = None) -> list[Candidate]:
    """Who could hold an absent colleague's slot, those who like it first; ``among``: of these people only."""
    half_day = slot.half_day
    known = around(half_day.centre, [half_day.date], at)
    duty = as_duty(slot)
    found = [
        one
        for one in who_could(known.problem, known.plan, duty.slot, duty.task)
        if one.person != slot.person_id and (among is None or one.person in among)
    ]
    spoken = _languages_missing(slot, known)
    by_key = {person.key: person for person in known.problem.people}
    found.sort(key=lambda one: not spoken <= by_key[one.person].languages)
    people = User.objects.in_bulk([one.person for one in found[:ASKED_AT_MOST]])
    return [
        Candidate(people[one.person], one.wish == Wish.PREFERS, one.wish == Wish.RATHER_NOT, one.accustomed)
        for one in found
        if one.person in people and people[one.person].is_active
    ]


def _languages_missing(slot: DutySlot, known: Around) -> set[str]:
    """Languages that the half-day needs and nobody who is left there speaks: who speaks them is asked first."""
    duty = as_duty(slot)
    here = {one.person for one in known.plan if (one.slot, one.task) == (duty.slot, duty.task)}
    spoken = [person.languages for person in known.problem.people if person.key in here]
    return {
        code
        for need in known.problem.needs
        if (need.slot, need.task) == (duty.slot, duty.task)
        for code, count in need.languages
        if sum(code in languages for languages in spoken) < count
    }


def ways(slot: DutySlot, at: datetime, among: Collection[int] | None = None) -> Ways:
    """Ways to repair the absence; none that touches somebody outside ``among``.

    Half-days that began before this one, and are begun now, stay as they are.
    """
    half_day = slot.half_day
    known = around(half_day.centre, [half_day.date], at)
    absent = as_duty(slot)
    if absent.person not in {one.key for one in known.problem.people}:
        return Ways([], filled=False)
    plan = known.plan | {absent}
    now = Horizon(half_day.centre, known.first, half_day.date).minute(at)
    begins = next(one.start for one in known.problem.slots if one.key == absent.slot)
    try:
        found = engine.repair(
            known.problem,
            plan,
            {absent.person: [absent.slot]},
            frozen_before_minute=min(now, begins),
            seconds=SECONDS,
        )
    except engine.NoRepairError:
        return Ways([], filled=False)
    shown = [_way(one, half_day.centre) for one in found if one.called_in or one.moved]
    theirs = [
        way for way in shown if among is None or all(change.person.pk in among for change in way.changes)
    ]
    return Ways(theirs, filled=not (found[0].changes or found[0].gaps))


def _way(proposal: engine.Proposal, centre: Centre) -> Way:
    steps = [("comes", duty) for duty in proposal.called_in]
    steps += [("goes", duty) for duty in proposal.cancelled]
    steps += [("moves", move.after) for move in proposal.moved]
    people = User.objects.in_bulk({duty.person for _what, duty in steps})
    half_days = HalfDay.objects.select_related("centre").in_bulk({duty.slot for _what, duty in steps})
    themes = Theme.objects.in_bulk({theme for _what, duty in steps if (theme := duty_of(duty.task)[1])})
    changes = []
    for what, duty in steps:
        kind, theme = duty_of(duty.task)
        changes.append(Change(what, people[duty.person], half_days[duty.slot], kind, themes.get(theme or 0)))
    said = repr([(what, duty.slot, duty.task, duty.person) for what, duty in steps])
    key = sha256(said.encode()).hexdigest()[:16]
    return Way(key, changes, proposal.proven, [gap.about.rule for gap in proposal.gaps])


def against(
    known: Around, *, taken_away: Collection[Duty] = (), added: Collection[Duty] = ()
) -> list[Subject]:
    """Which rules a change that people agree on would break. Somebody whom the rota does not know may take nothing."""
    people = {person.key for person in known.problem.people}
    unknown = sorted(duty for duty in added if duty.person not in people)
    if unknown:
        return [Subject("team", slot=duty.slot, person=duty.person) for duty in unknown]
    gone = [duty for duty in taken_away if duty.person in people]
    return problems_of(known.problem, known.plan, taken_away=gone, added=added)


@dataclass(frozen=True)
class Missing:
    """A slot whose holder is absent, with what is being done about it."""

    slot: DutySlot
    call: CoverCall | None
    cover: DutySlot | None

    @property
    def is_open(self) -> bool:
        """Whether nobody comes instead."""
        return self.cover is None


def missing(centre: Centre, at: datetime, institutions: Collection[int] | None = None) -> list[Missing]:
    """Absences of half-days that are not over, in the order of time: three queries. ``institutions``: of these only."""
    slots = DutySlot.objects.filter(
        centre=centre, state=State.ABSENT, half_day__date__gte=centre.local_day(at)
    )
    slots = slots.exclude(
        replaces__state=State.ABSENT
    )  # who was to replace and cannot either: the first one's line says so
    if institutions is not None:
        slots = slots.filter(institution__in=institutions)
    rows = slots.select_related(
        "half_day__centre", "half_day__site", "theme", "person", "institution", "space"
    )
    found = [
        one
        for one in rows.order_by("half_day__date", "half_day__starts", "pk")
        if one.half_day.bounds[1] > at
    ]
    calls = {one.slot_id: one for one in CoverCall.objects.filter(slot__in=found).order_by("opened_at", "pk")}
    covers = covers_of(found)
    return [Missing(one, calls.get(one.pk), covers.get(one.pk)) for one in found]


def covers_of(slots: Collection[DutySlot]) -> dict[int, DutySlot]:
    """Absent slot -> who comes instead, through all who were swapped or fell out in between: a query for each such step."""
    below = {one.pk: one.pk for one in slots}
    found: dict[int, DutySlot] = {}
    while below:
        rows = DutySlot.objects.filter(replaces__in=below).select_related("person")
        followers = {one.pk: (below[one.replaces_id or 0], one) for one in rows}
        found |= {root: one for root, one in followers.values() if one.state == State.PLANNED}
        below = {pk: root for pk, (root, one) in followers.items() if one.state != State.PLANNED}
    return found


def is_covered(slot: DutySlot) -> bool:
    """Whether somebody comes instead of who was to hold ``slot``."""
    return bool(covers_of([slot]))


@dataclass(frozen=True)
class Asked:
    """What is asked of somebody: covers and swaps that wait for their answer, and what they asked of others."""

    covers: list[CoverAsk]
    answered: list[CoverAsk]
    swaps: list[Swap]  # proposed to them
    mine: list[Swap]  # proposed by them

    @property
    def waiting(self) -> int:
        """How many wait for an answer."""
        return len(self.covers) + len(self.swaps)


def asked_of(person: User, centre: Centre, at: datetime) -> Asked:
    """What is asked of ``person`` at ``centre`` about half-days that are not over: two queries."""
    today = centre.local_day(at)
    asks = CoverAsk.objects.filter(
        person=person, call__centre=centre, call__slot__half_day__date__gte=today
    ).select_related(
        "call__slot__half_day__centre", "call__slot__half_day__site", "call__slot__theme", "call__slot__space"
    )
    ahead = [ask for ask in asks.order_by("call__slot__half_day__date", "pk") if _ahead(ask.call.slot, at)]
    waits = [
        ask for ask in ahead if ask.call.state == CoverCall.State.OPEN and ask.answer == CoverAsk.Answer.NONE
    ]
    swaps = Swap.objects.filter(centre=centre, slot__half_day__date__gte=today).select_related(
        "slot__half_day__centre", "slot__half_day__site", "slot__theme", "other_slot__half_day__centre",
        "other_slot__half_day__site", "other_slot__theme", "proposed_by", "proposed_to",
    )  # fmt: skip
    rows = list(swaps.filter(proposed_to=person) | swaps.filter(proposed_by=person))
    open_now = [one for one in rows if one.state == Swap.State.PROPOSED and _ahead(one.slot, at)]
    return Asked(
        covers=waits,
        answered=[ask for ask in ahead if ask not in waits],
        swaps=[one for one in open_now if one.proposed_to_id == person.pk],
        mine=[one for one in rows if one.proposed_by_id == person.pk],
    )


def _ahead(slot: DutySlot, at: datetime) -> bool:
    return slot.half_day.bounds[1] > at


@dataclass(frozen=True)
class Partner:
    """A colleague's slot that could be had for one's own, or a colleague who could take one's own."""

    person: User
    slot: DutySlot | None


def partners_for(slot: DutySlot, at: datetime) -> list[Partner]:
    """With whom a slot could be exchanged in its week, and who could take it, without breaking a rule."""
    half_day = slot.half_day
    known = around(half_day.centre, [half_day.date], at)
    mine = as_duty(slot)
    if mine not in known.plan:
        return []
    others = DutySlot.objects.standing().filter(centre=half_day.centre, person__is_active=True)
    others = others.between(known.first, known.first + timedelta(days=6)).exclude(person=slot.person)
    rows = others.select_related("half_day__centre", "half_day__site", "theme", "person")
    found = []
    for other in rows:
        theirs = as_duty(other)
        if other.half_day.bounds[0] <= at or theirs not in known.plan or theirs.slot == mine.slot:
            continue
        added = [Duty(mine.slot, mine.task, theirs.person), Duty(theirs.slot, theirs.task, mine.person)]
        if not against(known, taken_away=[mine, theirs], added=added) and other.person:
            found.append(Partner(other.person, other))
    free = who_could(known.problem, known.plan - {mine}, mine.slot, mine.task)
    people = User.objects.filter(is_active=True).in_bulk(
        [one.person for one in free if one.person != mine.person]
    )
    return [*found, *(Partner(people[one.person], None) for one in free if one.person in people)]
