"""A kit on paper: the facilitator's sheet with its sequence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from parvis.agenda.models import KitVersion
from parvis.agenda.queries.kits import Sequence
from parvis.agenda.templatetags.kits import hours
from parvis.shared.paper import pdf

SOURCE = Path(__file__).parent / "paper" / "kit.typ"


def kit_pdf(version: KitVersion, sequence: Sequence, language: str, house: str) -> bytes:
    """A version as a sheet in the active language, which is ``language``."""
    said: dict[str, Any] = {
        "title": str(version.title or version.kit.title),
        "language": language,
        "rtl": language in settings.LANGUAGES_BIDI,
        "house": house,
        "summary": str(version.summary),
        "facts": _facts(version),
        "parts": [
            part
            for part in (
                {"title": _("Aim"), "lines": _lines(str(version.aim)), "tick": False},
                {"title": _("Material"), "lines": _lines(str(version.material)), "tick": True},
            )
            if part["lines"]
        ],
        "sequence_title": pgettext("of a workshop", "Sequence"),
        "steps": [
            {
                "at": hours(one.begins),
                "minutes": _minutes(one.step.minutes),
                "title": str(one.step.title),
                "lines": _lines(str(one.step.text)),
            }
            for one in sequence.steps
        ],
        "end": hours(sequence.used),
        "left": ngettext("%(n)d minute left", "%(n)d minutes left", sequence.left) % {"n": sequence.left}
        if sequence.left > 0
        else "",
        "notes_title": _("Notes for the facilitator"),
        "notes": _lines(str(version.notes)),
        "foot": f"{version.kit.title} · {_('Version %(n)s') % {'n': version.number}}",
    }
    return pdf(SOURCE, said)


def _facts(version: KitVersion) -> str:
    people = ngettext("%(n)d person at most", "%(n)d people at most", version.people or 0)
    facts = [_minutes(version.minutes), str(version.get_level_display())]
    facts += [people % {"n": version.people}] if version.people else []
    return " · ".join([*facts, *(str(one) for one in version.objectives.all())])


def _minutes(n: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
