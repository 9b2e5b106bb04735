"""From a question to tables: what is asked, in whose words, over which period, and how the answer reads."""

from parvis.statistics.queries.explorer.asked import Asked, Compare, Measure, in_address_of_unit
from parvis.statistics.queries.explorer.notes import unit_of
from parvis.statistics.queries.explorer.periods import Period, period, some_months
from parvis.statistics.queries.explorer.periods import choices as period_choices
from parvis.statistics.queries.explorer.tables import Read, tables, title
from parvis.statistics.queries.explorer.words import Vocabulary, in_address, offered, vocabulary

__all__ = [
    "Asked",
    "Compare",
    "Measure",
    "Period",
    "Read",
    "Vocabulary",
    "in_address",
    "in_address_of_unit",
    "offered",
    "period",
    "period_choices",
    "some_months",
    "tables",
    "title",
    "unit_of",
    "vocabulary",
]
