"""What the pages say about an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from i18nfield.strings import LazyI18nString

from parvis.agenda.models import Event, KitVersion, Organiser, Registration
from parvis.centres.models import Code, Theme
from parvis.partners.models import Institution


@dataclass(frozen=True)
class Voice:
    """Somebody from outside who speaks, as they agreed to be named."""

    name: str
    agreed_on: date
    about: str = ""
    named_until: date | None = None


@dataclass(frozen=True)
class Said:
    """What a page says about an event."""

    kind: Code
    title: LazyI18nString
    summary: LazyI18nString = field(default_factory=lambda: LazyI18nString({}))
    description: LazyI18nString = field(default_factory=lambda: LazyI18nString({}))
    kit_version: KitVersion | None = None
    themes: frozenset[Theme] = frozenset()
    codes: frozenset[Code] = frozenset()
    languages: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    registration: str = Registration.NONE
    most_seats: int = 5
    release_minutes: int | None = None
    lead: Institution | None = None
    others: frozenset[Institution] = frozenset()
    named: bool = True
    voices: tuple[Voice, ...] = ()


PLAIN = (
    "kind",
    "title",
    "summary",
    "description",
    "kit_version",
    "registration",
    "most_seats",
    "release_minutes",
)


def said_of(event: Event) -> Said:
    """What the pages say about an event now: four queries."""
    parts = list(event.organisers.select_related("institution"))
    return Said(
        **{name: getattr(event, name) for name in PLAIN},
        themes=frozenset(event.themes.all()),
        codes=frozenset(event.codes.all()),
        languages=tuple(event.languages),
        accessibility=tuple(event.accessibility),
        lead=next((one.institution for one in parts if one.part == Organiser.Part.LEAD), None),
        others=frozenset(one.institution for one in parts if one.part == Organiser.Part.WITH),
        named=all(one.named for one in parts),
        voices=tuple(
            Voice(one.name, one.agreed_on, one.about, one.named_until) for one in event.speakers.all()
        ),
    )


def same(one: Said, other: Said) -> bool:
    """Whether two pages say the same; a text that nobody wrote is none in any language."""
    return all(
        _worded(getattr(one, name)) == _worded(getattr(other, name)) for name in Said.__dataclass_fields__
    )


def _worded(value: object) -> object:
    return (value.data or {}) if isinstance(value, LazyI18nString) else value
