"""Presence as numbers, typed on a tablet in the room, and what was done for each objective."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.agenda.actions.day import DayHeld, Done
from parvis.agenda.models import ObjectiveDone
from parvis.agenda.queries.class_presence import Presence
from parvis.agenda.visitor_name_lists import refuse_lists
from parvis.centres.models import Code, CodeList
from parvis.shared.free_text import NoNameField

MOST = 400


@dataclass(frozen=True)
class ListLines:
    """One list: its name, and a field for each entry."""

    name: str
    fields: list[BoundField]
    error: str


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective: what was done, and a few words."""

    objective: Code
    chosen: bool
    depth: BoundField
    words: BoundField


class PresenceForm(forms.Form):
    """How many came. ``held`` is the day; a list that is begun is filled up with “not communicated”."""

    use_required_attribute = False
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, presence: Presence, **kwargs: Any) -> None:
        self.presence = presence
        self.wrong_lists: dict[str, str] = {}  # what is wrong with a list, by its name
        super().__init__(*args, **kwargs | {"initial": _before(presence)})
        for group in presence.groups:
            label = gettext("Group %(n)d") % {"n": group.number}
            self.fields[f"group_{group.number}"] = _number(label, required=True)
        if not presence.groups:
            self.fields["came"] = _number(gettext("Pupils who came"), required=True)
        self.fields["adults"] = _number(gettext("Adults with them"), required=True)
        for codes in presence.lists.values():
            for code in codes:
                self.fields[f"count_{code.pk}"] = _number(str(code.label))
        for one in presence.objectives:
            depths = [*ObjectiveDone.Depth.choices]
            self.fields[f"depth_{one.pk}"] = forms.TypedChoiceField(
                label=one.label, choices=depths, required=False, widget=forms.RadioSelect
            )
            self.fields[f"words_{one.pk}"] = NoNameField(
                label=_("In a few words"),
                required=False,
                country=presence.visit.centre.country,
                validators=[refuse_lists],
            )

    @property
    def heads(self) -> list[BoundField]:
        """Pupils by group, or in all, and adults."""
        names = [f"group_{group.number}" for group in self.presence.groups] or ["came"]
        return [self[name] for name in [*names, "adults"]]

    @property
    def lists(self) -> list[ListLines]:
        """Age bands, genders."""
        return [
            ListLines(
                str(CodeList(name).label),
                [self[f"count_{code.pk}"] for code in codes],
                self.wrong_lists.get(name, ""),
            )
            for name, codes in self.presence.lists.items()
            if codes
        ]

    @property
    def objectives(self) -> list[ObjectiveLine]:
        """Those that were chosen first."""
        return [
            ObjectiveLine(
                one, one.pk in self.presence.chosen, self[f"depth_{one.pk}"], self[f"words_{one.pk}"]
            )
            for one in self.presence.objectives
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, codes in self.presence.lists.items():
            said = {code: data.get(f"count_{code.pk}") for code in codes}
            if all(count is None for count in said.values()):
                continue
            rest = self._came(data) - sum(count or 0 for count in said.values())
            unknown = next((code for code in codes if code.not_communicated), None)
            if unknown is not None and said[unknown] is None and rest > 0:
                data[f"count_{unknown.pk}"] = rest
            elif rest:
                text = gettext("Together %(total)d, but %(came)d pupils came.")
                total = {"total": self._came(data) - rest, "came": self._came(data)}
                self.wrong_lists[name] = text % total
                self.add_error(None, f"{CodeList(name).label}: {text % total}")
        for one in self.presence.objectives:
            if data.get(f"words_{one.pk}") and not data.get(f"depth_{one.pk}"):
                self.add_error(f"depth_{one.pk}", gettext("Say what was done, too."))
        return data

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def held(self) -> DayHeld:
        """What the action takes."""
        data = self.cleaned_data
        groups = {group.number: data[f"group_{group.number}"] for group in self.presence.groups}
        return DayHeld(
            came=self._came(data),
            adults=data["adults"],
            groups=groups,
            counts={
                code: data[f"count_{code.pk}"]
                for codes in self.presence.lists.values()
                for code in codes
                if data.get(f"count_{code.pk}") is not None
            },
            done={
                one: Done(data[f"depth_{one.pk}"], data[f"words_{one.pk}"])
                for one in self.presence.objectives
                if data.get(f"depth_{one.pk}")
            },
        )

    def _came(self, data: dict[str, Any]) -> int:
        groups = [data.get(f"group_{group.number}") or 0 for group in self.presence.groups]
        return sum(groups) if self.presence.groups else data.get("came") or 0


def _number(label: str, *, required: bool = False) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=required, widget=widget)


def _before(presence: Presence) -> dict[str, Any]:
    """What was said before; else the groups as they were planned, to be corrected."""
    visit = presence.visit
    held = visit.came is not None
    said: dict[str, Any] = {"key": uuid4(), "version": visit.version}
    for group in presence.groups:
        said[f"group_{group.number}"] = group.came if held else group.pupils
    said |= {"came": visit.came if held else visit.pupils}
    said |= {"adults": visit.adults_came if held else visit.adults}
    said |= {f"count_{code}": count for code, count in presence.counts.items()}
    for key, one in presence.done.items():
        said |= {f"depth_{key}": one.depth, f"words_{key}": one.words}
    return said
