"""The one question: does this text speak of a danger, and of which?"""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

from parvis.guidance.visitor_danger.kinds import Kind
from parvis.guidance.visitor_danger.phrases import AGE, HARMLESS, phrases
from parvis.guidance.visitor_danger.reading import folded

LONGEST = 20_000  # characters that are looked at: more than any form takes


def find(text: str) -> frozenset[Kind]:
    """The kinds of danger that words of ``text`` may speak of, in whichever language: every list is tried. Mostly none."""
    read = _without_harmless(folded(text[:LONGEST]))
    found = {kind for kind in Kind if _any_of(kind).search(read)}
    if found and _any_of(AGE).search(read):
        found.add(Kind.MINOR)  # whoever writes says how young they are
    return frozenset(found)


def _without_harmless(read: str) -> str:
    """What is plainly about something else becomes a mark that no phrase contains."""
    return _any_of(HARMLESS).sub("# ", read)


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    every = [
        phrase.pattern
        for code, _name in settings.LANGUAGES
        for phrase in phrases(code)
        if phrase.kind == kind
    ]
    return re.compile("|".join(every))
