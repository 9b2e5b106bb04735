"""What may be typed about a published figure. Nobody is named in it: a publication is, not its author."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre
from parvis.shared.free_text import NoNameField
from parvis.statistics.actions.network.statements import Stated
from parvis.statistics.models import StatedUnit, Statement

EARLIEST = date(1990, 1, 1)


class StatementForm(forms.Form):
    """One figure as a source says it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    about = forms.ChoiceField(label=_("About"), required=False)
    what = NoNameField(
        label=_("What it says"),
        max_length=160,
        help_text=_("As the source words it: “visitors in the year”."),
    )
    value = forms.DecimalField(label=_("Figure"), max_digits=14, decimal_places=2, min_value=0)
    unit = forms.ChoiceField(label=_("Unit"), choices=StatedUnit.choices)
    first = forms.DateField(label=_("First day it is about"), widget=DateInput())
    last = forms.DateField(label=_("Last day it is about"), widget=DateInput())
    method = NoNameField(
        label=_("How it was counted"),
        max_length=280,
        required=False,
        help_text=_("As far as the source says it. Empty says that it does not."),
    )
    source = NoNameField(
        label=_("Source"), max_length=280, help_text=_("Title, publisher, page. Not the author’s name.")
    )
    url = forms.URLField(
        label=_("Its address on the web"), max_length=400, required=False, assume_scheme="https"
    )
    published_on = forms.DateField(label=_("Published on"), widget=DateInput())

    def __init__(self, *args: Any, centres: Sequence[Centre], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {str(one.pk): one for one in centres}
        self.today = today
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
        field.choices = [
            ("", _("The network as a whole")),
            *((str(one.pk), one.name) for one in centres),
        ]

    def clean_published_on(self) -> date:
        """Nothing is published tomorrow."""
        day: date = self.cleaned_data["published_on"]
        if not EARLIEST <= day <= self.today:
            raise forms.ValidationError(_("Choose a day that is over."))
        return day

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and (last < first or first < EARLIEST):
            self.add_error("last", _("The last day comes before the first, or the first is too long ago."))
        return found

    @property
    def said(self) -> Stated:
        """Only where it is valid."""
        data = self.cleaned_data
        names = ("what", "unit", "value", "first", "last", "source", "published_on", "method", "url")
        return Stated(**{name: data[name] for name in names}, centre=self.centres.get(data["about"]))


class CorrectionForm(StatementForm):
    """The same again, and why."""

    reason = NoNameField(label=_("Why it is corrected"), max_length=280)


class TakeBackForm(forms.Form):
    """Why a statement is taken back."""

    because = NoNameField(label=_("Why it is taken back"), max_length=280)


def filled(one: Statement) -> dict[str, Any]:
    """What a correction begins with."""
    names = ("what", "unit", "value", "first", "last", "method", "source", "url", "published_on")
    found = {name: getattr(one, name) for name in names}
    return found | {"about": str(one.centre_id or ""), "key": uuid4()}


class FilterForm(forms.Form):
    """Which statements one wants to see. Nothing here is refused."""

    q = forms.CharField(
        label=_("Search in the words"), required=False, max_length=80, widget=forms.SearchInput
    )
    centre = forms.ChoiceField(label=_("About"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    past = forms.BooleanField(label=_("Also what was corrected or taken back"), required=False)

    def __init__(self, *args: Any, centres: Sequence[Centre], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "centre": [
                ("network", _("The network as a whole")),
                *((str(one.pk), one.name) for one in centres),
            ],
            "unit": list(StatedUnit.choices),
            "year": [(str(year), str(year)) for year in years],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
            field.choices = [("", _("all of them")), *offered]
