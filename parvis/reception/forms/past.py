"""What a director chooses while a file of the past is brought in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.reception.actions.past.choose import ColumnChoice
from parvis.reception.models import Tally
from parvis.reception.past.encodings import ENCODINGS
from parvis.reception.past.headings import ACT_LISTS, PROFILE_LISTS, Role
from parvis.reception.past.matching import Entry
from parvis.reception.past.plan import LEAVE, NEW, TALLIES, VISITS, Column, Plan
from parvis.reception.past.wordings import Wording
from parvis.reception.queries.past import Entries
from parvis.reception.queries.past.words import LISTS, SHEET_WHY
from parvis.shared.free_text import NoNameField

Choices = list[tuple[Any, Any]]
COUNTS = [
    (Tally.Unit.PASSAGE.value, _("Count of passages")),
    (Tally.Unit.CONTACT.value, _("Count of contacts")),
    (Tally.Unit.ACT.value, _("Count of acts")),
    (Tally.Unit.PARTICIPANT.value, _("Count of participants")),
]
SEPARATORS = [("", _("As found")), (";", ";"), (",", ","), ("\t", _("Tab")), ("|", "|")]


_IN_FIGURES = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}")


class SendForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class ReadingForm(forms.Form):
    """How the file is opened, where a person sees it better."""

    shape = forms.ChoiceField(
        label=_("A line is"),
        choices=[(VISITS, _("one visit")), (TALLIES, _("counts of a day, week or month"))],
    )
    turned = forms.BooleanField(label=_("Dates run across, from left to right"), required=False)
    top = forms.IntegerField(
        label=_("Line of the headings"),
        min_value=0,
        max_value=400,
        help_text=_("As your spreadsheet program numbers it. 0: there is none."),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1985,
        max_value=2100,
        required=False,
        help_text=_("Only where neither the dates nor a title say it."),
    )
    sheets = forms.TypedMultipleChoiceField(
        label=_("Sheets"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    encoding = forms.ChoiceField(label=_("Letters are stored as"), required=False)
    separator = forms.ChoiceField(label=_("Columns are parted by"), choices=SEPARATORS, required=False)

    def __init__(self, *args: Any, plan: Plan, layout: dict[str, Any], **kwargs: Any) -> None:
        used = [use for use in plan.sheets if use.used]
        hints = layout.get("hints", {})
        initial = {
            "shape": plan.shape,
            "turned": plan.transposed,
            "top": used[0].top + 1 if used else 0,
            "year": hints.get("year"),
            "sheets": [use.index for use in used],
            "encoding": hints.get("encoding", ""),
            "separator": hints.get("separator", ""),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        sheets: Any = self.fields["sheets"]
        sheets.choices = [(use.index, _sheet_label(use.name, use.why)) for use in plan.sheets]
        encoding: Any = self.fields["encoding"]
        encoding.choices = [("", _("As found")), *ENCODINGS.items()]
        if not layout.get("encoding"):
            del self.fields["encoding"], self.fields["separator"]
        if len(plan.sheets) < 2:
            del self.fields["sheets"]

    def hints(self) -> dict[str, Any]:
        """What differs from what was found, for the action."""
        said = self.cleaned_data
        told: dict[str, Any] = {"shape": said["shape"]}
        for name in ("turned", "top", "sheets"):
            if name in self.changed_data:
                told[name] = said[name]
        return told | {name: said[name] for name in ("year", "encoding", "separator") if said.get(name)}


def _sheet_label(name: str, why: str) -> str:
    return f"{name} ({SHEET_WHY[why]})" if why in SHEET_WHY else name


def role_choices(shape: str) -> Choices:
    """Every use of a column, in groups."""
    leave: Choices = [("ignore", _("Left out"))]
    when: Choices = [("date", _("Date")), ("hour", _("Time of day"))]
    parts: Choices = [("year", _("Year")), ("month", _("Month")), ("day", _("Day of the month"))]
    if shape == TALLIES:
        counts: Choices = [("count:", _("Count")), *((f"count:{unit}", label) for unit, label in COUNTS)]
        others: Choices = [("unit", _("Unit")), ("total", _("Total (compared only)"))]
        return [*leave, (_("When"), [*when, *parts]), (_("Counts"), counts), (_("What it is about"), [
            ("theme", LISTS["theme"]), *_lists((*ACT_LISTS, *PROFILE_LISTS)), *others
        ])]  # fmt: skip
    act: Choices = [("theme", LISTS["theme"]), *_lists(ACT_LISTS)]
    more: Choices = [("size", _("Number of people")), ("minutes", _("Minutes")), ("language", _("Language"))]
    public: Choices = [*_lists(PROFILE_LISTS), ("commune", _("Start of the postcode"))]
    ticks: Choices = [("tick", _("Marked where its heading applies"))]
    return [
        *leave,
        (_("When"), [*when, *parts]),
        (_("The visit"), [*act, *more, *ticks]),
        (_("The public (kept apart from visits)"), public),
    ]


def _lists(names: Iterable[str]) -> Choices:
    return [(f"code:{name}", LISTS[name]) for name in names]


class ColumnsForm(forms.Form):
    """What each column is for, and what the lines leave unsaid."""

    channel = forms.ChoiceField(
        label=_("Channel, where the line does not say it"), help_text=_("A visit needs one.")
    )
    unit = forms.ChoiceField(label=_("What is counted"), choices=Tally.Unit.choices)
    order = forms.ChoiceField(
        label=_("Dates in figures"),
        choices=[("dmy", _("day/month/year")), ("mdy", _("month/day/year"))],
    )
    year = forms.IntegerField(label=_("Year of the dates"), min_value=1985, max_value=2100)
    fill_down = forms.BooleanField(label=_("An empty date repeats the one above"), required=False)
    sum_themes = forms.BooleanField(
        label=_("Each visitor stands under one theme only: count the sum of the themes, too"),
        required=False,
        help_text=_(
            "No column gives the whole of a day. Without this, the figures by theme come in, and no total."
        ),
    )
    recorded_days = forms.BooleanField(
        label=_("Also bring in days on which visitors were recorded in Parvis"),
        required=False,
        help_text=_("They may then be counted twice."),
    )

    def __init__(self, *args: Any, plan: Plan, entries: Entries, recorded: bool, **kwargs: Any) -> None:
        initial = {
            "channel": plan.channel,
            "unit": plan.unit,
            "order": plan.order,
            "fill_down": plan.fill_down,
            "sum_themes": plan.sum_themes,
            "recorded_days": plan.recorded_days,
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.plan = plan
        channel: Any = self.fields["channel"]
        channel.choices = [("", "—"), *((e.target, e.label) for e in entries.by_list().get("channel", []))]
        needed = {
            "unit": plan.shape == TALLIES,
            "channel": plan.shape == VISITS,
            "year": plan.needs_year,
            "order": any(
                _IN_FIGURES.search(text) for one in plan.of_role(Role.DATE) for text in one.examples
            ),
            "sum_themes": len(plan.themes_only) > 1,
            "recorded_days": recorded,
        }
        for name in (name for name, wanted in needed.items() if not wanted):
            del self.fields[name]
        choices = role_choices(plan.shape)
        for column in plan.columns:
            if column.role != Role.REFUSED and column.filled:
                label = column.heading or letter(column.index)
                self.fields[f"column_{column.index}"] = forms.ChoiceField(
                    label=label, choices=choices, initial=_value(column)
                )

    def columns(self) -> list[tuple[Column, Any]]:
        """Each column that holds something, with its field, or none where it may not be read."""
        names = self.fields
        return [
            (column, self[f"column_{column.index}"] if f"column_{column.index}" in names else None)
            for column in self.plan.columns
            if column.filled
        ]

    def options(self) -> list[forms.BoundField]:
        """The other fields that ask for a word or a number."""
        return [field for field in self._others() if not isinstance(field.field, forms.BooleanField)]

    def ticks(self) -> list[forms.BoundField]:
        """The other fields that are a yes or a no."""
        return [field for field in self._others() if isinstance(field.field, forms.BooleanField)]

    def _others(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def choices(self) -> list[ColumnChoice]:
        """What the action takes."""
        found = []
        for name, value in self.cleaned_data.items():
            if name.startswith("column_"):
                role, _, rest = value.partition(":")
                index = int(name.removeprefix("column_"))
                code_list, unit = (rest, "") if role == "code" else ("", rest)
                found.append(ColumnChoice(index, Role(role), code_list, unit))
        return found

    def said(self) -> dict[str, Any]:
        """The options, for the action."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("column_")}


