"""Whether a mean may stand beside a list of which some lines are hidden: together they may say how many those lines hold.

Of a scale from 1 to 5 with two hidden lines, the base says their sum and the mean their weighted sum: two equations, two unknowns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor

from .primary import Need


def may_stand(
    points: Sequence[int], counts: Mapping[int, int], needs: Mapping[int, Need], *, decimals: int = 1
) -> bool:
    """Whether each hidden line stays as uncertain as it needs once the mean is known to ``decimals``.

    ``points``: those of the scale; ``counts``: how many chose each; ``needs``: what each hidden point has to keep. The outsider knows
    the base and every line that is not hidden.
    """
    hidden = [point for point in points if point in needs]
    if not hidden:
        return True
    answered = sum(counts.values())
    if not answered:
        return False
    half = 0.5 * 10.0**-decimals
    mean = round(sum(point * n for point, n in counts.items()) / answered, decimals)
    left = sum(counts.get(point, 0) for point in hidden)
    told = sum(point * n for point, n in counts.items() if point not in needs)
    low, high = ceil((mean - half) * answered - told - 1e-9), floor((mean + half) * answered - told + 1e-9)
    return all(
        _possible(one, hidden, left, (low, high), range(need.low + 1))
        and _possible(one, hidden, left, (low, high), range(need.high, left + 1))
        for one, need in needs.items()
    )


def _possible(one: int, hidden: Sequence[int], left: int, ends: tuple[int, int], values: range) -> bool:
    """Whether some of these values of a line fits the base and the mean."""
    others = [point for point in hidden if point != one]
    return any(
        ends[0] <= one * n + total <= ends[1]
        for n in values
        if n <= left
        for total in _sums(others, left - n)
    )


def _sums(points: Sequence[int], many: int) -> Iterator[int]:
    """Every weighted sum that so many can have on these points."""
    if not points:
        yield from [0] if many == 0 else []
        return
    reached = {0: {0}}
    for point in points:
        step: dict[int, set[int]] = {}
        for used, totals in reached.items():
            for n in range(many - used + 1):
                step.setdefault(used + n, set()).update(total + n * point for total in totals)
        reached = step
    yield from reached.get(many, set())
