"""What is known of a school as plain values, to be kept beside an import and compared later."""

from __future__ import annotations

from typing import Any

from parvis.agenda.models import School
from parvis.agenda.school_sheets.comparing import Line

Values = dict[str, Any]
PLAIN = ("reference", "name", "place", "specialised", "pupils", "school_network_id")
LISTS = ("levels", "streams")
NEW: Values = dict.fromkeys(("counted_on", "closed_on")) | {name: [] for name in LISTS}


def values_of(school: School) -> Values:
    """All that a list or a person can say of it; its levels and streams must be loaded."""
    days = {"counted_on": school.counted_on, "closed_on": school.closed_on}
    return (
        {name: getattr(school, name) for name in PLAIN}
        | {name: day and day.isoformat() for name, day in days.items()}
        | {name: sorted(one.pk for one in getattr(school, name).all()) for name in LISTS}
    )


def values_after(line: Line, school: School, before: Values) -> Values:
    """The same once a line was written, without asking for it again."""
    return (
        before
        | {name: getattr(school, name) for name in PLAIN}
        | {"counted_on": school.counted_on and school.counted_on.isoformat()}
        | {name: sorted({one.pk for one in line.codes[name]}) for name in LISTS if name in line.codes}
    )
