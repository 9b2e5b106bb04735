"""Private calendar addresses: how one is found, and whose they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.rota.models import DutySlot, Feed
from parvis.rota.queries.duties import slots_of

LOOKED_BACK = timedelta(days=60)  # how much of the past a calendar keeps showing
LOST_SHOWN = timedelta(days=30)  # how long a duty that was taken out is told to calendars as cancelled


def digest_of(token: str, key: str = "") -> str:
    """Under what an address is found: its HMAC-SHA-256 with the installation's key."""
    return salted_hmac("parvis.rota.feed", token, secret=key or None, algorithm="sha256").hexdigest()


def feed_by(token: str) -> Feed | None:
    """The address that ``token`` opens: one query, the same for unknown, revoked, and for whoever has left the team.

    The look-up is by a keyed digest: how long it takes says nothing about the token.
    """
    keys = ["", *settings.SECRET_KEY_FALLBACKS]
    roles = Assignment.objects.filter(person=OuterRef("person"), centre=OuterRef("centre"))
    found = Feed.objects.filter(
        Exists(roles),
        digest__in=[digest_of(token, key) for key in keys],
        revoked_at=None,
        person__is_active=True,
    )
    return found.select_related("person", "centre").first()


def feeds_of(person: User, centre: Centre) -> list[Feed]:
    """The addresses of ``person`` that still work, newest first: one query."""
    return list(Feed.objects.filter(person=person, centre=centre, revoked_at=None))


def entries(feed: Feed, at: datetime) -> list[DutySlot]:
    """What a calendar shows at ``at``: duties of the last two months and all that come, and those lost in the last month: one query."""
    day = feed.centre.local_day(at - LOOKED_BACK)
    mine, lost = slots_of(feed.centre, feed.person, from_day=day, lost_since=at - LOST_SHOWN)
    return sorted([*mine, *lost], key=lambda one: (one.half_day.date, one.half_day.starts, one.pk))
