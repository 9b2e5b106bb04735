"""Reads the ready kits."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from i18nfield.strings import LazyI18nString

from parvis.agenda.models import KitVersion

HERE = Path(__file__).parent
# In the order in which they are offered.
KEYS = ("explorama", "inforizon", "passavenir", "after_secondary", "higher_education")

Words = dict[str, str]  # language -> wording


@dataclass(frozen=True)
class ReadyStep:
    """One part of the sequence."""

    minutes: int
    title: Words
    text: Words


@dataclass(frozen=True)
class ReadyKit:
    """A whole workshop to start from. ``objectives`` are keys of the list of objectives."""

    key: str
    title: Words
    summary: Words
    aim: Words
    level: KitVersion.Level
    minutes: int
    people: int
    material: Words
    notes: Words
    objectives: list[str]
    steps: list[ReadyStep]

    @property
    def shown_title(self) -> LazyI18nString:
        """Its title in the reader's language."""
        return LazyI18nString(self.title)

    @property
    def shown_summary(self) -> LazyI18nString:
        """What it is in one sentence, in the reader's language."""
        return LazyI18nString(self.summary)

    @property
    def languages(self) -> list[str]:
        """Those in which each of its texts is worded, in the settings' order."""
        texts = list(self.texts())
        return [code for code, _name in settings.LANGUAGES if all(code in text for text in texts)]

    def texts(self) -> Iterator[Words]:
        """Every text that it says."""
        yield from (self.title, self.summary, self.aim, self.material, self.notes)
        for step in self.steps:
            yield from (text for text in (step.title, step.text) if text)


def ready_kits() -> list[ReadyKit]:
    """All of them, in order."""
    return [ready_kit(key) for key in KEYS]


@cache
def ready_kit(key: str) -> ReadyKit:
    """One of them."""
    data = tomllib.loads((HERE / f"{key}.toml").read_text())
    return ReadyKit(
        key=key,
        title=data["title"],
        summary=data["summary"],
        aim=_paragraphs(data["aim"]),
        level=KitVersion.Level(data["level"]),
        minutes=data["minutes"],
        people=data["people"],
        material=_paragraphs(data["material"]),
        notes=_paragraphs(data["notes"]),
        objectives=data["objectives"],
        steps=[_step(one) for one in data["steps"]],
    )


def _step(data: dict[str, Any]) -> ReadyStep:
    return ReadyStep(data["minutes"], data["title"], _paragraphs(data["text"]))


def _paragraphs(words: Words) -> Words:
    """Without the line ends at both ends that a text of several lines has in the file."""
    return {language: text.strip() for language, text in words.items()}
