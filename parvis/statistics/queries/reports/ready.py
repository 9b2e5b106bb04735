"""Models that are there from the start, and those that a centre kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre
from parvis.statistics.models import Audience, PartKind, ReportModel
from parvis.statistics.queries.reports.blocks.typed import Wanted
from parvis.statistics.queries.reports.spans import Span

Text = str | Promise
K = PartKind


@dataclass(frozen=True)
class Block:
    """One block of a model."""

    kind: PartKind
    title: Text
    settings: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """What one may make a report of. ``choice`` is how a report and a schedule remember it."""

    choice: str
    name: Text
    purpose: Text
    span: Span
    audience: Audience
    blocks: tuple[Block, ...]
    own: int | None = None  # the row's key, where a centre kept it


def _wanted(*items: Wanted) -> dict[str, Any]:
    return {"rows": [{"what": one.value, "value": "", "unit": "", "source": "", "on": ""} for one in items]}


W = Wanted
READY: tuple[Model, ...] = (
    Model(
        "ready:evening",
        _("Evening report"),
        _("What happened today, for tomorrow’s team."),
        Span.DAY,
        Audience.TEAM,
        (
            Block(K.WORK, _("The day in sentences")),
            Block(K.WAITS, _("Waits")),
            Block(K.NEEDS, _("What could not be found")),
            Block(K.NARRATIVE, _("For the team")),
        ),
    ),
    Model(
        "ready:month",
        _("Month"),
        _("The month’s meeting: work, waits, points of view, what was missing."),
        Span.MONTH,
        Audience.TEAM,
        (
            Block(K.WORK, _("The month in sentences")),
            Block(K.OPENING, _("Open without appointment")),
            Block(K.CROSS, _("Acts by theme"), {"unit": "acts", "rows": "theme", "chart": "bars"}),
            Block(K.WAITS, _("Waits")),
            Block(K.PLURALITY, _("Points of view")),
            Block(K.NEEDS, _("What could not be found, and what became of it")),
            Block(K.LATE, _("Corrected since it was signed")),
            Block(K.NARRATIVE, _("What we make of it")),
        ),
    ),
    Model(
        "ready:quarter",
        _("Quarter for funders"),
        _("What partners and funders are told four times a year."),
        Span.QUARTER,
        Audience.PARTNERS,
        (
            Block(K.NARRATIVE, _("The quarter in a few words")),
            Block(K.WORK, _("The work")),
            Block(K.OPENING, _("Open without appointment")),
            Block(K.CROSS, _("Acts by theme"), {"unit": "acts", "rows": "theme", "chart": "bars"}),
            Block(K.PROFILE, _("Profile of the public")),
            Block(K.SAMPLED, _("Profile of the public, from a sample")),
            Block(K.SATISFIED, _("Satisfaction")),
            Block(K.WAITS, _("Waits")),
            Block(K.STAFF, _("People on duty")),
            Block(K.PLURALITY, _("Points of view")),
            Block(K.PARTNERS, _("Partners")),
            Block(K.NEEDS, _("What could not be found, and what became of it")),
        ),
    ),
    Model(
        "ready:dashboard",
        _("Yearly dashboard of the label"),
        _("Every item that renews the label; what Parvis does not count is typed in with its source."),
        Span.YEAR,
        Audience.PARTNERS,
        (
            Block(K.NARRATIVE, _("Facts of the year")),
            Block(K.OPENING, _("Opening hours without appointment")),
            Block(K.WORK, _("Passages, contacts and acts")),
            Block(K.CROSS, _("Passages by month"), {"unit": "passages", "rows": "month"}),
            Block(
                K.CROSS,
                _("Contacts by month and channel"),
                {"unit": "contacts", "rows": "month", "columns": "channel"},
            ),
            Block(K.CROSS, _("Acts by theme"), {"unit": "acts", "rows": "theme", "chart": "bars"}),
            Block(K.EVENTS, _("Events and participants"), {}, _wanted(W.EVENTS, W.PARTICIPANTS)),
            Block(K.CLASSES, _("Classes and pupils"), {}, _wanted(W.CLASSES, W.PUPILS)),
            Block(K.TYPED, _("Resources"), {}, _wanted(W.RESOURCES)),
            Block(K.PARTNERS, _("Partners by type")),
            Block(K.STAFF, _("Own and seconded full-time equivalents")),
            Block(K.TYPED, _("Posts"), {}, _wanted(W.POSTS)),
            Block(
                K.TYPED,
                _("Budget by source"),
                {},
                _wanted(W.BUDGET_CITY, W.BUDGET_REGION, W.BUDGET_STATE, W.BUDGET_OTHER),
            ),
            Block(K.PROFILE, _("Profile of the public")),
            Block(K.SAMPLED, _("Profile of the public, from a sample")),
            Block(K.SATISFIED, _("Satisfaction")),
            Block(K.CHANGED, _("What changed for people")),
            Block(K.PLURALITY, _("Points of view by theme")),
            Block(K.NEEDS, _("Unmet needs, and what became of them")),
            Block(K.CHARTER, _("Evidence for the charter")),
            Block(K.NARRATIVE, _("New offers")),
            Block(K.DEPARTURES, _("Declared departures from the charter")),
        ),
    ),
    Model(
        "ready:public",
        _("Page for the public"),
        _("A year on a page that everybody can read."),
        Span.YEAR,
        Audience.PUBLIC,
        (
            Block(K.NARRATIVE, _("Our year")),
            Block(K.WORK, _("How many came")),
            Block(K.OPENING, _("Open without appointment")),
            Block(K.SATISFIED, _("Satisfaction")),
            Block(K.PARTNERS, _("Who is behind the centre")),
        ),
    ),
)


def models_of(centre: Centre) -> list[Model]:
    """The centre’s own first, then the ready ones: one query."""
    own = ReportModel.objects.filter(centre=centre, put_aside_at=None).order_by("name", "pk")
    return [*(_kept(row) for row in own), *READY]


def model_of(centre: Centre, choice: str) -> Model | None:
    """The model that a report or a schedule remembers; none where it was put aside or is another centre’s."""
    kind, _colon, name = choice.partition(":")
    if kind != "own":
        return next((model for model in READY if model.choice == choice), None)
    rows = ReportModel.objects.filter(centre=centre, put_aside_at=None)
    row = rows.filter(pk=int(name)).first() if name.isascii() and name.isdigit() else None
    return _kept(row) if row else None


def _kept(row: ReportModel) -> Model:
    blocks = tuple(
        Block(PartKind(one["kind"]), one["title"], one["settings"], one.get("said", {})) for one in row.blocks
    )
    return Model(
        f"own:{row.pk}",
        row.name,
        _("Kept by your centre."),
        Span(row.span),
        Audience(row.audience),
        blocks,
        row.pk,
    )
