"""Nights of each kind: a good one, one of which something failed, and one that the clock stopped."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from parvis.guidance.actions.forgetting import VaultLost
from parvis.shared.models import Night


def some_nights() -> None:
    """The newest is stopped: the pages that say so are walked with it."""
    now = timezone.now()
    lost = VaultLost(missing=61, all=240).why
    counts = {"ended sessions": 14, "expired threads": 2, "who sat at a desk": 9, "ended invitations": 1}
    for days in range(12, 9, -1):
        at = now - timedelta(days=days)
        Night.objects.create(at=at, kind=Night.Kind.RUN, forgotten=counts)
    night = Night.objects.create(at=at + timedelta(days=1), kind=Night.Kind.RUN, forgotten=counts)
    night.failed = {"threads without a key": lost}
    night.save()
    for days in (1, 0):
        Night.objects.create(at=now - timedelta(days=days), kind=Night.Kind.STOPPED, since=night.at)
