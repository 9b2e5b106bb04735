"""A version is put to people, and the putting ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Centre, Holder
from parvis.partners.models import Institution
from parvis.surveys.models import Collection, Version, Way


class NotOpen(Exception):
    """Only an open version is put to people."""


class IsAnonymous(Exception):
    """The questionnaire is anonymous: it is put to no institution in particular."""


class NotInThatLanguage(Exception):
    """The version is not worded in a language that was chosen, or none was chosen."""


class OfAnother(Exception):
    """The key was used for something else, or the version is of another network."""


@dataclass(frozen=True)
class Put:
    """How a version is put to people."""

    way: Way
    opens_on: date
    languages: Sequence[str]
    closes_on: date | None = None
    name: str = ""
    target: int | None = None
    institution: Institution | None = None
    after_days: int = 0


@transaction.atomic
def open_collection(*, version: Version, holder: Holder, key: UUID, put: Put) -> Collection:
    """Put an open version to people; ``holder`` is who asks: a centre, or the network. The same ``key`` again returns the first.

    Raises ``NotOpen``, ``IsAnonymous``, ``NotInThatLanguage``, ``OfAnother``.
    """
    version = Version.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.pk)
    centre = holder if isinstance(holder, Centre) else None
    network = holder.network if isinstance(holder, Centre) else holder
    if before := Collection.objects.filter(key=key).first():
        if before.version_id != version.pk or before.centre != centre:
            raise OfAnother
        return before
    if version.questionnaire.network != network:
        raise OfAnother
    if not version.is_open:
        raise NotOpen
    if put.institution and version.questionnaire.anonymous:
        raise IsAnonymous
    if not put.languages or not set(put.languages) <= set(version.languages):
        raise NotInThatLanguage
    return Collection.objects.create(
        key=key,
        version=version,
        network=network,
        centre=centre,
        institution=put.institution,
        name=put.name,
        way=put.way,
        opens_on=put.opens_on,
        closes_on=put.closes_on,
        languages=list(put.languages),
        target=put.target,
        after_days=put.after_days,
    )


@transaction.atomic
def close_collection(*, collection: Collection, on: date) -> Collection:
    """``on`` is its last day: later ones take no answers. One that has not begun ends on the day it would have begun."""
    now = Collection.objects.select_for_update(no_key=True, of=("self",)).get(pk=collection.pk)
    if now.closes_on is None or now.closes_on > on:
        now.closes_on = max(on, now.opens_on)
        now.save()
    return now
