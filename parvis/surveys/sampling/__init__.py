"""Sample surveys of the public: hours drawn, everybody asked in them, and what the answers say about everybody who came.

Knows neither the web nor the database. A *frame* is every slot (half-day, hour or day) in which somebody could be asked; a
*draw* takes some, at most one a day, by a seed that is kept; *estimates* weigh the answers to the counted contacts and
say how sure they are, drawn slots being clusters. docs/decisions/0055-sampling.md says why, and how often it holds.
"""

from parvis.surveys.sampling.draws import Draw, Method, TooFewDays, draw
from parvis.surveys.sampling.estimates import (
    Cluster,
    Estimate,
    Interval,
    Stratum,
    estimate_mean,
    estimate_share,
    merged,
)
from parvis.surveys.sampling.frame import Part, Slot, Stretch, Unit, slots_of
from parvis.surveys.sampling.margins import Hoped, expected_margin, slots_needed
from parvis.surveys.sampling.quantiles import t_quantile

__all__ = [
    "Cluster",
    "Draw",
    "Estimate",
    "Hoped",
    "Interval",
    "Method",
    "Part",
    "Slot",
    "Stratum",
    "Stretch",
    "TooFewDays",
    "Unit",
    "draw",
    "estimate_mean",
    "estimate_share",
    "expected_margin",
    "merged",
    "slots_needed",
    "slots_of",
    "t_quantile",
]
