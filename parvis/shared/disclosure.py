"""Small numbers about visitors, before they leave the centre (docs/decisions/0025-small-numbers.md).

What a visitor speaks or lacked says something about them. Where such a list is read outside the centre (a file; the
network's coordinator), lines below ten are hidden, the rest is rounded to five, and a line that would be hidden alone
takes the smallest other with it, so that no total gives it back. Periods are whole: days, weeks, months; of days and
weeks nothing can be filtered. Unmet needs of weeks and months can be read by theme, each list protected on its own. Counts of the centre's work (passages, contacts, acts, waits, channels) stay exact.
"""

from __future__ import annotations

THRESHOLD = 10
STEP = 5


def protected_list(counts: list[tuple[str, int]]) -> list[tuple[str, int | None]]:
    """A list of counts for outside; hidden lines (``None``) last and by name, so that their order tells nothing."""
    ranked = sorted(counts, key=lambda pair: -pair[1])
    shown = [pair for pair in ranked if pair[1] >= THRESHOLD]
    if len(ranked) - len(shown) == 1 and shown:
        shown.pop()
    hidden = sorted(label for label, _n in ranked[len(shown) :])
    return [(label, STEP * round(n / STEP)) for label, n in shown] + [(label, None) for label in hidden]
