"""The numbers that a visitor's card shows, and those of the page on which a centre writes its own."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre
from parvis.guidance.models import EmergencyNumber
from parvis.guidance.visitor_danger import Kind
from parvis.guidance.visitor_emergency import defaults


@dataclass(frozen=True)
class Line:
    """One number as it is read; ``address`` is what a telephone is given. ``pk`` is empty for a country's own."""

    pk: int | None
    kind: str
    name: str | Promise | LazyI18nString
    number: str
    hours: str | Promise | LazyI18nString
    by_text: bool

    @property
    def address(self) -> str:
        return ("sms:" if self.by_text else "tel:") + re.sub(r"[^\d+]", "", self.number)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label) if self.kind in Kind.values else ""


@dataclass(frozen=True)
class Numbers:
    """A centre's numbers in order; ``own`` where the centre wrote them, else they are its country's."""

    lines: list[Line]
    own: bool


def numbers_of(centre: Centre) -> Numbers:
    """Those that the centre wrote, else those of its country: one query."""
    rows = EmergencyNumber.objects.filter(centre=centre)
    own = [Line(row.pk, row.kind, row.name, row.number, row.hours, row.by_text) for row in rows]
    if own:
        return Numbers(own, own=True)
    found = [
        Line(None, one.kind, one.name, one.number, one.hours, one.by_text) for one in defaults(centre.country)
    ]
    return Numbers(found, own=False)


def card(centre: Centre, kinds: Collection[str]) -> list[Line]:
    """What ``guidance/visitor/_danger.html`` shows as ``numbers`` when a question speaks of ``kinds``: one query."""
    return card_of(numbers_of(centre).lines, kinds)


def card_of(lines: list[Line], kinds: Collection[str]) -> list[Line]:
    """Those of ``lines`` for ``kinds`` first, then those for any danger."""
    meant = [line for line in lines if line.kind in kinds]
    return meant + [line for line in lines if line.kind not in Kind.values]
