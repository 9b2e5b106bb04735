"""What may be typed about a report: what to make, and what goes into its blocks. Texts name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.partners.models import Contact
from parvis.shared.free_text import NoNameField
from parvis.statistics.cube.facts import Unit
from parvis.statistics.forms.parts import PartForm
from parvis.statistics.forms.surveyed import SurveyForm
from parvis.statistics.models import Audience, Part, PartKind
from parvis.statistics.queries.explorer.notes import unit_of
from parvis.statistics.queries.explorer.words import NAMES, OFFERED
from parvis.statistics.queries.reports.blocks.crossed import Chart
from parvis.statistics.queries.reports.blocks.typed import Commitment, Wanted, label_of
from parvis.statistics.queries.reports.ready import Model
from parvis.statistics.queries.reports.spans import bounds, latest

NAMES_NOBODY = _("No names of visitors, no numbers, no addresses.")
BLANK_ROWS = 2
LONGEST = 6000


def languages() -> list[tuple[str, str]]:
    """Those that reports can be written in: every word of theirs is there in them."""
    return [
        (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.STAFF_LANGUAGES
    ]


class NewReportForm(forms.Form):
    """Which period, in which language, for whom."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    period = forms.ChoiceField(label=_("Period"))
    language = forms.ChoiceField(label=_("Language of the report"), choices=languages)
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, model: Model, today: date, language: str, **kwargs: Any) -> None:
        offered = latest(model.span, today)
        over = offered[1][0] if model.span != "day" else offered[0][0]
        initial = {"period": over, "language": language, "audience": model.audience, "key": uuid4()}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.model = model
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
        field.choices = offered

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        found = bounds(self.cleaned_data["period"], self.model.span)
        if found is None:
            raise ValidationError("period")
        return found


class TitleForm(forms.Form):
    """What the report is called."""

    title = NoNameField(label=_("Title"), max_length=120)


