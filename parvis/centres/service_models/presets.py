"""Reads the presets. Nothing here touches the database."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from parvis.accounts.roles import Role
from parvis.centres.models import CodeList, ServiceModel, Shape, TicketStyle, Tint

HERE = Path(__file__).parent
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NOT_COMMUNICATED = "not_communicated"
# These say why staff did something, so there is always a reason; or what they offer, which is chosen, not asked.
ALWAYS_SAID = frozenset(
    {CodeList.THEME, CodeList.PRIORITY, CodeList.GAP}
    | {CodeList.EVENT_KIND, CodeList.SECTOR, CodeList.OBJECTIVE}
)

Words = dict[str, str]  # language -> wording


@dataclass(frozen=True)
class CodePreset:
    """One entry of a code list. ``counts_as`` is the key of the network's entry, its own key unless it is finer."""

    key: str
    label: Words
    counts_as: str
    not_communicated: bool = False

    @property
    def of_the_network(self) -> bool:
        """Whether the network's own list has this entry too."""
        return self.counts_as == self.key


@dataclass(frozen=True)
class ThemePreset:
    """One theme with its colour and shape."""

    key: str
    name: Words
    sentence: Words
    tint: Tint
    shape: Shape


@dataclass(frozen=True)
class StaffPreset:
    """A job title of the trade, and the role that it has here."""

    key: str
    name: Words
    role: Role


@dataclass(frozen=True)
class HoursPreset:
    """One stretch of an ordinary week; Monday is 0."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Preset:
    """Everything a new centre of one service model starts with."""

    service_model: ServiceModel
    welcome: Words
    ticket_style: TicketStyle
    age_from: int | None
    age_to: int | None
    themes: list[ThemePreset]
    codes: dict[CodeList, list[CodePreset]]  # every list but the themes'
    staff: list[StaffPreset]
    spaces: list[str]  # Space.Kind values; ``place_name`` has their wording
    desks: list[str]
    hours: list[HoursPreset]


@cache
def preset(model: ServiceModel) -> Preset:
    """What a centre of ``model`` starts with."""
    data = _read(HERE / f"{ServiceModel(model).value}.toml")
    staff = _words("staff")
    return Preset(
        service_model=ServiceModel(model),
        welcome=place_name(data["welcome"]),
        ticket_style=TicketStyle(data["ticket_style"]),
        age_from=data.get("age_from"),
        age_to=data.get("age_to"),
        themes=[
            ThemePreset(key, **_theme_words(key), tint=Tint(tint), shape=Shape(shape))
            for key, (tint, shape) in data["themes"].items()
        ],
        codes={
            listed: _chosen(listed, data["lists"].get(listed.value))
            for listed in CodeList
            if listed != CodeList.THEME
        },
        staff=[StaffPreset(key, _only_words(staff[key]), Role(staff[key]["role"])) for key in data["staff"]],
        spaces=data["spaces"],
        desks=data["desks"],
        hours=[
            HoursPreset(WEEK.index(day), time.fromisoformat(opens), time.fromisoformat(closes))
            for day, opens, closes in data["hours"]
        ],
    )


def presets() -> list[Preset]:
    """Every service model's preset."""
    return [preset(model) for model in ServiceModel]


@cache
def list_entries(listed: CodeList) -> list[CodePreset]:
    """Every entry that any service model may use in ``listed``, “not communicated” last where the list has it."""
    if listed == CodeList.THEME:
        return [theme_entry(key) for key in _words("themes")]
    entries = [
        CodePreset(key, _only_words(entry), entry.get("counts_as", key))
        for key, entry in _words(listed.value).items()
    ]
    if listed not in ALWAYS_SAID:
        words = _words(NOT_COMMUNICATED)[NOT_COMMUNICATED]
        entries.append(CodePreset(NOT_COMMUNICATED, words, NOT_COMMUNICATED, not_communicated=True))
    return entries


def theme_entry(key: str) -> CodePreset:
    """The entry of the network's theme list for the preset theme ``key``."""
    return CodePreset(key, _theme_words(key)["name"], key)


@cache
def place_name(key: str) -> Words:
    """What a main site, a kind of space, or a welcome is called, in every language."""
    return _only_words(_words("places")[key])


def _theme_words(key: str) -> dict[str, Words]:
    entry = _words("themes")[key]
    return {"name": entry["name"], "sentence": entry["sentence"]}


def _chosen(listed: CodeList, keys: list[str] | None) -> list[CodePreset]:
    """The entries of one list that a model names; all that count for the network where it names none."""
    entries = list_entries(listed)
    if keys is None:
        return [entry for entry in entries if entry.of_the_network]
    by_key = {entry.key: entry for entry in entries}
    return [by_key[key] for key in keys] + [entry for entry in entries if entry.not_communicated]


def _only_words(entry: dict[str, Any]) -> Words:
    return {key: value for key, value in entry.items() if key not in {"counts_as", "role"}}


@cache
def _words(name: str) -> dict[str, dict[str, Any]]:
    return _read(HERE / "words" / f"{name}.toml")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())
