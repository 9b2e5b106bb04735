"""What the team proposes: made, changed, taken on, and moved from an idea to its outcome."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment, Centre, Code, CodeList, Theme
from parvis.guidance.actions.needs.errors import (
    AlreadyTaken,
    ChangedMeanwhile,
    NoOutcome,
    NotInTheTeam,
    NotOfThisCentre,
    NotReachable,
)
from parvis.guidance.models import Need, Proposal, ProposalState, ProposalStep

S = ProposalState
# From each state, where one can go. Every way has one back, so that nothing is lost by a wrong touch.
WAYS: dict[ProposalState, tuple[ProposalState, ...]] = {
    S.IDEA: (S.AGREED, S.DROPPED),
    S.AGREED: (S.UNDER_WAY, S.IDEA, S.DROPPED),
    S.UNDER_WAY: (S.DONE, S.AGREED, S.DROPPED),
    S.DONE: (S.UNDER_WAY,),
    S.DROPPED: (S.IDEA, S.AGREED, S.UNDER_WAY),
}


@dataclass(frozen=True)
class Wanted:
    """Everything that a proposal's form holds. Without an ``outcome`` the one that is there stays."""

    title: str
    kind: str
    themes: Collection[Theme] = ()
    plan: str = ""
    owner: User | None = None
    due: date | None = None
    needs: Collection[Need] = field(default_factory=tuple)
    codes: Collection[Code] = field(default_factory=tuple)
    outcome: str | None = None


@transaction.atomic
def make_proposal(*, centre: Centre, key: UUID, wanted: Wanted, by: User, at: datetime) -> Proposal:
    """Make an idea out of needs, of one's own or of both. The same ``key`` again returns the first.

    Raises ``NotOfThisCentre``, ``NotInTheTeam``.
    """
    if before := Proposal.objects.filter(key=key).first():
        return _same(before, centre)
    _check(centre, wanted, owner_before=None)
    proposal = Proposal(centre=centre, key=key, made_at=at)
    try:
        with transaction.atomic():
            _fill(proposal, wanted)
    except IntegrityError:  # the same key a moment ago
        return _same(Proposal.objects.get(key=key), centre)
    ProposalStep.objects.create(key=uuid4(), proposal=proposal, state=proposal.state, at=at, by=by)
    return proposal


@transaction.atomic
def change_proposal(*, proposal: Proposal, wanted: Wanted, version: int) -> Proposal:
    """Change the proposal whose ``version`` was on the page; sent twice, it is changed once.

    Raises as ``make_proposal``, ``ChangedMeanwhile``, and ``NoOutcome`` where it is over and none is left.
    """
    proposal = _locked(proposal)
    if _is_so(proposal, wanted):
        return proposal
    if proposal.version != version:
        raise ChangedMeanwhile
    if proposal.is_over and wanted.outcome == "":
        raise NoOutcome
    _check(proposal.centre, wanted, owner_before=proposal.owner_id)
    proposal.version += 1
    _fill(proposal, wanted)
    return proposal


@transaction.atomic
def gather(*, proposal: Proposal, needs: Collection[Need] = (), codes: Collection[Code] = ()) -> Proposal:
    """Gather more needs under a proposal; those that are there already stay. Raises ``NotOfThisCentre``."""
    proposal = _locked(proposal)
    _check_gathered(proposal.centre_id, needs, codes)
    there = {*proposal.needs.values_list("pk", flat=True)}, {*proposal.codes.values_list("pk", flat=True)}
    if {need.pk for need in needs} <= there[0] and {code.pk for code in codes} <= there[1]:
        return proposal
    proposal.needs.add(*needs)
    proposal.codes.add(*codes)
    return _renewed(proposal)


@transaction.atomic
def take_on(*, proposal: Proposal, by: User) -> Proposal:
    """Be the one to ask, where nobody is. Raises ``AlreadyTaken``."""
    proposal = _locked(proposal)
    if proposal.owner_id == by.pk:
        return proposal
    if proposal.owner_id is not None:
        raise AlreadyTaken
    proposal.owner = by
    return _renewed(proposal)


