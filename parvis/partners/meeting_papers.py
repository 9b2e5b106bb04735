"""A meeting on paper: the agenda as a text to send, the minutes as PDF. Both read the same page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from parvis.partners.models import ActionPoint, AgendaItem, Decision, MinutesCorrection
from parvis.partners.queries.meetings import Attended, MeetingPage
from parvis.partners.words import point_in_words, votes_in_words
from parvis.shared.paper import pdf

SOURCE = Path(__file__).parent / "paper" / "minutes.typ"


def when(page: MeetingPage) -> str:
    """Day, hour and place in one line."""
    meeting = page.meeting
    parts = [date_format(meeting.day, "l j F Y")]
    parts += [time_format(meeting.begins)] if meeting.begins else []
    return " · ".join([*parts, meeting.place] if meeting.place else parts)


def agenda_text(page: MeetingPage) -> str:
    """The agenda as plain text. It names institutions and nobody."""
    lines = [page.meeting.body.name, when(page), "", _("Agenda")]
    lines += [f"{n}. {_titled(item)}" for n, item in enumerate(page.items, 1)]
    if page.to_approve:
        days = ", ".join(date_format(one.day, "j F Y") for one in page.to_approve)
        lines.append("– " + _("Minutes to approve: %(days)s") % {"days": days})
    if page.carried:
        lines += ["", _("Still open from earlier meetings")]
        lines += [f"– {_unnamed(point)}" for point in page.carried if point.done_on is None]
    return "\n".join(lines) + "\n"


def minutes_pdf(page: MeetingPage, language: str) -> bytes:
    """The minutes as they are now, in the active language, which is ``language``."""
    meeting = page.meeting
    said: dict[str, Any] = {
        "title": pgettext("of a meeting", "Minutes")
        if page.attendance_noted or meeting.is_approved
        else _("Agenda"),
        "language": language,
        "rtl": get_language_bidi(),
        "centre": meeting.body.centre.name,
        "body": meeting.body.name,
        "when": when(page),
        "state": _state(page),
        "parts": [_attendance(page), _carried(page), _taken_apart(page)],
        "items": [_item(n, item) for n, item in enumerate(page.items, 1)],
        "agenda": _("Agenda"),
        "corrections_title": _("Corrections"),
        "corrections": [_correction(one) for one in page.corrections],
        "foot": f"{meeting.body.name} · {date_format(meeting.day, 'j F Y')}",
    }
    said["parts"] = [part for part in said["parts"] if part["lines"]]
    return pdf(SOURCE, said)


def _state(page: MeetingPage) -> str:
    meeting = page.meeting
    if not meeting.approved_in:
        return _("Not approved yet")
    return _("Approved at the meeting of %(day)s") % {"day": date_format(meeting.approved_in.day, "j F Y")}


def _titled(item: AgendaItem) -> str:
    by = item.brought_by
    return f"{item.title} ({by.name})" if by else item.title


def _unnamed(point: ActionPoint) -> str:
    """With the institution that takes it on; a colleague is not named in what is sent around."""
    who = [point.institution.name] if point.institution else []
    due = [_("until %(day)s") % {"day": date_format(point.due, "j F Y")}] if point.due else []
    return ", ".join([point.what, *who, *due])


def _attendance(page: MeetingPage) -> dict[str, Any]:
    lines = [_attended(one) for one in page.attended if one.mandate and one.state]
    title = ngettext(
        "Who was there: %(n)d of %(of)d seat", "Who was there: %(n)d of %(of)d seats", page.held_seats
    )
    return {"title": title % {"n": page.there, "of": page.held_seats}, "lines": lines}


def _attended(one: Attended) -> str:
    name = one.mandate.institution.name if one.mandate else ""
    who = f" ({one.who})" if one.there and one.who else ""
    return f"{name}{who} – {one.state.label if one.state else ''}"


def _carried(page: MeetingPage) -> dict[str, Any]:
    lines = [f"{point.what} – {point_in_words(point)}" for point in page.carried]
    return {"title": _("Still open from earlier meetings"), "lines": lines}


def _taken_apart(page: MeetingPage) -> dict[str, Any]:
    """Under no point of the agenda."""
    lines = [_decided(one) for one in page.apart] + [_taken(one) for one in page.points_apart]
    return {"title": _("Besides the agenda"), "lines": lines}


def _item(n: int, item: AgendaItem) -> dict[str, Any]:
    decided: list[Decision] = item.decided  # type: ignore[attr-defined]  # the page put them there
    taken: list[ActionPoint] = item.taken  # type: ignore[attr-defined]
    return {
        "title": f"{n}. {item.title}",
        "by": item.brought_by.name if item.brought_by else "",
        "paragraphs": [line for line in item.minutes.splitlines() if line.strip()],
        "decisions": [_decided(one) for one in decided],
        "actions": [_taken(one) for one in taken],
    }


def _decided(one: Decision) -> str:
    votes = votes_in_words(one)
    said = _("Decision %(number)s, %(result)s: %(wording)s") % {
        "number": one,
        "result": one.get_result_display().lower(),
        "wording": one.wording,
    }
    return f"{said} ({votes})" if votes else said


def _taken(one: ActionPoint) -> str:
    return _("Action: %(what)s (%(who)s)") % {"what": one.what, "who": point_in_words(one)}


def _correction(one: MinutesCorrection) -> str:
    under = f"{one.item.title} – " if one.item else ""
    told = {"text": under + one.text, "reason": one.reason, "day": date_format(one.at.date(), "j F Y")}
    return _("%(text)s – because: %(reason)s (%(day)s)") % told
