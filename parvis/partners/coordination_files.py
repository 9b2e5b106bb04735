"""Decisions and actions as tables for a file."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from parvis.partners.models import Decision
from parvis.partners.queries.meetings import Actions, Decisions
from parvis.shared.sheets import Cell


def decisions_table(found: Decisions) -> tuple[list[str], list[list[Cell]]]:
    """Heading and rows of the register."""
    heading = [_("Body"), _("Number"), _("Day"), _("Decision"), _("Result")]
    heading += [_("Votes for"), _("Votes against"), _("Abstentions"), _("Point of the agenda")]
    heading.append(_("Minutes approved on"))
    return heading, [_decision(one) for one in found.rows]


def _decision(one: Decision) -> list[Cell]:
    votes: list[Cell] = [one.votes_for, one.votes_against, one.abstentions]
    approved = one.meeting.approved_at
    said: list[Cell] = [one.body.name, str(one), one.meeting.day, one.wording, one.get_result_display()]
    under = one.item.title if one.item else None
    return [*said, *votes, under, approved.date() if approved else None]


def actions_table(found: Actions) -> tuple[list[str], list[list[Cell]]]:
    """Heading and rows of the worklist."""
    heading = [_("Body"), _("Meeting of"), pgettext("something to do", "Action"), _("Institution")]
    heading += [
        _("Colleague"),
        pgettext("action", "Due"),
        _("Done on"),
        _("Overdue"),
        _("Times carried over"),
    ]
    rows: list[list[Cell]] = []
    for line in found.lines:
        one = line.point
        who: list[Cell] = [str(one.institution or ""), one.person.name if one.person else ""]
        dates: list[Cell] = [one.due, one.done_on, _("yes") if line.is_overdue else "", line.carried]
        rows.append([one.meeting.body.name, one.meeting.day, one.what, *who, *dates])
    return heading, rows
