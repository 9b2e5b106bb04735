"""How Parvis's own export writes entries of lists, so that it reads them again.

“Find training [train]” is one entry with its key, “Find training [train]; Find a job [job]” are two, and of a group
“Find training [train] ×12” are twelve people.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ENTRY = re.compile(r"((?:([^\[\];]*) )?\[([A-Za-z0-9_-]+)\])(?: ×(\d{1,5}))?(?:; |$)")
_PLAIN = str.maketrans({"[": "(", "]": ")", ";": ","})


def written(label: str, key: str) -> str:
    """One entry with its key. Brackets in its wording become round ones, semicolons commas: the key tells which it is."""
    plain = " ".join(label.split()).translate(_PLAIN)
    return f"{plain} [{key}]".strip()


@lru_cache(maxsize=16_384)
def parts(text: str) -> tuple[tuple[str, int], ...]:
    """Each entry with its people (1 where not told), or nothing where ``text`` is not wholly written in this way."""
    found, place = [], 0
    while place < len(text):
        match = _ENTRY.match(text, place)
        if match is None:
            return ()
        found.append((match[1], int(match[4] or 1)))
        place = match.end()
    return tuple(found)


def label_and_key(text: str) -> tuple[str, str]:
    """The wording and the key of one entry; any other text is a wording without a key."""
    match = _ENTRY.fullmatch(text) if text.endswith("]") else None
    return (match[2] or "", match[3]) if match else (text, "")
