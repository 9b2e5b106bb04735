"""Words that visitors read on more than one page of this room."""

from __future__ import annotations

WORDING = (
    "2026-11"  # of templates/guidance/visitor/_what_it_is.html: another one after each change of what it says
)
