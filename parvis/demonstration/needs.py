"""The invented teams' unmet needs and proposals, written through the room's own actions: the same for the same seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import ServiceModel
from parvis.demonstration.ground import ROBOTS, Ground
from parvis.demonstration.meetings import TEAMS, Heard, Thought
from parvis.guidance.actions import needs as actions
from parvis.guidance.models import Need, Proposal

SPACE = UUID("5f1c3f0a-7d58-4f0e-9a53-6e6f1f0d2b11")
MEETING = 9.5 * 60  # teams meet before the doors open; minutes from midnight


def write_meetings(ground: Ground, now: datetime) -> int:
    """What the team noted and proposed until ``now``; returns how many of both."""
    heard, thoughts = TEAMS[ServiceModel(ground.centre.service_model)]
    team = _team(ground)
    noted: dict[str, list[Need]] = {}
    for number, one in enumerate(heard):
        noted.setdefault(one.under, []).append(_note(ground, number, one, now))
    for thought in thoughts:
        _propose(ground, thought, noted.get(thought.key, []), team, now)
    return len(heard) + len(thoughts)


def _team(ground: Ground) -> dict[str, User]:
    """Somebody for each role, by name: those whom robots play say nothing."""
    rows = ground.centre.assignments.select_related("person").order_by("-pk")
    return {row.role: row.person for row in rows if not row.person.email.startswith(ROBOTS)}


def _key(ground: Ground, *of: object) -> UUID:
    return uuid5(SPACE, "/".join(map(str, (ground.seed, ground.centre.slug, *of))))


def _note(ground: Ground, number: int, heard: Heard, now: datetime) -> Need:
    day = _day(ground, now, heard.back)
    noted = actions.Noted(heard.text, ground.themes[heard.theme], heard.voiced, day)
    return actions.note_need(centre=ground.centre, key=_key(ground, "heard", number), noted=noted, at=now)


def _day(ground: Ground, now: datetime, back: int) -> date:
    """A working day about that long ago."""
    day = ground.centre.local_day(now) - timedelta(days=back)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _propose(
    ground: Ground, thought: Thought, needs: list[Need], team: dict[str, User], now: datetime
) -> None:
    made, today = _day(ground, now, thought.back), ground.centre.local_day(now)
    first = team[Role.ADVISER]
    wanted = actions.Wanted(
        title=thought.title,
        kind=thought.kind,
        plan=thought.plan,
        themes=[ground.themes[key] for key in thought.themes],
        owner=team[thought.owner] if thought.owner else None,
        due=today + timedelta(days=thought.due) if thought.due is not None else None,
        needs=needs,
        codes=[ground.codes["unmet_need", key] for key in thought.codes],
    )
    at, key = ground.instant(made, MEETING), _key(ground, thought.key)
    proposal = actions.make_proposal(centre=ground.centre, key=key, wanted=wanted, by=first, at=at)
    _discuss(ground, proposal, thought, team, at)
    _move(ground, proposal, thought, team, (at, now))


def _discuss(
    ground: Ground, proposal: Proposal, thought: Thought, team: dict[str, User], at: datetime
) -> None:
    for number, (role, text) in enumerate(thought.remarks):
        actions.add_remark(
            proposal=proposal,
            key=_key(ground, thought.key, number),
            text=text,
            by=team.get(role, team[Role.ADVISER]),
            at=at + timedelta(minutes=25 + 90 * number),
        )


def _move(
    ground: Ground,
    proposal: Proposal,
    thought: Thought,
    team: dict[str, User],
    between: tuple[datetime, datetime],
) -> None:
    """Its steps, evenly from its making to today."""
    first, now = between
    for number, state in enumerate(thought.states, 1):
        ago = (now - first).days * number // (len(thought.states) + 1)
        day = ground.centre.local_day(first + timedelta(days=max(ago, 0)))
        proposal = actions.move_proposal(
            proposal=proposal,
            key=_key(ground, thought.key, state.value),
            to=state,
            version=proposal.version,
            outcome=thought.outcome if state.is_over else "",
            by=team[Role.DIRECTOR],
            at=ground.instant(day, MEETING + number * 20),
        )
