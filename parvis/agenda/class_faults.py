"""Why a day cannot be as somebody wants it, in the staff's words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.agenda.actions.bookings import Taken
from parvis.agenda.actions.leading import Busy
from parvis.agenda.models import Facilitation, Room, Station
from parvis.agenda.rotation import Fault, Impossible, Rule, WhyNot


def taken_in_words(refused: Taken) -> str:
    """Which room is booked, and when by something else."""
    by = refused.by
    hours = f"{by.centre.local(by.begins_at):%H:%M}–{by.centre.local(by.ends_at):%H:%M}"
    what = {"room": refused.what, "hours": hours}
    if not isinstance(refused.what, Room):
        return _("“%(room)s” is lent to something else at that time (%(hours)s).") % what
    if by.visit_id:
        return _("“%(room)s” is booked for another class (%(hours)s).") % what
    return _("“%(room)s” is booked for an event (%(hours)s).") % what


def busy_in_words(refused: Busy) -> str:
    """Who leads something else then."""
    return _("%(name)s leads something else at that time (%(hours)s).") % {
        "name": refused.person,
        "hours": _hours(refused.by),
    }


def impossible_in_words(why: Impossible, names: Sequence[str]) -> str:
    """Why there is no rotation; ``names`` of the workshops, by their number."""
    workshop = names[why.workshop] if why.workshop is not None and why.workshop < len(names) else ""
    if why.why is WhyNot.TOO_SMALL:
        text = _(
            "Group %(group)s is larger than “%(workshop)s” has places for. Divide the class into more groups, or do not ask everybody to go there."
        )
        return text % {"group": why.group, "workshop": workshop}
    if why.why is WhyNot.TOO_FEW:
        text = _("Group %(group)s fits into fewer workshops than it is to see.")
        return text % {"group": why.group}
    if why.why is WhyNot.TOO_MANY_COMPULSORY:
        return _("More workshops are for every group than each group sees.")
    return _("There is nothing to go round: choose groups and workshops.")


def fault_in_words(fault: Fault, stations: Sequence[Station]) -> str:
    """What is wrong with turns that were moved by hand."""
    names = " / ".join(dict.fromkeys(str(stations[key]) for key in fault.stations))
    said = {
        "turn": (fault.turn or 0) + 1,
        "groups": ", ".join(str(one) for one in fault.groups),
        "workshop": names or (_workshop(fault, stations) if fault.workshop is not None else ""),
    }
    texts = {
        Rule.TWO_PLACES: _("Turn %(turn)s: group %(groups)s would be in two places."),
        Rule.TWO_GROUPS: _("Turn %(turn)s: groups %(groups)s would both be at “%(workshop)s”."),
        Rule.ROOM: _("Turn %(turn)s: groups %(groups)s would be in one room (%(workshop)s)."),
        Rule.PERSON: _("Turn %(turn)s: the same person would lead “%(workshop)s” at once."),
        Rule.TWICE: _("Turn %(turn)s: group %(groups)s has seen “%(workshop)s” before."),
        Rule.TOO_SMALL: _("Turn %(turn)s: group %(groups)s is too large for “%(workshop)s”."),
        Rule.MISSING: _("Group %(groups)s would not see “%(workshop)s”."),
        Rule.COUNT: _("Group %(groups)s would see too many or too few workshops."),
    }
    return texts[fault.rule] % said


def waits_in_words(waits: int) -> str:
    """In how many turns a group has nothing to do."""
    text = ngettext("One group waits for one turn.", "Groups wait %(n)d turns in all.", waits)
    return text % {"n": waits} if waits else _("Nobody waits.")


def _workshop(fault: Fault, stations: Sequence[Station]) -> str:
    seen: dict[int | None, int] = {}
    for station in stations:
        number = seen.setdefault(station.kit_version.kit_id if station.kit_version else None, len(seen))
        if number == fault.workshop:
            return str(station)
    return ""


def _hours(by: Facilitation) -> str:
    what = by.session or by.visit
    if what is None or what.begins_at is None or what.ends_at is None:
        return ""
    return f"{what.centre.local(what.begins_at):%H:%M}–{what.centre.local(what.ends_at):%H:%M}"
