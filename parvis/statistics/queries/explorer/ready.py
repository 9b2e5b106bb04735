"""Questions that a director asks anyway, ready as links."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Words, what follows the question mark, whether its lines need months to be told of a year that is not over.
READY: list[tuple[Promise, str]] = [
    (_("What do people come for?"), "count=acts&rows=theme&columns=month"),
    (_("When do people come?"), "count=contacts&rows=hour&columns=weekday&picture=heat"),
    (_("What do they need?"), "count=acts&rows=need&compare=year"),
    (_("From need to service to redirection"), "count=acts&picture=flows"),
    (_("What could not be found?"), "count=acts&rows=unmet-need"),
    (_("Who are they?"), "count=profiles&rows=age-band&columns=gender"),
    (_("How long do they wait?"), "count=waits&rows=hour&measure=half"),
    (_("Who comes to events?"), "count=participants&rows=event-kind&columns=month"),
    (_("Which classes came?"), "count=classes&rows=school-level&columns=school-net"),
    (_("What did classes work on?"), "count=pupils&rows=objective&compare=year"),
    (_("How do they reach us?"), "count=acts&rows=channel&columns=month&picture=lines"),
]


def ready(*, outside: bool) -> Iterator[tuple[Promise, str]]:
    """Words and address of each. From outside, what has no months is asked of the last quarter: that is over."""
    for words, address in READY:
        running = not outside or "month" in address
        yield words, f"{address}&period={'this-school-year' if running else 'last-quarter'}"
