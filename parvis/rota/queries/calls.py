"""Roster calls, and who has answered them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.rota.models import RosterAnswer, RosterCall, Terms
from parvis.rota.queries.people import institutions_of
from parvis.shared.plain import plain


@dataclass(frozen=True)
class AskedLine:
    """One person who was asked, and their answer."""

    person: User
    answer: RosterAnswer | None


@dataclass(frozen=True)
class Group:
    """The people of one institution; an empty name is the centre’s own staff."""

    name: str
    lines: list[AskedLine]

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(line.answer is not None for line in self.lines)


@dataclass(frozen=True)
class CallLine:
    """One call on the list."""

    call: RosterCall
    answered: int


def asked(call: RosterCall) -> list[AskedLine]:
    """Everybody of the team whose terms hold on a day of the call, by name, with their answers: two queries."""
    team = Assignment.objects.filter(centre=call.centre_id, person=OuterRef("person"))
    terms = (
        Terms.objects.filter(Q(until=None) | Q(until__gt=call.first_day), Exists(team), centre=call.centre_id)
        .filter(since__lte=call.last_day)
        .select_related("person")
        .order_by("person")
    )
    answers = {one.person_id: one for one in call.answers.select_related("answered_by")}
    by_name = sorted(terms, key=lambda one: (plain(one.person.name), one.person_id))
    return [AskedLine(one.person, answers.get(one.person_id)) for one in by_name]


def by_institution(call: RosterCall, day: date, people: Collection[int]) -> list[Group]:
    """Those of ``people`` who were asked, by institution, who is silent first: three queries."""
    came_from = institutions_of(call.centre, day)

    def name(line: AskedLine) -> str:
        institution = came_from.get(line.person.pk)
        return institution.name if institution else ""

    lines = [line for line in asked(call) if line.person.pk in people]
    lines.sort(key=lambda line: (not name(line), plain(name(line)), line.answer is not None))
    return [Group(key, list(here)) for key, here in groupby(lines, key=name)]


def open_between(centre: Centre, first: date, last: date, *, but: UUID | None = None) -> list[RosterCall]:
    """The open calls that ask about a day from ``first`` to ``last``, ``but`` for the one with that key: one query."""
    found = RosterCall.objects.filter(centre=centre, closed_at=None, first_day__lte=last, last_day__gte=first)
    if but:
        found = found.exclude(key=but)
    return list(found.order_by("first_day", "pk"))


def calls(centre: Centre) -> list[CallLine]:
    """Every call, the latest period first: one query."""
    rows = RosterCall.objects.filter(centre=centre).annotate(n_answers=Count("answers"))
    return [CallLine(row, row.n_answers) for row in rows]
