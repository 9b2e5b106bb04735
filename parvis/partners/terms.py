"""Days of agreements: terms that are renewed, and the last day for giving notice."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier); the end of a month stays the end of one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if at_end else min(day.day, length))


def term_end(last_day: date, renewal_months: int | None, day: date) -> date:
    """The end of the term that runs on ``day``, counted from the first one, so that short months leave no trace."""
    if not renewal_months or day <= last_day:
        return last_day
    apart = (day.year - last_day.year) * 12 + day.month - last_day.month
    times = max(0, apart // renewal_months)
    while (end := months_later(last_day, times * renewal_months)) < day:
        times += 1
    return end


def deadline(end: date, notice_months: int) -> date:
    """The last day for a notice of so many months: it must have run out when ``end`` is over."""
    return months_later(end, -notice_months)
