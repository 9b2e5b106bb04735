"""How decisions and actions are said, on pages, in files and on paper."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.partners.models import ActionPoint, Decision


def owner_in_words(point: ActionPoint) -> str:
    """Who takes an action on."""
    who = [str(point.institution)] if point.institution else []
    who += [point.person.name] if point.person else []
    return ", ".join(who) or _("somebody is looked for")


def point_in_words(point: ActionPoint) -> str:
    """Who takes it on, and until when."""
    who = owner_in_words(point)
    return (
        _("%(who)s, until %(day)s") % {"who": who, "day": date_format(point.due, "j F Y")}
        if point.due
        else who
    )


def votes_in_words(decision: Decision) -> str:
    """The counts, where votes were counted."""
    if not decision.was_counted:
        return ""
    return _("for: %(yes)d, against: %(no)d, abstentions: %(abstained)d") % {
        "yes": decision.votes_for,
        "no": decision.votes_against,
        "abstained": decision.abstentions,
    }
