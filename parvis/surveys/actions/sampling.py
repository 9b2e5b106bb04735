"""Hours are drawn in which everybody is asked, and drawn again only before anybody was."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Centre, Site
from parvis.centres.queries.opening import Opening, openings
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.models import Collection, DrawnSlot, Sample, Version
from parvis.surveys.sampling import Draw, Method, Slot, Stretch, Unit, draw, slots_of


class NeedsALastDay(Exception):
    """Without a last day there is nothing to draw from."""


class NothingToDraw(Exception):
    """The site is closed on each of those days."""


class HasBegun(Exception):
    """The first day has come: what was drawn stays."""


@dataclass(frozen=True)
class Wish:
    """What is to be drawn."""

    site: Site
    unit: Unit
    method: Method
    number: int


def frame_of(site: Site, first: date, last: date, unit: Unit) -> list[Slot]:
    """Every slot of a site's opening hours: two queries."""
    return slots_of(stretches(openings([site], site.centre, first, last)[site.pk]), unit)


def stretches(days: Iterable[Opening]) -> dict[date, list[Stretch]]:
    """Opening hours in minutes."""
    return {
        day.day: [Stretch(minutes(one.opens), minutes(one.closes)) for one in day.stretches] for day in days
    }


def minutes(at: time) -> int:
    """Since midnight; midnight at the end of a day is its last minute."""
    return at.hour * 60 + at.minute


@transaction.atomic
def open_sample(*, version: Version, centre: Centre, key: UUID, put: Put, wish: Wish) -> Collection:
    """Put a version to everybody who comes in drawn hours; the same ``key`` again returns the first, with its draw.

    Raises what ``open_collection`` raises, ``NeedsALastDay``, ``NothingToDraw``, ``TooFewDays``.
    """
    if put.closes_on is None:
        raise NeedsALastDay
    collection = open_collection(version=version, holder=centre, key=key, put=put)
    if not Sample.objects.filter(collection=collection).exists():
        sample = Sample(collection=collection, site=wish.site, unit=wish.unit, method=wish.method)
        _draw(sample, wish.number, put.opens_on, put.closes_on)
    return collection


@transaction.atomic
def draw_again(*, sample: Sample, on: date) -> Sample:
    """Another draw, with another seed, before the first day. Raises ``HasBegun``."""
    now = Sample.objects.select_for_update(no_key=True, of=("self",)).get(pk=sample.pk)
    collection = now.collection
    if on >= collection.opens_on or collection.closes_on is None:
        raise HasBegun
    number = now.slots.count()
    now.slots.all().delete()
    now.draws += 1
    _draw(now, number, collection.opens_on, collection.closes_on)
    return now


def _draw(sample: Sample, number: int, first: date, last: date) -> None:
    """Draws, and keeps what it was drawn by."""
    frame = frame_of(sample.site, first, last, Unit(sample.unit))
    if not frame:
        raise NothingToDraw
    sample.seed = secrets.token_hex(8)
    found: Draw = draw(frame, number, method=Method(sample.method), seed=sample.seed)
    sample.frame = {part.value: n for part, n in found.frame.items()}
    sample.save()
    DrawnSlot.objects.bulk_create(
        [
            DrawnSlot(
                sample=sample,
                day=slot.day,
                opens=time(slot.opens // 60, slot.opens % 60),
                closes=time(slot.closes // 60, slot.closes % 60) if slot.closes < 1440 else time(23, 59),
                part=slot.part,
            )
            for slot in found.slots
        ]
    )
