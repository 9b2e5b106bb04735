"""The sequence of a kit: its parts, their order, and the words of all of it in another language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from i18nfield.strings import LazyI18nString

from parvis.agenda.actions.kit_versions import locked_draft
from parvis.agenda.kit_words import texts_of, written_in
from parvis.agenda.models import KitStep, KitVersion
from parvis.surveys.fingerprints import words_of


@dataclass(frozen=True)
class StepSaid:
    """One part of a sequence."""

    title: LazyI18nString
    text: LazyI18nString
    minutes: int


def said_of(step: KitStep) -> dict[str, Any]:
    """All that a step says and where it stands, as plain data from which it can be brought back."""
    return {
        "position": step.position,
        "minutes": step.minutes,
        "title": words_of(step.title),
        "text": words_of(step.text),
    }


@transaction.atomic
def add_step(*, version: KitVersion, said: StepSaid) -> KitStep:
    """One more part at the end. What the last one says already is not added again. Raises ``VersionIsFixed``."""
    now = locked_draft(version)
    last = now.steps.last()
    if last and (words_of(last.title), words_of(last.text), last.minutes) == (
        words_of(said.title),
        words_of(said.text),
        said.minutes,
    ):
        return last
    place = now.steps.aggregate(last=Max("position"))["last"]
    return KitStep.objects.create(
        version=now,
        position=0 if place is None else place + 1,
        title=said.title,
        text=said.text,
        minutes=said.minutes,
    )


@transaction.atomic
def change_step(*, step: KitStep, said: StepSaid) -> KitStep:
    """Write a part otherwise. Raises ``VersionIsFixed``."""
    locked_draft(step.version)
    step.title, step.text, step.minutes = said.title, said.text, said.minutes
    step.save()
    return step


@transaction.atomic
def remove_step(*, step: KitStep) -> dict[str, Any]:
    """A part goes. Returns what ``restore_step`` brings it back from. Raises ``VersionIsFixed``."""
    locked_draft(step.version)
    said = said_of(step)
    KitStep.objects.filter(pk=step.pk).delete()
    return said


@transaction.atomic
def restore_step(*, version: KitVersion, said: Mapping[str, Any]) -> KitStep:
    """A part that was taken out is where it was. Said twice, it is there once. Raises ``VersionIsFixed``."""
    now = locked_draft(version)
    for step in now.steps.all():
        if said_of(step) == dict(said):
            return step
    return KitStep.objects.create(
        version=now,
        position=said["position"],
        minutes=said["minutes"],
        title=LazyI18nString(said["title"]),
        text=LazyI18nString(said["text"]),
    )


@transaction.atomic
def put_in_order(*, version: KitVersion, steps: Sequence[int]) -> None:
    """Parts in the order of their row numbers; those left out stand behind, as they did. Raises ``VersionIsFixed``."""
    own = {step.pk: step for step in locked_draft(version).steps.all()}
    order = [pk for pk in dict.fromkeys(steps) if pk in own]
    for position, pk in enumerate([*order, *(pk for pk in own if pk not in order)]):
        own[pk].position = position
    KitStep.objects.bulk_update(own.values(), ["position"])


@transaction.atomic
def translate(*, version: KitVersion, language: str, words: Mapping[str, str]) -> int:
    """Put wordings in ``language`` beside the others, by the names of ``texts_of``; an empty one takes it away.

    Returns how many changed. The language in which the kit is written first is not changed here. Raises ``VersionIsFixed``.
    """
    now = locked_draft(version)
    changed: dict[tuple[type[Model], int], Model] = {}
    n = 0
    if language == written_in(now):
        return 0
    for text in texts_of(now):
        wording = words.get(text.name)
        if wording is None or wording == text.in_language(language):
            continue
        said = {code: one for code, one in text.words.items() if code != language}
        setattr(text.row, text.column, LazyI18nString(said | ({language: wording} if wording else {})))
        changed[type(text.row), int(text.row.pk)] = text.row
        n += 1
    for row in changed.values():
        row.save()
    return n
