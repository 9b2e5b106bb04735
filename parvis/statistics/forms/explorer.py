"""The explorer's question, from the address: every name readable, every impossible wish refused beside its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.statistics.cube.dimensions import PARTS
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension, Value
from parvis.statistics.protection import Refusal
from parvis.statistics.queries.explorer import (
    Asked,
    Compare,
    Measure,
    Vocabulary,
    in_address,
    in_address_of_unit,
    offered,
    period,
    period_choices,
    some_months,
    unit_of,
)
from parvis.statistics.queries.explorer.words import NAMES, TIMES
from parvis.statistics.ways_out import Kind

FIRST = {"count": "acts", "rows": "theme", "columns": "month", "period": "this-school-year"}
SOME_MONTHS = "months"


@dataclass(frozen=True)
class Offer:
    """What this reader can choose from."""

    words: Vocabulary
    today: date
    begins: int  # the month in which a school year does here
    of_network: bool

    def dimensions(self, unit: Unit) -> list[Dimension]:
        """By what the unit can be broken down here."""
        return offered(unit, of_network=self.of_network)

    def filters(self, unit: Unit) -> list[Dimension]:
        """By what it can be narrowed: everything but the time, which the period says, and what has no list."""
        found = [one for one in self.dimensions(unit) if one not in TIMES and one is not Dimension.PREFIX]
        return [one for one in found if len(self.words.choices(one)) > 1]


class ExplorerForm(forms.Form):
    """Sent by GET; nothing is kept. ``asked`` is there once it is valid."""

    count = forms.ChoiceField(label=pgettext_lazy("explorer", "Count"))
    rows = forms.ChoiceField(label=pgettext_lazy("explorer", "Lines"), required=False)
    columns = forms.ChoiceField(label=pgettext_lazy("explorer", "Columns"), required=False)
    each = forms.ChoiceField(label=pgettext_lazy("explorer", "A table for each"), required=False)
    period = forms.CharField(label=_("Period"), required=False)
    start = forms.RegexField(r"^\d{4}-\d\d$", label=_("From month"), required=False)
    end = forms.RegexField(r"^\d{4}-\d\d$", label=_("To month"), required=False)
    compare = forms.ChoiceField(
        label=_("Compare with"),
        required=False,
        choices=[
            ("", _("Nothing")),
            (Compare.BEFORE, _("The period before")),
            (Compare.YEAR, _("A year before")),
        ],
    )
    measure = forms.ChoiceField(
        label=_("Of waits"),
        required=False,
        choices=[
            ("", _("How many")),
            (Measure.HALF, _("What half waited at most")),
            (Measure.NINE_IN_TEN, _("What nine in ten waited at most")),
        ],
    )
    words = forms.ChoiceField(
        label=_("Words"),
        required=False,
        choices=[("", _("The centre’s own")), ("network", _("The network’s"))],
    )
    picture = forms.ChoiceField(
        label=_("Picture"),
        required=False,
        choices=[
            ("", _("The one that fits")),
            (Kind.BARS, _("Bars")),
            (Kind.COLUMNS, pgettext_lazy("picture", "Columns")),
            (Kind.LINES, _("Curves over time")),
            (Kind.HEAT, _("Heat map")),
            (Kind.FLOWS, _("Flows: need, service, redirection")),
            (Kind.NONE, _("No picture")),
        ],
    )

    def __init__(self, data: Any, offer: Offer) -> None:
        given = data.copy() if data.get("count") else _with_first(data)
        if not given.get("period"):
            given["period"] = FIRST["period"]
        super().__init__(given, label_suffix="")
        self.offer = offer
        self.unit = _unit(given.get("count", "")) or Unit.ACTS
        self._fill_choices(given)
        self.filters: list[Dimension] = offer.filters(self.unit)
        for dimension in {one for unit in Unit for one in offer.filters(unit)}:
            self.fields[in_address(dimension)] = forms.MultipleChoiceField(
                label=str(NAMES[dimension]),
                required=False,
                choices=[(key, word.label) for key, word, _value in offer.words.choices(dimension)],
                widget=forms.CheckboxSelectMultiple,
            )

    def _fill_choices(self, given: Any) -> None:
        units = [(in_address_of_unit(unit), unit_of(unit).label) for unit in Unit]
        self._choose("count", units)
        possible = self.offer.dimensions(self.unit)
        everything = {one for unit in Unit for one in self.offer.dimensions(unit)}
        for name in ("rows", "columns", "each"):
            # One that the unit does not have stays chosen, so that its refusal stands beside it.
            more = [one for one in everything if one not in possible and in_address(one) == given.get(name)]
            lines = [(in_address(one), NAMES[one]) for one in (*possible, *more)]
            self._choose(name, [("", _("Nothing")), *lines])
        if self.offer.of_network:
            del self.fields["words"]
        if self.unit is not Unit.WAITS:
            del self.fields["measure"]
        groups = period_choices(self.offer.today, self.offer.begins)
        named = {name for _head, lines in groups for name, _words in lines}
        if (now := period(given.get("period", ""), self.offer.today, self.offer.begins)) and given.get(
            "period"
        ) not in named:
            groups.insert(0, (gettext("Chosen"), [(given["period"], now.label)]))
        groups.append((gettext("Other"), [(SOME_MONTHS, gettext("Some months in a row"))]))
        self.fields["period"].widget = forms.Select(choices=groups)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.asked: Asked | None = None
        asked_for = self._period(cleaned)
        self._check_dimensions(cleaned)
        if asked_for and not self.errors:
            self.asked = self._asked(cleaned, asked_for)
        return cleaned

    def _period(self, cleaned: dict[str, Any]) -> Any:
        if cleaned.get("period") == SOME_MONTHS:
            return self._some_months(cleaned)
        found = period(cleaned["period"], self.offer.today, self.offer.begins)
        if found is None:
            self.add_error("period", gettext("There is no such period. Choose one from the list."))
        elif found.first > self.offer.today:
            self.add_error("period", gettext("This has not begun yet. Choose a period with a past."))
            return None
        return found

    def _some_months(self, cleaned: dict[str, Any]) -> Any:
        try:
            first, last = (date.fromisoformat(f"{cleaned.get(name)}-01") for name in ("start", "end"))
        except ValueError:
            self.add_error("start", gettext("Say the first and the last month, like 2026-01."))
            return None
        found = some_months(first, last, self.offer.begins)
        if found is None or found.first > self.offer.today:
            self.add_error(
                "end", gettext("The last month cannot be before the first, nor the first still to come.")
            )
            return None
        return found

    def _check_dimensions(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("picture") == Kind.FLOWS:
            if self.unit is not Unit.ACTS:
                self.add_error("picture", gettext("Flows are of acts only: count acts."))
            return
        possible, taken = self.offer.dimensions(self.unit), set()
        for name in ("rows", "columns", "each"):
            found = _dimension(cleaned.get(name) or "")
            if found and found not in possible:
                self.add_error(name, self._never_known(found))
            elif found in taken:
                self.add_error(
                    name, gettext("This is already chosen above. Choose something else, or nothing.")
                )
            elif found:
                taken.add(found)
        self._check_parts(cleaned)
        if self.data.get("rows"):
            return
        if cleaned.get("columns"):
            self.add_error("rows", gettext("Columns need lines: choose what the lines are."))
        elif cleaned.get("each"):
            self.add_error("rows", gettext("Choose what the lines are before a table for each."))

    def _check_parts(self, cleaned: dict[str, Any]) -> None:
        """Of a total, age bands and genders are known apart: nothing says how they go together, nor may parts be added."""
        parts = PARTS.get(self.unit, ())
        used: set[Dimension | None] = set()
        for name in ("rows", "columns", "each"):
            found = _dimension(cleaned.get(name) or "")
            if found in parts and used - {found}:
                self.add_error(name, self._known_apart())
            used |= {found} if found in parts else set()
        for dimension in self.filters:
            keys = cleaned.get(in_address(dimension)) or []
            if dimension in parts and keys:
                if used - {dimension}:
                    self.add_error(in_address(dimension), self._known_apart())
                elif len(keys) > 1 and dimension not in used:
                    self.add_error(
                        in_address(dimension),
                        gettext("Of a total, choose one part: parts are not added together."),
                    )
                used.add(dimension)

    def _known_apart(self) -> str:
        return gettext(
            "Of “%(unit)s”, each of these is counted by itself: nothing says how they go together. Choose one of them."
        ) % {"unit": unit_of(self.unit).label}

    def _never_known(self, dimension: Dimension) -> str:
        return gettext(
            "Of “%(unit)s”, nobody notes “%(what)s”. Choose something else, or count something else."
        ) % {
            "unit": unit_of(self.unit).label,
            "what": NAMES[dimension],
        }

    def _asked(self, cleaned: dict[str, Any], over: Any) -> Asked:
        flows = cleaned.get("picture") == Kind.FLOWS
        dimensions = {
            name: None if flows else _dimension(cleaned.get(name) or "")
            for name in ("rows", "columns", "each")
        }
        where: dict[Dimension, frozenset[Value]] = {}
        for dimension in self.filters:
            if keys := cleaned.get(in_address(dimension)):
                found = (self.offer.words.value(dimension, key) for key in keys)
                where[dimension] = frozenset(value for known, value in found if known)
        return Asked(
            unit=self.unit,
            period=over,
            **dimensions,
            where=where,
            compare=Compare(cleaned["compare"]) if cleaned.get("compare") else None,
            in_network_words=self.offer.of_network or cleaned.get("words") == "network",
            picture=Kind(cleaned["picture"]) if cleaned.get("picture") else None,
            measure=Measure(cleaned["measure"]) if cleaned.get("measure") else Measure.NUMBER,
        )

    def refuse(self, why: Refusal) -> None:
        """Puts the reason for which nobody outside the team is answered beside the field that it is about."""
        self.add_error(self._wrong_field(why), self.reason(why))

    def _wrong_field(self, why: Refusal) -> str:
        if why in (Refusal.PERIOD, Refusal.RUNNING):
            return "period"
        if why is Refusal.UNION:
            several = [one for one in self.filters if len(self.cleaned_data.get(in_address(one)) or []) > 1]
            return in_address(several[0]) if several else "period"
        return "columns" if self.cleaned_data.get("columns") else "rows"

    @staticmethod
    def reason(why: Refusal) -> str:
        """In words."""
        return str(REASONS[why])

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """The fields that narrow, those in use first."""
        names = [in_address(one) for one in self.filters]
        return sorted((self[name] for name in names), key=lambda field: not field.value())

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use or wrong."""
        return any(field.value() or field.errors for field in self.filter_fields)

    @property
    def narrowed(self) -> int:
        """How many filters are in use."""
        return sum(bool(field.value()) for field in self.filter_fields)

    @property
    def more_used(self) -> bool:
        """Whether anything of what is folded away is in use or wrong."""
        names = [name for name in ("compare", "each", "picture", "measure", "words") if name in self.fields]
        return any(self[name].value() or self[name].errors for name in names)


REASONS = {
    Refusal.PERIOD: _(
        "Outside the centre’s team, a period is one that everybody names: a week, a month, a quarter, a year or a school year."
    ),
    Refusal.RUNNING: _("This is not over yet. Outside the centre’s team, only what is over is told."),
    Refusal.DAYS: _("Single days are told to the centre’s team only: a few people could be made out."),
    Refusal.CROSSED: _(
        "Two divisions of the time at once would give small numbers away. Choose one of them."
    ),
    Refusal.UNION: _(
        "Outside the centre’s team, a filter holds one value: sums of one’s own choosing would give small numbers away."
    ),
    Refusal.DEEP: _(
        "Outside the centre’s team, three things at once can be asked at most, filters included."
    ),
}


def _with_first(data: Any) -> Any:
    """The first question, for whoever comes with an empty address."""
    found = data.copy()
    for name, value in FIRST.items():
        found[name] = value
    return found


def _unit(name: str) -> Unit | None:
    return next((unit for unit in Unit if in_address_of_unit(unit) == name), None)


def _dimension(name: str) -> Dimension | None:
    return next((one for one in Dimension if in_address(one) == name), None)
