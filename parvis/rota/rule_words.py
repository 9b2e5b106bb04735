"""The planner's rules in words. A rule that always holds is said of one person; one that costs is named for a table."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HARD: dict[str, str | Promise] = {
    "available": _("cannot come then, or has not said so"),
    "able": _("does not do this"),
    "unneeded": _("is not needed there any more: the need is gone"),
    "per_day": _("has more half-days on this day than agreed"),
    "per_week": _("has more half-days in this week than agreed"),
    "days_in_a_row": _("comes more days in a row than agreed"),
    "rest": _("has too little rest between two days"),
    "one_place_at_a_time": _("is on duty elsewhere at the same time"),
    "seats": _("more people than seats"),
    "pin": _("a choice made by hand is not kept"),
    "team": _("is no longer in the team, or not on duty in it"),
}
SOFT: dict[str, str | Promise] = {
    "uncovered": _("Empty seats"),
    "below_minimum": _("Institutions missing under the minimum"),
    "language": _("Languages missing"),
    "unmixed": _("Seats shared with one’s own institution"),
    "below_aim": _("Institutions missing under the aim"),
    "habit": _("Unusual half-days"),
    "unpopular": _("Half-days few like, beyond a fair part"),
    "rather_not": _("Half-days that somebody would rather not take"),
    "not_preferred": _("Preferences not met"),
    "isolated": _("Single half-days where two were possible"),
    "share": _("Quarter-hours beyond or short of what institutions promised"),
    "fairness": _("Half-days beyond a fair load"),
}


def said_of(rule: str) -> str:
    """What a hard rule says of somebody who breaks it."""
    return str(HARD.get(rule, rule))
