"""Which days leave the centre, and in which kind of file."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.reception.actions.exports import Wanted
from parvis.reception.models import Export


class ExportForm(forms.Form):
    """A period and a kind of file. The key is the page's: sent twice, it is one export."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    first_day = forms.DateField(label=_("From"), widget=DateInput())
    last_day = forms.DateField(label=_("To"), widget=DateInput())
    format = forms.ChoiceField(
        label=_("Kind of file"), choices=Export.Format.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, first: date, today: date, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "first_day": first, "last_day": today, "format": Export.Format.XLSX}
        super().__init__(*args, **kwargs | {"initial": usual})
        self.today = today

    def clean_last_day(self) -> date:
        """Not before it begins, and nothing of what has not happened."""
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data["last_day"]
        if first and last < first:
            raise forms.ValidationError(_("The last day is before the first one."))
        if last > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return last  # type: ignore[no-any-return]

    def clean_first_day(self) -> date:
        """A year that somebody meant."""
        first = self.cleaned_data["first_day"]
        if first.year < 1985:
            raise forms.ValidationError(_("Choose a year from 1985 on."))
        return first  # type: ignore[no-any-return]

    def wanted(self, language: str) -> Wanted:
        """What the action takes."""
        said = self.cleaned_data
        return Wanted(said["first_day"], said["last_day"], Export.Format(said["format"]), language)