class NarrativeForm(PartForm):
    """Words of one's own."""

    text = NoNameField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("It stays when the figures are refreshed. A new line begins a new paragraph.")
        + " "
        + NAMES_NOBODY,
    )

    def prepare(self, part: Part) -> None:
        self.fields["text"].initial = part.said.get("text", "")

    def said(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"]}


class DeparturesForm(PartForm):
    """What the centre did otherwise than the charter says."""

    def prepare(self, part: Part) -> None:
        kept = part.said.get("departures", {})
        for one in Commitment:
            self.fields[f"d-{one.value}"] = NoNameField(
                label=one.label,
                required=False,
                max_length=1000,
                initial=kept.get(one.value, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def said(self) -> dict[str, Any]:
        return {"departures": {one.value: self.cleaned_data[f"d-{one.value}"] for one in Commitment}}


class TypedForm(PartForm):
    """Figures that Parvis does not count: each with its source and the day it was true."""

    def prepare(self, part: Part) -> None:
        rows = list(part.said.get("rows", []))
        self.known = len(rows)
        self.rows = rows + [{"what": ""} for _n in range(BLANK_ROWS)]
        for n, row in enumerate(self.rows):
            what = NoNameField(
                label=_("What is counted"),
                required=False,
                max_length=80,
                initial=label_of(row),
                disabled=row["what"] in Wanted.values,
            )
            value = forms.DecimalField(
                label=_("Figure"),
                required=False,
                localize=True,
                max_digits=14,
                decimal_places=2,
                min_value=0,
                initial=row.get("value") or None,
            )
            unit = NoNameField(
                label=pgettext_lazy("of a figure", "Unit"),
                required=False,
                max_length=30,
                initial=row.get("unit", ""),
            )
            source = NoNameField(
                label=_("Where it comes from"), required=False, max_length=120, initial=row.get("source", "")
            )
            on = forms.DateField(
                label=_("As of"), required=False, widget=DateInput(), initial=row.get("on") or None
            )
            self.fields |= {
                f"what-{n}": what,
                f"value-{n}": value,
                f"unit-{n}": unit,
                f"source-{n}": source,
                f"on-{n}": on,
            }

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The fields, a row each."""
        names = ("what", "value", "unit", "source", "on")
        return [[self[f"{name}-{n}"] for name in names] for n in range(len(self.rows))]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for n in range(len(self.rows)):
            if data.get(f"value-{n}") is None:
                continue
            if not data.get(f"what-{n}"):
                self.add_error(f"what-{n}", _("Say what this figure counts."))
            if not data.get(f"source-{n}"):
                self.add_error(f"source-{n}", _("Say where this figure comes from."))
            if not data.get(f"on-{n}"):
                self.add_error(f"on-{n}", _("Say on which day it was true."))
        return data

    def said(self) -> dict[str, Any]:
        found = [self._row(n, row) for n, row in enumerate(self.rows)]
        return {"rows": [row for row in found if row["what"]]}

    def _row(self, n: int, kept: dict[str, Any]) -> dict[str, Any]:
        data = self.cleaned_data
        value, on = data[f"value-{n}"], data[f"on-{n}"]
        return {
            "what": kept["what"] if kept["what"] in Wanted.values else data[f"what-{n}"],
            "value": "" if value is None else str(value),
            "unit": data[f"unit-{n}"],
            "source": data[f"source-{n}"],
            "on": on.isoformat() if on else "",
        }


class CrossForm(PartForm):
    """What a table counts, and by what."""

    unit = forms.ChoiceField(label=_("What is counted"))
    rows = forms.ChoiceField(label=_("Lines"))
    columns = forms.ChoiceField(label=_("Columns"), required=False)
    chart = forms.ChoiceField(label=_("Picture"), choices=Chart.choices, required=False)

    def prepare(self, part: Part) -> None:
        units = [(unit.value, unit_of(unit).label) for unit in OFFERED]
        names = [
            (one.value, NAMES[one]) for one in dict.fromkeys(one for by in OFFERED.values() for one in by)
        ]
        choices: dict[str, list[tuple[str, Any]]] = {
            "unit": units,
            "rows": names,
            "columns": [("", _("None: one column")), *names],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
            field.choices = offered
        for name in (*choices, "chart"):
            self.fields[name].initial = part.settings.get(name, "")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not {"unit", "rows"} <= data.keys():
            return data
        offered = {one.value for one in OFFERED[Unit(data["unit"])]}
        for name in ("rows", "columns"):
            if data.get(name) and data[name] not in offered:
                self.add_error(name, _("What is counted here cannot be broken down like this."))
        if data.get("columns") == data["rows"]:
            self.add_error("columns", _("Choose other columns than lines."))
        return data

    def settings(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, "") for name in ("unit", "rows", "columns", "chart")}


FORMS: dict[str, type[PartForm]] = {
    PartKind.SATISFIED: SurveyForm,
    PartKind.SAMPLED: SurveyForm,
    PartKind.CHANGED: SurveyForm,
    PartKind.CROSS: CrossForm,
    PartKind.NARRATIVE: NarrativeForm,
    PartKind.TYPED: TypedForm,
    PartKind.EVENTS: TypedForm,
    PartKind.CLASSES: TypedForm,
    PartKind.DEPARTURES: DeparturesForm,
}


def form_of(part: Part) -> type[PartForm]:
    """The form for this kind of block."""
    return FORMS.get(part.kind, PartForm)


class AddPartForm(forms.Form):
    """One more block."""

    kind = forms.ChoiceField(label=_("Add a block"), choices=PartKind.choices)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class KeepForm(forms.Form):
    """Under which name its blocks are kept."""

    name = NoNameField(label=_("Name of the model"), max_length=80)


class CorrectForm(forms.Form):
    """Why a published report is corrected."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reason = NoNameField(
        label=_("What was wrong?"),
        help_text=_("It stands on the corrected report, and on the old one.") + " " + NAMES_NOBODY,
    )


class ScheduleForm(forms.Form):
    """In which language a model is made by itself, and whether it publishes itself."""

    language = forms.ChoiceField(label=_("Language of the report"), choices=languages)
    publishes = forms.BooleanField(label=_("Publish it by itself where the audit passes"), required=False)


class SendForm(forms.Form):
    """Who gets a published report."""

    contacts = forms.MultipleChoiceField(label=_("People at partners’"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in contacts}
        field = self.fields["contacts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # as declared above
        field.choices = [
            (key, f"{one.relation.institution.name} · {one.name}") for key, one in self.by_key.items()
        ]

    @property
    def chosen(self) -> list[Contact]:
        """Them."""
        return [self.by_key[key] for key in self.cleaned_data["contacts"]]
