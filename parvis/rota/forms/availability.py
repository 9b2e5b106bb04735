"""What may be said about when one can come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.rota.models import Part
from parvis.shared.free_text import NoNameField


class LeaveForm(forms.Form):
    """Days on which one does not come."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    first_day = forms.DateField(label=_("First day away"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day away"), required=False, widget=DateInput(), help_text=_("Empty for a single day.")
    )
    part = forms.ChoiceField(
        label=_("Away"), required=False, choices=[("", _("All day")), *Part.choices], widget=forms.RadioSelect
    )
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("It ends before it begins."))
        return data


class AnsweredForm(forms.Form):
    """“That is all I can say”, and a word to who plans."""

    remark = NoNameField(
        label=_("A word to who plans"),
        required=False,
        max_length=280,
        help_text=_("No reasons, no names: “Two half-days in a row suit me.”"),
    )
