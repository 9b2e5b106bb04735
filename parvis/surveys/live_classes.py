"""What the open screen of a class hears: how many have answered. One slot a language, ``screen:<language>``."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils import timezone, translation

from parvis.shared import live
from parvis.surveys.models import ClassRound, Collection
from parvis.surveys.queries.classes import screen_of

PREFIX = "class"
LOOKED_AT = 5.0  # seconds after which the end of its time is noticed


def topic(collection: Collection) -> str:
    """The topic of one class."""
    return f"{PREFIX}/{collection.pk}"


def stream(collection: Collection, language: str) -> str:
    """Where the screen follows it."""
    return live.address(topic(collection), f"screen:{language}")


def read(name: str, slots: frozenset[str]) -> Mapping[str, str]:
    """The count as it is now, in each language: two queries."""
    rounds = ClassRound.objects.select_related("collection__centre", "collection__version")
    row = rounds.filter(collection=int(name.partition("/")[2])).first()
    if row is None:
        return {}
    centre = row.collection.centre
    screen = screen_of(row, centre.now() if centre else timezone.now())
    texts = {}
    for slot in slots:
        with translation.override(slot.partition(":")[2]):
            texts[slot] = render_to_string("surveys/visitor/_class_now.html", {"screen": screen})
    return texts
