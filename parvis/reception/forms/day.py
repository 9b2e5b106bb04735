"""The evening's forms, hours typed in, and devices."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Code, Site
from parvis.reception.models import Device
from parvis.reception.units import UNITS
from parvis.shared.free_text import NoNameField


class SignForm(forms.Form):
    """The signature: the door count, and why it differs."""

    door_count = forms.IntegerField(
        label=_("People through the door"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("As the counter shows it in the evening. Leave it empty where nobody counts."),
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why the counts differ"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = NoNameField(label=_("Remark"), required=False, max_length=300)

    def __init__(self, *args: Any, centre: Centre, codes: list[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {str(code.pk): code for code in codes}
        reasons: Any = self.fields["reasons"]
        reasons.choices = [(pk, str(code)) for pk, code in self.codes.items()]
        if not codes:  # a heading without anything to choose would only puzzle
            del self.fields["reasons"]
        remark: Any = self.fields["remark"]
        remark.country = centre.country

    def chosen(self) -> list[Code]:
        return [self.codes[pk] for pk in self.cleaned_data.get("reasons", [])]


class CorrectionForm(forms.Form):
    """One figure of a signed day, as it should have been."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = forms.ChoiceField(label=_("Figure"))
    after = forms.IntegerField(label=_("Should be"), min_value=0, max_value=100_000)
    reason = NoNameField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        subject: Any = self.fields["subject"]
        subject.choices = [(unit, words.label) for unit, words in UNITS.items()]
        reason: Any = self.fields["reason"]
        reason.country = centre.country


class HourForm(forms.Form):
    """How many came in during one whole hour; empty takes an earlier entry back."""

    key = forms.UUIDField()
    site = forms.IntegerField()
    hour = forms.IntegerField(min_value=0, max_value=23)
    count = forms.IntegerField(required=False, min_value=0, max_value=10_000)


class ClickForm(forms.Form):
    """One click at the door."""

    key = forms.UUIDField()
    site = forms.IntegerField()
    count = forms.IntegerField(min_value=1, max_value=100)


class DeviceForm(forms.Form):
    """What is set up, and where."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Device.Kind.choices, widget=forms.RadioSelect)
    name = NoNameField(
        label=_("Name"),
        max_length=60,
        help_text=_("So that colleagues know which one it is: Entrance, left."),
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), empty_label=None)

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = centre.sites.filter(closed_on=None).select_related("centre")
        name: Any = self.fields["name"]
        name.country = centre.country


class DeviceNameForm(forms.Form):
    """A better name for a device."""

    name = NoNameField(label=_("Name"), max_length=60)
