"""Filled sheets are typed in, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from parvis.surveys.actions.answering import NotAskedNow, count_refusal, keep_answers
from parvis.surveys.models import Collection, DrawnSlot, PaperBatch, Refusals, Response, Sample, Way, Words

Became = PaperBatch.Became


class BatchIsOver(Exception):
    """The pile was finished: no sheet is added to it, and none is taken out."""


class NotOnPaper(Exception):
    """The survey is not put to people on paper, or not in that language."""


class NotDrawn(Exception):
    """The day is none of those that were drawn for the sample."""


@dataclass(frozen=True)
class Pile:
    """Sheets that lie before somebody."""

    day: date
    language: str
    sheets: int | None = None


@transaction.atomic
def begin_batch(*, collection: Collection, key: UUID, pile: Pile, on: date) -> PaperBatch:
    """Begin to type in sheets that were filled in on one day; the same ``key`` again returns the first.

    Raises ``NotOnPaper``, ``NotAskedNow``, ``NotDrawn``.
    """
    collection = (
        Collection.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version")
        .get(pk=collection.pk)
    )
    if (before := PaperBatch.objects.filter(key=key).first()) and before.collection_id == collection.pk:
        return before
    if before or collection.way != Way.PAPER or pile.language not in collection.languages:
        raise NotOnPaper
    if pile.day > on or not collection.takes_answers_on(pile.day):
        raise NotAskedNow
    drawn = DrawnSlot.objects.filter(sample__collection=collection, day=pile.day)
    if Sample.objects.filter(collection=collection).exists() and not drawn.exists():
        raise NotDrawn
    return PaperBatch.objects.create(
        key=key,
        collection=collection,
        day=pile.day,
        language=pile.language,
        sheets=pile.sheets,
        begun_on=on,
    )


@transaction.atomic
def enter_sheet(*, batch: PaperBatch, key: UUID, given: Mapping[str, Any]) -> PaperBatch:
    """One sheet more; the same ``key`` again changes nothing.

    ``given`` by question's key (``parvis.surveys.answers.check``). Raises ``BatchIsOver``, ``NotAskedNow``, ``NotRight``,
    ``NothingAnswered``.
    """
    now = _locked(batch)
    if now.last == key:
        return now
    kept = keep_answers(collection=now.collection, key=key, language=now.language, given=given, day=now.day)
    if kept.is_new:
        now.entered += 1
        now.last, now.last_became, now.last_words = key, Became.ENTERED, kept.words
        now.save()
    return now


@transaction.atomic
def count_sheet(*, batch: PaperBatch, key: UUID, became: PaperBatch.Became) -> PaperBatch:
    """A sheet that is blank, or that nobody can read, is counted; the same ``key`` again changes nothing.

    Raises ``BatchIsOver``, ``NotAskedNow``.
    """
    now = _locked(batch)
    kind = Refusals.Kind(became)
    if now.last != key and count_refusal(collection=now.collection, key=key, kind=kind, day=now.day):
        setattr(now, became, getattr(now, became) + 1)
        now.last, now.last_became, now.last_words = key, became, []
        now.save()
    return now


@transaction.atomic
def take_back(*, batch: PaperBatch, key: UUID) -> bool:
    """The newest sheet, which the page called ``key``, was not right: it goes, with its words. Returns whether it was there.

    Only the newest: of those before, nothing says any more which they are. Raises ``BatchIsOver``.
    """
    now = _locked(batch)
    if now.last is None or now.last != key:
        return False
    gone = True
    if now.last_became == Became.ENTERED:
        gone = bool(Response.objects.filter(collection=now.collection, key=key).delete()[0])
        if gone:
            Words.objects.filter(collection=now.collection, pk__in=now.last_words).delete()
    else:
        gone = _uncount(now, key)
    if gone:
        setattr(now, now.last_became, getattr(now, now.last_became) - 1)
    now.forget_last()
    now.save()
    return gone


@transaction.atomic
def finish_batch(*, batch: PaperBatch) -> PaperBatch:
    """The pile is through: nothing of it can be taken back any more."""
    now = PaperBatch.objects.select_for_update(no_key=True, of=("self",)).get(pk=batch.pk)
    now.is_over = True
    now.forget_last()
    now.save()
    return now


def _locked(batch: PaperBatch) -> PaperBatch:
    """The pile, before its survey: always in this order."""
    found = PaperBatch.objects.select_for_update(no_key=True, of=("self",)).select_related("collection")
    now = found.get(pk=batch.pk)
    if now.is_over:
        raise BatchIsOver
    return now


def _uncount(batch: PaperBatch, key: UUID) -> bool:
    Collection.objects.select_for_update(no_key=True, of=("self",)).get(pk=batch.collection_id)
    row = Refusals.objects.filter(
        collection=batch.collection_id, day=batch.day, kind=batch.last_became
    ).first()
    if row is None or str(key) not in row.keys:
        return False
    row.keys = [one for one in row.keys if one != str(key)]
    row.number -= 1  # the survey is locked: nobody else counts meanwhile
    row.save(update_fields=["number", "keys"])
    return True
