"""What centres forget about the people who work in them, or did. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from parvis.accounts.models import User
from parvis.centres.models import Invitation

INVITATIONS_KEPT = timedelta(days=30)  # after they ended: somebody may still ask what became of one
ACCOUNTS_KEPT = timedelta(days=90)  # without any role: somebody may come back, or was removed by mistake


@transaction.atomic
def forget_invitations(*, at: datetime) -> int:
    """Drop invitations that were accepted, withdrawn or expired 30 days ago; returns how many."""
    before = at - INVITATIONS_KEPT
    ended = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return int(Invitation.objects.filter(ended).delete()[0])


@transaction.atomic
def forget_former_colleagues(*, at: datetime) -> int:
    """Drop accounts that hold no role anywhere and were not signed in to for 90 days; returns how many.

    What they signed or entered stays, without their name. Whoever set Parvis up keeps their account.
    """
    last_seen = Coalesce(F("last_login"), F("date_joined"))
    former = User.objects.annotate(last_seen=last_seen).filter(
        assignments=None, is_superuser=False, last_seen__lt=at - ACCOUNTS_KEPT
    )
    count = former.count()
    former.delete()
    return count
