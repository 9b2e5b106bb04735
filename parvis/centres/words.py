"""Texts in several languages: what they lack, and languages by their own names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language_info


@cache
def own_name(language: str) -> str:
    """A language by its own name: Français, Suomi."""
    name = str(get_language_info(language)["name_local"])
    return name[:1].upper() + name[1:]


def languages_without(words: object, languages: Iterable[str]) -> list[str]:
    """The ``languages`` in which a text has no wording of its own; a plain text serves all of them."""
    data = getattr(words, "data", words)
    if not isinstance(data, dict):
        return [] if data else list(languages)
    return [code for code in languages if not data.get(code)]
