"""Somebody answered, or would rather not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from parvis.shared import live
from parvis.surveys import live_classes
from parvis.surveys.answers import Fault, check
from parvis.surveys.models import ClassRound, Collection, Refusals, Response, Version, Way, Words
from parvis.surveys.queries.choices import choices_of, questions_of


class NotAskedNow(Exception):
    """The collection takes no answers on that day, or not in that language."""


class NotRight(Exception):
    """Something is wrong with what was answered: ``faults`` by the question's key. Nothing was kept on the server."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        self.faults = faults


class NothingAnswered(Exception):
    """Not one question has an answer."""


@dataclass(frozen=True)
class Kept:
    """A set of answers, and the rows of its few words, which nothing but this leads to; empty where it was there before."""

    response: Response
    words: list[int]
    is_new: bool


def record_answers(
    *, collection: Collection, key: UUID, language: str, given: Mapping[str, Any], day: date
) -> Response:
    """Keep what somebody answered on ``day``; the same ``key`` again returns the first.

    ``given`` is what the page sent, by question's key (``parvis.surveys.answers.check``). Raises ``NotAskedNow``, ``NotRight``,
    ``NothingAnswered``.
    """
    return keep_answers(collection=collection, key=key, language=language, given=given, day=day).response


@transaction.atomic
def keep_answers(
    *, collection: Collection, key: UUID, language: str, given: Mapping[str, Any], day: date
) -> Kept:
    """As ``record_answers``, and says what it wrote."""
    # The row is locked, so that two tries at the same time are one after the other.
    collection = Collection.objects.select_for_update(no_key=True, of=("self",)).get(pk=collection.pk)
    if before := Response.objects.filter(key=key, collection=collection).first():
        return Kept(before, [], is_new=False)
    version = Version.objects.whole().get(pk=collection.version_id)
    collection.version = version
    if not collection.takes_answers_on(day) or language not in collection.languages:
        raise NotAskedNow
    if collection.way == Way.CLASS:
        _is_the_class_asked(collection)
    holder = collection.centre or collection.network
    country = collection.centre.country if collection.centre else "FR"
    checked = check(version, choices_of(version, holder, day), given, country=country)
    if checked.faults:
        raise NotRight(checked.faults)
    if not checked.answers:
        raise NothingAnswered
    response = Response.objects.create(
        key=key, collection=collection, day=day, language=language, answers=checked.answers
    )
    questions = {question.key: question for question in questions_of(version)}
    shared = {"collection": collection, "month": day.replace(day=1), "language": language}
    words = [Words(question=questions[asked], text=text, **shared) for asked, text in checked.words.items()]
    Words.objects.bulk_create(words)
    return Kept(response, [one.pk for one in words], is_new=True)


def _is_the_class_asked(collection: Collection) -> None:
    """Only while its screen is open; and the screen counts on."""
    if ClassRound.objects.filter(collection=collection).exclude(state=ClassRound.State.OPEN).exists():
        raise NotAskedNow
    live.changed(live_classes.topic(collection))


@transaction.atomic
def count_refusal(*, collection: Collection, key: UUID, kind: Refusals.Kind, day: date) -> bool:
    """Somebody was asked and would rather not, or began and did not send: one more in the day's total.

    The same ``key`` again counts once; returns whether it counted now. Raises ``NotAskedNow``.
    """
    collection = (
        Collection.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version")
        .get(pk=collection.pk)
    )
    if not collection.takes_answers_on(day):
        raise NotAskedNow
    row, _new = Refusals.objects.get_or_create(collection=collection, day=day, kind=kind)
    if str(key) in row.keys:
        return False
    # the collection's row is locked: nobody else counts meanwhile
    row.number, row.keys = row.number + 1, sorted([*row.keys, str(key)])
    row.save(update_fields=["number", "keys"])
    return True
