"""Private addresses at which calendars read one's own duties."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.rota.actions.errors import RotaError
from parvis.rota.models import Feed
from parvis.rota.queries.feeds import digest_of

MOST = 10  # addresses that one person has at one centre
REVOKED_KEPT = timedelta(days=30)


class TooManyFeeds(RotaError):
    """They have as many addresses as one may have: one they no longer use goes first."""


@dataclass(frozen=True)
class Issued:
    """An address just made; its token is nowhere else."""

    feed: Feed
    token: str


@transaction.atomic
def make_feed(*, person: User, centre: Centre, key: UUID, at: datetime) -> Issued:
    """Make an address for the duties of ``person``. The same ``key`` again gives the same one. Raises ``TooManyFeeds``."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    token = _token(person, centre, key)
    if same := Feed.objects.filter(digest=digest_of(token)).first():
        return Issued(same, token)
    if Feed.objects.filter(person=person, centre=centre, revoked_at=None).count() >= MOST:
        raise TooManyFeeds
    return Issued(
        Feed.objects.create(person=person, centre=centre, digest=digest_of(token), made_at=at), token
    )


@transaction.atomic
def revoke_feed(*, feed: Feed, at: datetime) -> Feed:
    """The address leads nowhere from now on. Twice changes nothing."""
    feed = Feed.objects.select_for_update(no_key=True).get(pk=feed.pk)
    if feed.revoked_at is None:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
    return feed


def note_reading(*, feed: Feed, on: date) -> bool:
    """Remember the day of the last reading, once a day: a calendar asks every hour. Returns whether it was time to."""
    due = feed.read_on is None or feed.read_on < on
    if due:
        Feed.objects.filter(pk=feed.pk).update(read_on=on)
    return due


@transaction.atomic
def end_feeds(*, centre: Centre, person: User, at: datetime) -> int:
    """Delete the addresses of somebody who has left the team; returns how many rows. While they hold a role, none."""
    if Assignment.objects.filter(person=person, centre=centre).exists():
        return 0
    return Feed.objects.filter(person=person, centre=centre).delete()[0]


@transaction.atomic
def forget_feeds(*, at: datetime) -> int:
    """Delete what was revoked a month ago, and all of people who left the team; returns how many rows."""
    roles = Assignment.objects.filter(person=OuterRef("person"), centre=OuterRef("centre"))
    gone = Q(revoked_at__lt=at - REVOKED_KEPT) | ~Exists(roles)
    return Feed.objects.filter(gone).delete()[0]


def _token(person: User, centre: Centre, key: UUID) -> str:
    """256 bits that nobody knows who has not the installation's key and the page's."""
    drawn = salted_hmac(
        "parvis.rota.feed.token", f"{person.pk}|{centre.pk}|{key}", algorithm="sha256"
    ).digest()
    return urlsafe_b64encode(drawn).decode().rstrip("=")
