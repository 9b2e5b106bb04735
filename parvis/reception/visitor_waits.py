"""The expected wait in words, in every language: on the ticket, the follow page, the board and the kiosk."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.reception.waiting import Wait

HOUR = 60


def wait_in_words(wait: Wait) -> str:
    """A phrase that stands after “Expected wait:” or alone: “10 to 20 minutes”."""
    if wait is None:
        return _("nobody is on duty for this at the moment")
    if wait.high is None:
        return _("more than an hour") if wait.low == HOUR else _more_than(wait.low)
    numbers = {"low": wait.low, "high": wait.high}
    if wait.low:
        return ngettext("%(low)s to %(high)s minute", "%(low)s to %(high)s minutes", wait.high) % numbers
    if wait.high == HOUR:
        return _("less than an hour")
    return ngettext("less than %(high)s minute", "less than %(high)s minutes", wait.high) % numbers


def _more_than(low: int) -> str:
    return ngettext("more than %(low)s minute", "more than %(low)s minutes", low) % {"low": low}


def wait_in_short(wait: Wait) -> str:
    """The same for a narrow column: “10–20 min”."""
    if wait is None:
        return _("nobody now")
    if wait.high is None:
        return _("over %(low)s min") % {"low": wait.low}
    if wait.low:
        return _("%(low)s–%(high)s min") % {"low": wait.low, "high": wait.high}
    return _("under %(high)s min") % {"high": wait.high}
