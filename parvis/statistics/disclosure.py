"""Small numbers about visitors, before they leave the centre.

What a visitor speaks, lacked, or how they came says something about them. Where such a list is read outside the centre
(a file; the network's coordinator), fewer than ten become “<10” and the rest is rounded to five, so that neither a cell
nor a difference of two periods gives one visitor back. Periods are whole days and whole weeks; nothing can be filtered.
Counts of services (passages, contacts, acts, waits) describe the centre's work, and stay exact.
"""

from __future__ import annotations

THRESHOLD = 10
STEP = 5


def protected(n: int) -> int | None:
    """``n`` rounded to the nearest five; nothing below the threshold."""
    return None if n < THRESHOLD else STEP * round(n / STEP)


def protected_list(counts: list[tuple[str, int]]) -> list[tuple[str, int | None]]:
    """A list of counts for outside; those below the threshold last and by name, so that their order tells nothing."""
    shown = [(label, protected(n)) for label, n in counts]
    return [pair for pair in shown if pair[1] is not None] + sorted(pair for pair in shown if pair[1] is None)
