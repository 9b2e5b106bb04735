"""What stays in memory for good is read at the start and set aside, so that no page waits while Python looks through it for rubbish.

A collection of everything took 150 ms, in the middle of each page that makes many objects (docs/decisions/0070-settling.md).
"""

from __future__ import annotations

import gc

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation


def settle() -> int:
    """Read every address and every language's words, and set all that is there aside; returns how many things that are."""
    len(get_resolver().reverse_dict)  # imports every page
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            pass  # its words are read when it begins
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()


def stir() -> None:
    """The server stops: everything is looked through once more, so that what must be put away in order is."""
    gc.unfreeze()
