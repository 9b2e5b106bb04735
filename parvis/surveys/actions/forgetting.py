"""What is forgotten about answers, and how their order is. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction

from parvis.surveys.models import Collection, PaperBatch, Refusals, Response, Words
from parvis.surveys.random_key import random_key

WORDS_KEPT = timedelta(days=400)  # a year's report, and the weeks in which somebody asks about it
KEYS_KEPT = timedelta(days=7)  # a kiosk without a network hands in what it has within days
MIXED_AGAIN = timedelta(days=35)  # a night may have been left out
BATCHES_KEPT = timedelta(days=7)  # a pile of paper sheets is counted once more, and then it is done
AT_ONCE = 500
R = TypeVar("R", Response, Words)


@transaction.atomic
def forget_words(*, at: datetime) -> int:
    """Delete what was written in a few words more than a year ago; that something was written stays. Returns how many."""
    oldest = (at - WORDS_KEPT).date()
    return Words.objects.filter(month__lt=oldest.replace(day=1)).delete()[0]


@transaction.atomic
def forget_keys(*, at: datetime) -> int:
    """Empty what a device called its answers and refusals, once it will not send them again; returns how many rows."""
    before = (at - KEYS_KEPT).date()
    # Sheets are typed in later than they were filled in: their keys go with what is known of the pile.
    piles = Collection.objects.filter(paper_batches__begun_on__gte=before).values("pk")
    answers = Response.objects.filter(day__lt=before).exclude(collection__in=piles)
    refusals = Refusals.objects.filter(day__lt=before).exclude(collection__in=piles)
    return answers.exclude(key=None).update(key=None) + refusals.exclude(keys=[]).update(keys=[])


@transaction.atomic
def forget_batches(*, at: datetime) -> int:
    """Delete what says how many paper sheets were typed in at a time; answers and refusals stay. Returns how many."""
    return PaperBatch.objects.filter(begun_on__lt=(at - BATCHES_KEPT).date()).delete()[0]


@transaction.atomic
def mix_answers(*, at: datetime) -> int:
    """Write the answers of the last weeks anew in an order drawn at random, all at once; returns how many rows.

    A database keeps traces of when a row was written: where it lies, in which transaction it came. After this, all rows have
    the same ones. (Only rows that were read are deleted: one that somebody sends meanwhile waits for the next night.)
    """
    since = (at - MIXED_AGAIN).date()
    # First: who takes a sheet back at this moment waits, and then finds that it cannot be taken back any more.
    PaperBatch.objects.exclude(last=None).update(last=None, last_became="", last_words=[])
    responses = list(Response.objects.select_for_update().filter(day__gte=since))
    words = list(Words.objects.select_for_update().filter(month__gte=since.replace(day=1)))
    _anew(responses, Response.objects)
    _anew(words, Words.objects)
    return len(responses) + len(words)


def _anew(rows: list[R], table: models.Manager[R]) -> None:
    for some in _parts(rows):
        table.filter(pk__in=[row.pk for row in some]).delete()
    for row in rows:
        row.pk = random_key()
    for some in _parts(sorted(rows, key=lambda row: int(row.pk))):
        table.bulk_create(some)


def _parts(rows: list[R]) -> Iterator[list[R]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
