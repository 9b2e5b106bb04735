"""The rules of a centre’s rota, one small function each: it adds rows that always hold, or slacks with what they cost.

A slack carries the name of its rule and what it is about, so a plan’s problems are read from it. ``HARD`` and ``SOFT`` are what a
centre has; another kind of rota, or a repair, chooses its own.
"""

from . import contributions, coverage, isolated, limits, pins, plurality, wishes

HARD = (
    limits.one_place_at_a_time,
    limits.per_day,
    limits.per_week,
    limits.days_in_a_row,
    limits.rest,
    pins.pins,
)
SOFT = (
    coverage.seats,  # no more people than seats always holds, too
    coverage.languages,
    coverage.mixed_pairs,
    plurality.plurality,
    contributions.shares,
    contributions.fair_loads,
    contributions.fair_unpopular,
    wishes.habits,
    wishes.wishes,
    isolated.isolated_half_days,
)
CENTRE = HARD + SOFT
