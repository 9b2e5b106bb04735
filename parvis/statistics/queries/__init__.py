"""Reads for the pages of figures."""

from parvis.statistics.queries.report import Report, report, week_of
from parvis.statistics.queries.waits import Waits

__all__ = ["Report", "Waits", "report", "week_of"]
