"""Which words of a language could be misheard for one another in a waiting room.

Method: each word is folded to a rough phonetic skeleton (letters of any script to Latin, accents and doubled letters
dropped, sounds that a noisy room merges made one: b/p, d/t, g/k/q, v/f/w, s/z/sh, m/n, e/i/y, o/u; h is silent).
Two words are confusable when the Levenshtein distance of their skeletons is less than two edits, or less than 35 % of
the longer skeleton. Rough on purpose: it errs towards calling words confusable.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

LEAST_EDITS = 2
LEAST_SHARE = 0.35


def _letters(pairs: str) -> dict[str, str]:
    return {pair[0]: pair[1:] for pair in pairs.split()}


_TO_LATIN = _letters(
    "аa бb вv гg ґg дd еe єie жs зz иi іi їi йi кk лl мm нn оo пp рr сs тt уu фf хh цts чs шs щs ъa ь юiu яia"
    " اa أa إi آa بb تt ثt جs حh خh دd ذd رr زz سs شs صs ضd طt ظd ع غg فf قk كk لl مm نn هh ةa وu ؤu يi ىa ئi ء"
    " øo æe ßss đd œe"
)
_DIGRAPHS = [("sch", "s"), ("ch", "s"), ("sh", "s"), ("ph", "f"), ("qu", "k"), ("gn", "n"), ("gh", "g")]
_MERGED = str.maketrans("bdgqcvwzxmyiju", "ptkkkffssneeeo")


def skeleton(word: str) -> str:
    """The word as a noisy room lets it through."""
    spelled = "".join(_TO_LATIN.get(letter, letter) for letter in word.lower())
    plain = "".join(c for c in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(c))
    for letters, sound in _DIGRAPHS:
        plain = plain.replace(letters, sound)
    merged = re.sub("[^a-z]", "", plain.translate(_MERGED)).replace("h", "")
    return re.sub(r"(.)\1+", r"\1", merged)


def distance(one: str, other: str) -> int:
    """Levenshtein distance: insertions, deletions and replacements."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def confusable(words: list[str]) -> list[tuple[str, str]]:
    """The pairs among ``words`` that one could be misheard for the other."""
    folded = [(word, skeleton(word)) for word in words]
    found = []
    for (one, a), (other, b) in combinations(folded, 2):
        edits = distance(a, b)
        if edits < LEAST_EDITS or edits < LEAST_SHARE * max(len(a), len(b)):
            found.append((one, other))
    return found