def _value(column: Column) -> str:
    if column.role == Role.CODE:
        return f"code:{column.code_list}"
    return f"count:{column.unit}" if column.role == Role.COUNT else column.role.value


def letter(index: int) -> str:
    """The column's letter, as spreadsheet programs show it: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True)
class CodeLine:
    """One wording, how many lines bear it, and its field."""

    text: str
    times: int | None
    field: forms.BoundField
    hidden: str
    target: str

    @property
    def is_new(self) -> bool:
        """Whether a closed entry is proposed."""
        return self.target.startswith(NEW)


@dataclass
class CodeGroup:
    """The wordings of one list: those to look at, and those that are an entry word for word."""

    title: str | Promise
    headings: bool = False
    lines: list[CodeLine] = field(default_factory=list)
    sure: list[tuple[CodeLine, str]] = field(default_factory=list)


class CodesForm(forms.Form):
    """Which entry each wording means."""

    def __init__(
        self, *args: Any, plan: Plan, found: list[Wording], entries: Entries, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.found = plan, found
        by_list = entries.by_list()
        self._choices = {name: _entry_choices(known, day) for name, known in by_list.items()}
        for wording in found:
            self._add(
                field_name(wording),
                wording.text,
                wording.target,
                self._of_list(wording.code_list, wording.hidden),
            )
        for column in plan.of_role(Role.COUNT, Role.TICK):
            current = column.targets[0] if column.targets else ""
            self._add(f"heading_{column.index}", column.heading, current, self._any_list(column))

    def _add(self, name: str, label: str, current: str, choices: Choices) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=current, required=False)

    def _of_list(self, name: str, hidden: str) -> Choices:
        usual: Choices = (
            [(LEAVE, _("Leave out"))]
            if hidden
            else [(NEW, _("Make a closed entry")), (LEAVE, _("Leave out"))]
        )
        return [*usual, *self._choices.get(name, [])]

    def _any_list(self, column: Column) -> Choices:
        groups: Choices = [
            (LISTS[name], [(f"{NEW}:{name}", _("Make a closed entry")), *_flat(self._choices.get(name, []))])
            for name in ("theme", *ACT_LISTS, *PROFILE_LISTS)
        ]
        whole: Choices = [("", _("All of it, not one theme or code"))] if column.role == Role.COUNT else []
        return [*whole, (LEAVE, _("Leave out")), *groups]

    def groups(self, entries: Entries) -> list[CodeGroup]:
        """The wordings by list, those that need a look first; and the headings of counts and marks."""
        matcher, labels = entries.matcher(), {entry.target: entry.label for entry in entries.entries}
        groups: dict[str, CodeGroup] = {}
        for wording in self.found:
            group = groups.setdefault(wording.code_list, CodeGroup(LISTS[wording.code_list]))
            line = CodeLine(
                wording.text, wording.times, self[field_name(wording)], wording.hidden, wording.target
            )
            sure = matcher.find(wording.code_list, wording.text) == wording.target
            if sure and (wording.code_list == "age_band" or matcher.exact(wording.code_list, wording.text)):
                group.sure.append((line, labels.get(wording.target, "")))
            else:
                group.lines.append(line)
        heads = CodeGroup(_("Headings of counts"), headings=True)
        for column in self.plan.of_role(Role.COUNT, Role.TICK):
            target = column.targets[0] if column.targets else ""
            heads.lines.append(CodeLine(column.heading, None, self[f"heading_{column.index}"], "", target))
        return [*([heads] if heads.lines else []), *groups.values()]

    def values(self) -> dict[str, dict[str, str]]:
        """List → wording → target, for the action; a field that was not shown keeps what it had."""
        chosen: dict[str, dict[str, str]] = {}
        for wording in self.found:
            value = self.cleaned_data.get(field_name(wording))
            if value:
                chosen.setdefault(wording.code_list, {})[wording.text] = value
        return chosen

    def headings(self) -> dict[int, list[str]]:
        """Column → targets, for the action. The second target of a heading over two rows stays."""
        chosen = {}
        for column in self.plan.of_role(Role.COUNT, Role.TICK):
            name = f"heading_{column.index}"
            if name in self.data:
                value = self.cleaned_data[name]
                kept = column.targets[1:] if column.targets[:1] == [value] else []
                chosen[column.index] = [value, *kept] if value else []
        return chosen


def field_name(wording: Wording) -> str:
    """The name of a wording's field: the same at every turn, whatever the order."""
    digest = blake2b(f"{wording.code_list}|{wording.text}".encode(), digest_size=8).hexdigest()
    return f"wording_{digest}"


def _entry_choices(entries: list[Entry], day: date) -> Choices:
    now = [(entry.target, entry.label) for entry in entries if entry.in_force(day, day)]
    closed = [(entry.target, entry.label) for entry in entries if not entry.in_force(day, day)]
    return [*now, *([(pgettext_lazy("entries", "Closed"), closed)] if closed else [])]


def _flat(choices: Choices) -> Choices:
    flat: Choices = []
    for value, label in choices:
        flat += label if isinstance(label, list) else [(value, label)]
    return flat


class ModelForm(forms.Form):
    """A name for the choices."""

    name = NoNameField(label=_("Name of these choices"), max_length=80)
