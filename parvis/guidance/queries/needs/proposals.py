"""Proposals as the team reads them: the list, one of them with its discussion, and what a form may choose from.

Owners are there to be asked. Nothing counts what one of them did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.centres.queries.team import members_of
from parvis.guidance.models import OVER, Need, Proposal, ProposalState, ProposalStep, Remark
from parvis.shared.plain import plain

OPEN, OVERDUE, ALL, NOBODY = "open", "overdue", "all", "nobody"
RECENT = timedelta(days=366)  # needs that a form offers
ORDER = [ProposalState.UNDER_WAY, ProposalState.AGREED, ProposalState.IDEA, ProposalState.DONE]
ORDER += [ProposalState.DROPPED]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in the list of proposals."""

    state: str = OPEN
    theme: Theme | None = None
    owner: str = ""  # the key of a colleague, or NOBODY
    words: str = ""


@dataclass(frozen=True)
class ProposalLine:
    """One proposal in the list."""

    proposal: Proposal
    themes: list[Theme]
    needs: int  # gathered under it: entries of the list and the team's own
    overdue: bool


@dataclass(frozen=True)
class ProposalList:
    """Those asked for, by state, and whether there is any at all."""

    groups: list[tuple[ProposalState, list[ProposalLine]]]
    overdue: int
    is_new: bool

    @property
    def lines(self) -> list[ProposalLine]:
        return [line for _state, lines in self.groups for line in lines]


def proposals_of(centre: Centre, asked: Asked, today: date) -> ProposalList:
    """The proposals that fit, overdue first, then by date: four queries."""
    rows = list(
        Proposal.objects.filter(centre=centre)
        .select_related("owner")
        .prefetch_related("themes", "codes", Prefetch("needs", Need.objects.kept()))
        .order_by("due", "-made_at", "-pk")
    )
    lines = [
        ProposalLine(
            row,
            sorted(row.themes.all(), key=lambda theme: (theme.position, theme.pk)),
            len(row.needs.all()) + len(row.codes.all()),
            row.is_overdue_on(today),
        )
        for row in rows
    ]
    shown = sorted((line for line in lines if _fits(line, asked)), key=_urgency)
    groups = [(state, [line for line in shown if line.proposal.state == state]) for state in ORDER]
    return ProposalList(
        [(state, found) for state, found in groups if found], sum(line.overdue for line in lines), not rows
    )


def _urgency(line: ProposalLine) -> tuple[bool, date, float]:
    proposal = line.proposal
    return not line.overdue, proposal.due or date.max, -proposal.made_at.timestamp()


def _fits(line: ProposalLine, asked: Asked) -> bool:
    proposal = line.proposal
    states = {OPEN: not proposal.is_over, OVERDUE: line.overdue, ALL: True}
    if not states.get(asked.state, proposal.state == asked.state):
        return False
    if asked.theme and asked.theme not in line.themes:
        return False
    if asked.owner and asked.owner != (str(proposal.owner_id) if proposal.owner_id else NOBODY):
        return False
    text = plain(f"{proposal.title} {proposal.plan} {proposal.outcome}")
    return all(word in text for word in plain(asked.words).split())


@dataclass(frozen=True)
class ProposalPage:
    """One proposal with everything around it."""

    proposal: Proposal
    themes: list[Theme]
    codes: list[Code]
    needs: list[Need]
    steps: list[ProposalStep]
    remarks: list[Remark]
    overdue: bool


def proposal_page(proposal: Proposal, today: date) -> ProposalPage:
    """Five queries, whatever was said."""
    return ProposalPage(
        proposal,
        list(proposal.themes.order_by("position", "pk")),
        list(proposal.codes.order_by("position", "pk")),
        list(proposal.needs.kept().select_related("theme").order_by("-date", "-pk")),
        list(proposal.steps.select_related("by")),
        list(proposal.remarks.select_related("by")),
        proposal.is_overdue_on(today),
    )


@dataclass(frozen=True)
class Offered:
    """What a proposal's form may choose from."""

    themes: list[Theme]
    people: list[User]
    codes: list[Code]
    needs: list[Need]


def offered(centre: Centre, today: date, proposal: Proposal | None = None) -> Offered:
    """What is open today and what the proposal has already: four queries."""
    has = Q(proposals=proposal) if proposal else Q(pk__in=[])
    return Offered(
        themes=list(_open_or(Theme.objects.filter(centre=centre), has, today)),
        people=colleagues(centre),
        codes=list(
            _open_or(
                Code.objects.filter(centre=centre, list=CodeList.UNMET_NEED, not_communicated=False),
                has,
                today,
            )
        ),
        needs=list(
            Need.objects.kept()
            .filter(Q(date__gte=today - RECENT) | has, centre=centre)
            .select_related("theme")
            .distinct()
            .order_by("-date", "-pk")
        ),
    )


def _open_or(rows, has: Q, today: date):  # type: ignore[no-untyped-def]  # the same for two models
    in_force = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gt=today))
    return rows.filter(in_force | has).distinct().order_by("position", "pk")


def colleagues(centre: Centre) -> list[User]:
    """Who may be asked about a proposal, by name: one query."""
    allowed = roles_with(Permission.PROPOSE)
    return [member.person for member in members_of(centre) if allowed & set(member.roles)]


def open_proposals(centre: Centre) -> list[Proposal]:
    """Those that more needs can be gathered under: one query."""
    return list(Proposal.objects.filter(centre=centre).exclude(state__in=OVER).order_by("title", "pk"))