@transaction.atomic
def move_proposal(
    *,
    proposal: Proposal,
    key: UUID,
    to: ProposalState,
    version: int,
    by: User,
    at: datetime,
    outcome: str = "",
) -> Proposal:
    """Bring a proposal to another state, and keep who did so when. The same ``key`` again changes nothing.

    Raises ``NotReachable``, ``ChangedMeanwhile``, and ``NoOutcome`` where it ends without a word of what came of it.
    """
    proposal = _locked(proposal)
    if ProposalStep.objects.filter(key=key, proposal=proposal).exists():
        return proposal
    if to not in WAYS[S(proposal.state)]:
        raise NotReachable
    if proposal.version != version:
        raise ChangedMeanwhile
    if to.is_over and not outcome:
        raise NoOutcome
    proposal.state = to
    proposal.outcome = outcome or proposal.outcome
    words = outcome if to.is_over else ""
    ProposalStep.objects.create(key=key, proposal=proposal, state=to, at=at, by=by, words=words)
    return _renewed(proposal)


@transaction.atomic
def let_go(*, centre: Centre, person: User, at: datetime) -> int:
    """Who may no longer propose at ``centre`` is no longer the one to ask: their proposals stay and look for somebody."""
    if may_propose(centre, person):
        return 0
    return Proposal.objects.filter(centre=centre, owner=person).update(owner=None, version=F("version") + 1)


def may_propose(centre: Centre, person: User) -> bool:
    """Whether ``person`` holds a role at ``centre`` that lets them propose."""
    roles = roles_with(Permission.PROPOSE)
    return Assignment.objects.filter(centre=centre, person=person, role__in=roles).exists()


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("centre")
    return rows.get(pk=proposal.pk)


def _renewed(proposal: Proposal) -> Proposal:
    proposal.version += 1
    proposal.save()
    return proposal


def _same(proposal: Proposal, centre: Centre) -> Proposal:
    if proposal.centre_id != centre.pk:
        raise NotOfThisCentre
    return proposal


def _fill(proposal: Proposal, wanted: Wanted) -> None:
    proposal.title, proposal.kind, proposal.plan = wanted.title, wanted.kind, wanted.plan
    proposal.owner, proposal.due = wanted.owner, wanted.due
    if wanted.outcome is not None:
        proposal.outcome = wanted.outcome
    proposal.save()
    proposal.themes.set(wanted.themes)
    hidden = proposal.needs.exclude(withdrawn_at=None)  # no form shows them; they may be put back
    proposal.needs.set([*wanted.needs, *hidden])
    proposal.codes.set(wanted.codes)


def _is_so(proposal: Proposal, wanted: Wanted) -> bool:
    kept = (proposal.title, proposal.kind, proposal.plan, proposal.owner_id, proposal.due)
    owner = wanted.owner.pk if wanted.owner else None
    same = kept == (wanted.title, wanted.kind, wanted.plan, owner, wanted.due)
    same = same and wanted.outcome in (None, proposal.outcome)
    needs = proposal.needs.filter(withdrawn_at=None)
    pairs = (proposal.themes, wanted.themes), (needs, wanted.needs), (proposal.codes, wanted.codes)
    return same and all(
        {*there.values_list("pk", flat=True)} == {row.pk for row in rows} for there, rows in pairs
    )


def _check(centre: Centre, wanted: Wanted, *, owner_before: int | None) -> None:
    if any(theme.centre_id != centre.pk for theme in wanted.themes):
        raise NotOfThisCentre
    _check_gathered(centre.pk, wanted.needs, wanted.codes)
    owner = wanted.owner
    if owner and owner.pk != owner_before and not may_propose(centre, owner):
        raise NotInTheTeam


def _check_gathered(centre: int, needs: Collection[Need], codes: Collection[Code]) -> None:
    fits = all(need.centre_id == centre for need in needs)
    if not fits or any(code.centre_id != centre or code.list != CodeList.UNMET_NEED for code in codes):
        raise NotOfThisCentre
