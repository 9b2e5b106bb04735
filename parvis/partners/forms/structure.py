"""Which structure model a centre is, and since when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre
from parvis.partners.models import StructureModel
from parvis.shared.free_text import NoNameField


class StructureForm(forms.Form):
    """One of the five models, from a day on."""

    model = forms.ChoiceField(
        label=_("Structure model"), choices=StructureModel.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(label=_("Since"), widget=DateInput())
    remark = NoNameField(
        label=_("Remark"),
        required=False,
        help_text=_("The text it rests on: a statute, a convention, a deliberation."),
    )

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["remark"]
        field.country = centre.country
