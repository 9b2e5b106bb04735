"""What a partner gave outside duty slots: noted, changed, taken away."""

from __future__ import annotations

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
    """Say it better. Raises ``ChangedMeanwhile``, ``NotOfThisCentre``."""
    contribution = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
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
    """It was noted by mistake. Said twice, it is gone once."""
    Contribution.objects.filter(pk=contribution.pk).delete()


def _given(one: Contribution) -> Given:
    return Given(one.relation, one.day, Contribution.Kind(one.kind), one.minutes, one.theme, one.words)


def _check(given: Given) -> None:
    if given.theme and given.theme.centre_id != given.relation.centre_id:
        raise NotOfThisCentre
