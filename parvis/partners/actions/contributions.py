"""What a partner gave outside duty slots: noted, changed, taken away; or counted where it was planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Theme
from parvis.partners.actions.institutions import NotOfThisCentre
from parvis.partners.models import Contribution, Relation


class SaidOtherwise(Exception):
    """The page was sent before, and said something else."""


class ChangedMeanwhile(Exception):
    """Somebody else saved it since the page was opened."""


class CountedElsewhere(Exception):
    """It was counted from the agenda, and is corrected there."""


@dataclass(frozen=True)
class Given:
    """What somebody notes about a contribution."""

    relation: Relation
    day: date
    kind: Contribution.Kind
    minutes: int
    theme: Theme | None = None
    words: str = ""


@transaction.atomic
def note_contribution(*, key: UUID, given: Given, by: User | None, at: datetime) -> Contribution:
    """Note what an institution gave. Sent twice with one ``key``, it is there once. Raises ``NotOfThisCentre``, ``SaidOtherwise``."""
    Relation.objects.select_for_update(no_key=True).get(pk=given.relation.pk)  # a double click waits here
    if known := Contribution.objects.filter(key=key, relation__centre=given.relation.centre_id).first():
        if known.version == 0 and _given(known) != given:
            raise SaidOtherwise
        return known
    _check(given)
    return Contribution.objects.create(
        key=key,
        relation=given.relation,
        day=given.day,
        kind=given.kind,
        minutes=given.minutes,
        theme=given.theme,
        words=given.words,
        entered_by=by,
        entered_at=at,
    )


@transaction.atomic
def change_contribution(*, contribution: Contribution, version: int, given: Given) -> Contribution:
    """Say it better. Raises ``ChangedMeanwhile``, ``NotOfThisCentre``, ``CountedElsewhere``."""
    contribution = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    if contribution.counted_from:
        raise CountedElsewhere
    if contribution.version != version:
        raise ChangedMeanwhile
    if given.relation.centre_id != contribution.relation.centre_id:
        raise NotOfThisCentre
    _check(given)
    contribution.relation, contribution.day, contribution.kind = given.relation, given.day, given.kind
    contribution.minutes, contribution.theme, contribution.words = given.minutes, given.theme, given.words
    contribution.version += 1
    contribution.save()
    return contribution


@transaction.atomic
def delete_contribution(*, contribution: Contribution) -> None:
    """It was noted by mistake. Said twice, it is gone once. Raises ``CountedElsewhere``."""
    if contribution.counted_from:
        raise CountedElsewhere
    Contribution.objects.filter(pk=contribution.pk, counted_from=None).delete()


@transaction.atomic
def count_given(*, source: UUID, given: Mapping[UUID, Given], at: datetime) -> None:
    """What was given in the session or visit that ``source`` stands for: exactly this, by key. Said again, the later word counts.

    The caller holds that session's row, so that nobody counts it at the same time. Raises ``NotOfThisCentre``.
    """
    for said in given.values():
        _check(said)
    there = {one.key: one for one in Contribution.objects.filter(counted_from=source)}
    Contribution.objects.filter(pk__in=[one.pk for key, one in there.items() if key not in given]).delete()
    for key, said in given.items():
        one = there.get(key) or Contribution(key=key, counted_from=source, entered_at=at)
        if one.pk and _given(one) == said:
            continue
        one.version += 1 if one.pk else 0
        one.relation, one.day, one.kind = said.relation, said.day, said.kind
        one.minutes, one.theme, one.words = said.minutes, said.theme, said.words
        one.save()


def _given(one: Contribution) -> Given:
    return Given(one.relation, one.day, Contribution.Kind(one.kind), one.minutes, one.theme, one.words)


def _check(given: Given) -> None:
    if given.theme and given.theme.centre_id != given.relation.centre_id:
        raise NotOfThisCentre
