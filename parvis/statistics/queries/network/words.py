"""What is there and what is missing, in words: the same on the page, in files and in the mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from parvis.statistics.queries.explorer.notes import unit_of

if TYPE_CHECKING:
    from parvis.statistics.queries.network.measured import Otherwise
    from parvis.statistics.queries.network.present import CentreLine, Dashboard, Evenings, State


def state_said(state: State) -> str:
    """In a few words."""
    return {
        "there": _("Everything is there"),
        "partial": _("Something is missing"),
        "late": _("Dashboard late"),
        "nothing": _("Nothing yet"),
        "quiet": _("Nothing to expect"),
    }[state.value]


def evenings_said(found: Evenings) -> str:
    """How many of the open days were signed."""
    if not found.opened:
        return _("No open day in this period.")
    if not found.missing:
        said = ngettext(
            "The evening of the one open day is signed.",
            "The evenings of all %(n)s open days are signed.",
            found.opened,
        ) % {"n": found.opened}
        return _with_past(said, found) if found.brought_in < found.opened else _brought_in(found)
    said = ngettext(
        "%(n)s of %(all)s open day without a signed evening",
        "%(n)s of %(all)s open days without a signed evening",
        found.opened,
    )
    return _with_past(said % {"n": len(found.missing), "all": found.opened}, found)


def _with_past(said: str, found: Evenings) -> str:
    return f"{said} ({_brought_in(found)})" if found.brought_in else said


def _brought_in(found: Evenings) -> str:
    return ngettext(
        "%(n)s day came with a sheet of the past", "%(n)s days came with sheets of the past", found.brought_in
    ) % {"n": found.brought_in}


def months_said(line: CentreLine) -> str:
    """Months without any contact."""
    names = ", ".join(date_format(month, "F Y") for month in line.empty_months)
    return _("No contact noted in %(months)s, though the centre was open.") % {"months": names}


def dashboard_said(found: Dashboard) -> str:
    """“Dashboard of 2025: published on 3 March 2026, sent to 4 people”."""
    parts = {"year": found.year, "state": _state_of(found)}
    return _("Dashboard of %(year)s: %(state)s") % parts


def _state_of(found: Dashboard) -> str:
    if found.report is None:
        return pgettext("the yearly dashboard", "not begun")
    if found.report.is_draft or found.report.published_at is None:
        return pgettext("the yearly dashboard", "begun, not published yet")
    published = _("published on %(day)s") % {"day": date_format(found.report.published_at, "j F Y")}
    if not found.sent:
        return published
    sent = ngettext("sent to %(n)s person", "sent to %(n)s people", found.sent) % {"n": found.sent}
    return f"{published}, {sent}"


def due_said(found: Dashboard) -> str:
    """Until when it is asked for; nothing where it is there or no day is set."""
    if found.due is None or found.is_there:
        return ""
    day = date_format(found.due, "j F Y")
    return (
        _("was asked for until %(day)s") % {"day": day}
        if found.is_late
        else _("asked for until %(day)s") % {"day": day}
    )


def missing_said(line: CentreLine) -> Iterator[str]:
    """A sentence for each thing that is still to come."""
    if line.evenings.missing:
        days = ", ".join(date_format(day, "j F") for day in line.evenings.missing[:31])
        more = ", …" if len(line.evenings.missing) > 31 else ""
        yield f"{evenings_said(line.evenings)}: {days}{more}"
    if line.empty_months:
        yield months_said(line)
    if not line.dashboard.is_there and line.dashboard.due:
        yield f"{dashboard_said(line.dashboard)} ({due_said(line.dashboard)})"


def otherwise_said(found: Otherwise) -> Iterator[str]:
    """A sentence for each thing that is measured otherwise."""
    if found.units:
        names = ", ".join(str(unit_of(unit).label).lower() for unit in found.units)
        yield _("Not counted here: %(units)s.") % {"units": names}
    if found.unmapped:
        yield ngettext(
            "%(n)s entry of its lists counts as nothing in the network’s.",
            "%(n)s entries of its lists count as nothing in the network’s.",
            found.unmapped,
        ) % {"n": found.unmapped}
    if found.closed:
        yield ngettext(
            "%(n)s entry counts as one that the network has closed.",
            "%(n)s entries count as ones that the network has closed.",
            found.closed,
        ) % {"n": found.closed}
    if found.channels:
        yield _("Channels with hardly any act, or none: %(names)s.") % {"names": ", ".join(found.channels)}
    if not found.sampled:
        yield _("No sample survey of the public in this period.")
