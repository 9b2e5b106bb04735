"""A class is asked together: its screen is made, opened, and closed by hand or by time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Centre
from parvis.shared import live
from parvis.shared.disclosure import THRESHOLD
from parvis.surveys.actions.answering import NotAskedNow
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.live_classes import topic
from parvis.surveys.models import ClassRound, Collection, Version, Way

FIGURES = 6  # of a code
State = ClassRound.State


class TooFewPupils(Exception):
    """Of so small a class nothing could ever be shown."""


class IsOver(Exception):
    """The screen was closed: it is not opened again."""


@dataclass(frozen=True)
class Wanted:
    """How many pupils there are, and how long the screen stays open once it was opened."""

    pupils: int
    minutes: int


@transaction.atomic
def prepare_class(*, version: Version, centre: Centre, key: UUID, put: Put, wanted: Wanted) -> ClassRound:
    """A screen for one class; the same ``key`` again returns the first.

    Raises ``TooFewPupils`` and what ``open_collection`` raises.
    """
    if wanted.pupils < THRESHOLD:
        raise TooFewPupils
    collection = open_collection(version=version, holder=centre, key=key, put=put)
    made, _new = ClassRound.objects.get_or_create(
        collection=collection, defaults={"pupils": wanted.pupils, "minutes": wanted.minutes}
    )
    return made


@transaction.atomic
def open_round(*, screen: ClassRound, at: datetime) -> ClassRound:
    """From now on the class answers; a second click changes nothing. Raises ``IsOver``, ``NotAskedNow``."""
    collection, now = _locked(screen)
    if now.state == State.OVER:
        raise IsOver
    if not collection.takes_answers_on(_day(collection, at)):
        raise NotAskedNow
    if now.state == State.READY:
        now.state, now.code, now.ends_at = State.OPEN, _code(), at + timedelta(minutes=now.minutes)
        now.save()
        live.changed(topic(collection))
    return now


@transaction.atomic
def close_round(*, screen: ClassRound, at: datetime) -> ClassRound:
    """The class has answered: no answer comes any more, and nothing says until when they came."""
    collection, now = _locked(screen)
    if now.state != State.OVER:
        _close(collection, now, at)
    return now


def close_rounds(*, at: datetime) -> int:
    """Close those whose time is up; returns how many."""
    late = ClassRound.objects.filter(state=State.OPEN, ends_at__lte=at).order_by("pk")
    closed = 0
    for screen in late:
        with transaction.atomic():
            collection, now = _locked(screen)
            if now.ends_at is not None and now.ends_at <= at:
                _close(collection, now, now.ends_at)
                closed += 1
    return closed


def _close(collection: Collection, screen: ClassRound, at: datetime) -> None:
    last = max(_day(collection, at), collection.opens_on)
    if collection.closes_on is None or last < collection.closes_on:
        collection.closes_on = last
        collection.save(update_fields=["closes_on"])
    screen.state, screen.code, screen.ends_at = State.OVER, "", None
    screen.save()
    live.changed(topic(collection))


def _locked(screen: ClassRound) -> tuple[Collection, ClassRound]:
    """The survey first, as whoever answers locks it: after the close no answer is on its way."""
    found = Collection.objects.select_for_update(no_key=True, of=("self",))
    collection = found.select_related("version", "centre").get(pk=screen.collection_id, way=Way.CLASS)
    return collection, ClassRound.objects.select_for_update(no_key=True).get(pk=screen.pk)


def _day(collection: Collection, at: datetime) -> date:
    return collection.centre.local_day(at) if collection.centre else at.date()


def _code() -> str:
    """Six figures that no open screen has."""
    while True:
        drawn = "".join(secrets.choice("0123456789") for _n in range(FIGURES))
        if not ClassRound.objects.filter(code=drawn).exists():
            return drawn
