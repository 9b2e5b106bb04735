"""Sending a visitor on: where one can send them, what was noted today, and what is to be asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance.models import Redirection
from parvis.guidance.models.redirections import SETTLED, RedirectionQuerySet
from parvis.guidance.opened import Opened
from parvis.guidance.queries.threads import conversation, conversations_of
from parvis.partners.models import Relation
from parvis.partners.queries import offered
from parvis.reception.models import State, Ticket

RECENTLY = timedelta(days=14)
AT_MOST = 200  # lines of a list
DIGITS = 18  # of a row's number


@dataclass(frozen=True)
class Offers:
    """Institutions to choose among: those good for the visitor's theme first."""

    for_theme: list[Relation]
    partners: list[Relation]
    outside: list[Relation]

    @property
    def all(self) -> list[Relation]:
        return [*self.for_theme, *self.partners, *self.outside]


@dataclass(frozen=True)
class Line:
    """One to ask about, and the number at which one asks."""

    redirection: Redirection
    phone: str


@dataclass(frozen=True)
class FollowUps:
    """What a team has to ask about, and what was settled of late."""

    overdue: list[Line]
    due: list[Line]  # today
    ahead: list[Line]
    settled: list[Redirection]
    open: int  # at the centre, whatever was filtered
    any_ever: bool


def received_by(person: User, centre: Centre, ticket: int, day: date) -> Ticket | None:
    """The ticket of ``day`` if the visitor was called to a seat of ``person``: one query."""
    tickets = Ticket.objects.filter(pk=ticket, centre=centre, date=day)
    mine = tickets.filter(
        periods__seat__person=person,
        periods__state__in=[State.CALLED, State.INTERVIEW],
        periods__undone_at=None,
    )
    return mine.select_related("theme").first()


def offers(centre: Centre, theme: Theme | None, day: date) -> Offers:
    """Where a visitor of ``theme`` can be sent on ``day``; without one, nothing is first: two queries."""
    found = offered(centre, day)
    first = [one for one in found if theme and theme in one.themes.all()]
    rest = [one for one in found if one not in first]
    return Offers(
        for_theme=first,
        partners=[one for one in rest if one.standing == Relation.Standing.PARTNER],
        outside=[one for one in rest if one.standing == Relation.Standing.OUTSIDE],
    )


def noted_for(ticket: Ticket) -> list[Redirection]:
    """What was noted for a visitor and not taken back, latest first: one query."""
    return list(shown(Redirection.objects.counted().filter(ticket=ticket)).order_by("-pk"))


def noted_alone(centre: Centre, day: date, pk: str) -> list[Redirection]:
    """One that was noted on ``day`` for somebody without a ticket: one query at most."""
    if not pk.isdecimal() or len(pk) > DIGITS:
        return []
    alone = Redirection.objects.counted().filter(centre=centre, date=day, ticket=None)
    return list(shown(alone).filter(pk=int(pk)))


def thread_of(visitor: Ticket, person: User, centre: Centre, at: datetime) -> Opened | None:
    """The visitor's thread, if ``person`` has it open at ``at`` for this visit."""
    talks = conversations_of(person, centre, at)
    talk = next((one for one in talks if one.ticket_id == visitor.pk), None)
    return conversation(person, centre, talk.key, at) if talk else None


def follow_ups(centre: Centre, day: date, *, theme: Theme | None = None, to: int | None = None) -> FollowUps:
    """What ``day`` has to ask about, of one theme or one institution if wished: five queries."""
    every = Redirection.objects.filter(centre=centre)
    wished = every
    if theme:
        wished = wished.filter(theme=theme)
    if to:
        wished = wished.filter(to_institution=to)
    phones = dict(Relation.objects.filter(centre=centre).values_list("institution", "phone"))
    found = list(shown(wished.to_settle())[:AT_MOST])
    lines = [Line(one, phones.get(one.to_institution_id, "")) for one in found]
    recent = wished.counted().filter(follow_up__in=SETTLED, settled_on__gt=day - RECENTLY)
    return FollowUps(
        overdue=[one for one in lines if one.redirection.is_overdue_on(day)],
        due=[one for one in lines if one.redirection.due_on == day],
        ahead=[one for one in lines if not one.redirection.is_due_on(day)],
        settled=list(shown(recent).order_by("-settled_on", "-pk")[:AT_MOST]),
        open=every.to_settle().count(),
        any_ever=every.counted().exclude(follow_up="").exists(),
    )


def overdue(centre: Centre, day: date) -> int:
    """Of how many somebody should have asked before ``day``: one query."""
    return Redirection.objects.filter(centre=centre, due_on__lt=day).to_settle().count()


def asked_about(centre: Centre) -> list[tuple[int, str]]:
    """Institutions with something to ask about, by name: one query."""
    rows = Redirection.objects.filter(centre=centre).to_settle().order_by("to_institution__name")
    return list(rows.values_list("to_institution", "to_institution__name").distinct())


def shown(redirections: RedirectionQuerySet) -> RedirectionQuerySet:
    """With what a line shows, in the one query."""
    return redirections.select_related("theme", "to_institution")
