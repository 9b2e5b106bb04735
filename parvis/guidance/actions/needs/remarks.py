"""The discussion of a proposal: remarks, and taking one back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.guidance.actions.needs.errors import NotOfThisCentre
from parvis.guidance.models import Proposal, Remark


@transaction.atomic
def add_remark(*, proposal: Proposal, key: UUID, text: str, by: User, at: datetime) -> Remark:
    """Say something about a proposal. The same ``key`` again returns the first; raises ``NotOfThisCentre`` for another's."""
    remark, _new = Remark.objects.get_or_create(
        key=key, defaults={"proposal": proposal, "text": text, "by": by, "at": at}
    )
    if remark.proposal_id != proposal.pk:
        raise NotOfThisCentre
    return remark


@transaction.atomic
def take_back_remark(*, proposal: Proposal, remark_pk: int) -> None:
    """Delete a remark for good, since it may say what should not be kept; one that is gone stays gone."""
    Remark.objects.filter(proposal=proposal, pk=remark_pk).delete()
