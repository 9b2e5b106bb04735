"""A thread to take away: as data, and as a sheet of paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from parvis.guidance.models import Kind
from parvis.guidance.opened import Opened, read_surveys
from parvis.guidance.queries.threads import Line, Reading, by_kind, entries_of, readings_of
from parvis.guidance.visitor_nicknames import nickname
from parvis.guidance.visitor_words import Who
from parvis.shared.paper import pdf
from parvis.shared.speaking import a_day

SOURCE = Path(__file__).parent / "paper" / "thread.typ"


def as_data(opened: Opened) -> dict[str, Any]:
    """Everything that is kept of a thread, in plain JSON. Nothing in it says who wrote it for the centre."""
    thread = opened.thread
    return {
        "begun_at": thread.centre.name,
        "agreed_on": thread.agreed_on,
        "last_used_on": thread.used_on,
        "kept_until": thread.expires_on,
        "entries": [
            {"kind": line.kind.value, "day": line.day, "centre": line.centre, "role": line.role} | line.said
            for line in entries_of(opened)
        ],
        "read": [
            {"day": one.day, "centre": one.centre, "role": one.role, "a_trainee_listened": one.trainee}
            for one in readings_of(thread)
        ],
        "surveys_offered": sorted(str(one) for one in read_surveys(thread, opened.key)),
    }


def as_pdf(opened: Opened, language: str) -> bytes:
    """The same on paper, in the active language, which is ``language``."""
    thread = opened.thread
    parts = [(Kind(kind), lines) for kind, lines in by_kind(entries_of(opened)).items() if lines]
    said = {
        "title": _("Your thread"),
        "language": language,
        "rtl": get_language_bidi(),
        "centre": thread.centre.name,
        "lead": _("We call it %(name)s. It is kept until %(day)s, and longer each time you open it.")
        % {"name": nickname(thread, language), "day": a_day(thread.expires_on)},
        "parts": [
            {"title": str(kind.label), "lines": [on_paper(line) for line in lines]} for kind, lines in parts
        ],
        "readings_title": _("Who has read it"),
        "readings": [reading(one) for one in readings_of(thread)],
        "foot": _("Come back at any time, without an appointment and without a name."),
    }
    return pdf(SOURCE, said)


def on_paper(line: Line) -> dict[str, Any]:
    """One entry: its text, and what belongs to a step in one line below."""
    said = line.said
    more = [str(Who(said["who"]).label)] if said.get("who") else []
    if said.get("due"):
        more.append(_("until %(day)s") % {"day": a_day(date.fromisoformat(said["due"]))})
    if said.get("where"):
        more.append(said["where"])
    return {"text": said["text"], "more": " · ".join(more), "done": bool(said.get("done"))}


def reading(one: Reading) -> str:
    """Who read it, on which day."""
    line = f"{a_day(one.day)} · {one.centre}, {one.role}"
    return f"{line}, {_('and somebody in training who listened')}" if one.trainee else line
