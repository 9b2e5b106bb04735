"""What people typed into a report: words, figures that Parvis does not know, declared departures from the charter."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, figure_place


class Commitment(models.TextChoices):
    """The six commitments of the charter (edition of 2004, and the label's presentation)."""

    FREE = "free", gettext_lazy("Free and anonymous access, open to all, without appointment")
    SERVICES = "services", gettext_lazy("Services centred on the public’s needs")
    PLURALITY = "plurality", gettext_lazy("Plurality of points of view")
    SPACES = "spaces", gettext_lazy("Spaces for advice and interviews; a welcoming place")
    DOCUMENTS = "documents", gettext_lazy("Self-service documentation, exhaustive and up to date")
    EVENTS = "events", gettext_lazy("Regular events that show the diversity of occupations")


class Wanted(models.TextChoices):
    """Figures of the yearly dashboard that are typed in, with where they come from: Parvis does not count them, or did not yet."""

    EVENTS = "events", gettext_lazy("Events held")
    PARTICIPANTS = "participants", gettext_lazy("Participants at these events")
    CLASSES = "classes", gettext_lazy("Classes received")
    PUPILS = "pupils", gettext_lazy("Pupils in these classes")
    RESOURCES = "resources", gettext_lazy("Resources in self-service")
    SATISFIED = "satisfied", gettext_lazy("Satisfied visitors, percent of those who answered")
    ANSWERED = "answered", gettext_lazy("Answers about satisfaction, n")
    POSTS = "posts", gettext_lazy("Posts paid by the centre, full-time equivalents")
    BUDGET_CITY = "budget_city", gettext_lazy("Budget: local authorities")
    BUDGET_REGION = "budget_region", gettext_lazy("Budget: region")
    BUDGET_STATE = "budget_state", gettext_lazy("Budget: state and European funds")
    BUDGET_OTHER = "budget_other", gettext_lazy("Budget: other sources")


def label_of(row: dict[str, Any]) -> str:
    """What a typed figure is called: an item of the dashboard in the active language, or what somebody called it."""
    what = row.get("what", "")
    return str(Wanted(what).label) if what in Wanted.values else str(what)


def narrative(asked: Asked) -> Content:
    """The words as they were typed, a paragraph a line."""
    lines = [line.strip() for line in str(asked.said.get("text", "")).splitlines() if line.strip()]
    return Content(lines=lines, missing="" if lines else _("Nothing was written here."))


def typed(asked: Asked) -> Content:
    """Each figure with its source and date; the dashboard’s items stay where nobody knows them, and say so."""
    rows = list(asked.said.get("rows", []))
    missing = _("Not given: %(what)s.")
    said = [_typed(row) for row in rows if row.get("value") not in (None, "")]
    absent = [label_of(row) for row in rows if row.get("value") in (None, "")]
    return Content(
        said,
        lines=[missing % {"what": ", ".join(absent)}] if absent else [],
        note=_("Typed in by the centre; Parvis does not count them.") if said else "",
        missing="" if rows else _("No figure was typed in."),
    )


def _typed(row: dict[str, Any]) -> Sentence:
    """“Events held: 31 events (programme 2026, 4 January 2027).”"""
    label, value = label_of(row), Decimal(str(row["value"]))
    on = parse_date(row.get("on") or "")
    known = [part for part in (row.get("source", ""), date_format(on, "j F Y") if on else "") if part]
    text = f"{label}: {figure_place(0)}" + (f" {row['unit']}" if row.get("unit") else "")
    number = int(value) if value == value.to_integral_value() else float(value)
    return Sentence(
        text + (f" ({', '.join(known)})" if known else ""), [Number(label, number, row.get("unit", ""))]
    )


def departures(asked: Asked) -> Content:
    """What the centre declares that it did otherwise, under the commitment of the charter."""
    said = dict(asked.said.get("departures", {}))
    lines = [
        _("%(commitment)s: %(what)s") % {"commitment": one.label, "what": said[one.value].strip()}
        for one in Commitment
        if str(said.get(one.value, "")).strip()
    ]
    return Content(lines=lines or [_("None declared.")])
