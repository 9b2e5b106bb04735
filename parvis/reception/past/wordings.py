"""The wordings of a coded column: what one cell says, and what is proposed for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parvis.reception.past.headings import SEVERAL, YES
from parvis.reception.past.matching import Matcher
from parvis.reception.past.notation import label_and_key, parts
from parvis.reception.past.personal import Spot, spot_by_pattern
from parvis.reception.past.plan import LEAVE, NEW, Column, Plan
from parvis.reception.past.wording import fold, words

LONGEST = 80  # what is longer is a sentence, not a code
_ALWAYS = re.compile(r"\s*(?:[;|\n•]|\s\+\s)\s*")
_SOMETIMES = re.compile(r"\s*(?:[,/&+]|\bet\b|\band\b|\bja\b)\s*")
_TIMES = re.compile(r"^(.*\S)\s*[×]\s*(\d{1,4})$")
_NO = words("non no n 0 ei false faux nej nein")


@dataclass(frozen=True)
class Wording:
    """One wording of a list as the file has it: how often, what is proposed, and whether it must not be shown."""

    code_list: str
    text: str
    times: int
    target: str
    hidden: str = ""  # the value of a Why


def parts_of(text: str, code_list: str, matcher: Matcher | None) -> list[tuple[str, int]]:
    """The wordings in one cell with the number of people each stands for.

    “CV ; Lettre” holds two where an act may bear several; “Emploi / Formation” only where the list knows each of them.
    “Emploi ×12” says that twelve of a group came for it. Parvis's own export writes keys beside wordings (``notation``).
    """
    if "[" in text and (own := parts(text)):
        return list(own)
    pieces = [text]
    if code_list in SEVERAL:
        pieces = [piece for piece in _ALWAYS.split(text) if piece]
        if matcher is not None and len(pieces) == 1 and not matcher.exact(code_list, text):
            smaller = [piece for piece in _SOMETIMES.split(text) if piece]
            if len(smaller) > 1 and all(matcher.exact(code_list, piece) for piece in smaller):
                pieces = smaller
    found = []
    for piece in pieces:
        match = _TIMES.match(piece)
        found.append((match[1], max(1, int(match[2]))) if match else (piece, 1))
    return found


def wordings(
    plan: Plan, values: Mapping[int, Sequence[tuple[str, int]]], matcher: Matcher, spot: Spot
) -> list[Wording]:
    """Every wording of the columns that hold codes, most frequent first within each list, with a proposal."""
    counted: dict[str, Counter[str]] = {}
    texts: dict[tuple[str, str], tuple[str, Column]] = {}
    for column in plan.columns:
        name = column.values_list
        if not name:
            continue
        for cell, times in values.get(column.index, ()):
            for text, _people in parts_of(cell, name, matcher):
                folded = fold(text)
                counted.setdefault(name, Counter())[folded] += times
                texts.setdefault((name, folded), (text, column))
    return [
        _wording(plan, name, folded, texts[name, folded], times, matcher, spot)
        for name, counter in counted.items()
        for folded, times in counter.most_common()
    ]


def _wording(
    plan: Plan, name: str, folded: str, seen: tuple[str, Column], times: int, matcher: Matcher, spot: Spot
) -> Wording:
    text, column = seen
    chosen = plan.values.get(name, {}).get(folded)
    label, known = label_and_key(text)[0], matcher.exact(name, text)
    hidden = spot_by_pattern(label) or ("" if known else spot(label))
    if hidden or (len(label) > LONGEST and not known):
        return Wording(name, text, times, LEAVE, hidden or "free_text")
    guess = _yes_or_no(column, folded, matcher) if name == "first_visit" else ""
    guess = guess or matcher.find(name, text)
    nothing = not folded or (name == "age_band" and folded.isdigit())  # an impossible age is no age band
    return Wording(name, text, times, chosen or guess or (LEAVE if nothing else NEW))


def _yes_or_no(column: Column, folded: str, matcher: Matcher) -> str:
    """“Déjà venu : oui” is somebody who comes back; “Première visite : oui” is not."""
    if folded not in YES | _NO:
        return ""
    asks_return = re.search(r"deja|revenu|return|again|uudelleen", fold(column.heading)) is not None
    came_back = (folded in YES) == asks_return
    return matcher.by_key("first_visit", "returning" if came_back else "first_ever")


def propose(plan: Plan, found: Iterable[Wording]) -> None:
    """Writes the proposals into the plan, where nothing was chosen yet."""
    for wording in found:
        plan.values.setdefault(wording.code_list, {}).setdefault(fold(wording.text), wording.target)
