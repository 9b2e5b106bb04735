"""Friendly words for tickets."""

from __future__ import annotations

from datetime import date

WORDS = ("heron", "oak", "swallow", "meadow", "pebble", "birch", "cloud", "robin")


def word_for(day: date, centre_pk: int, number: int) -> str:
    """The key of the word that goes with ``number`` on that day: neighbours differ."""
    return WORDS[(day.toordinal() + centre_pk * 7 + number * 5) % len(WORDS)]
