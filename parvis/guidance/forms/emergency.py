"""What may be typed about an emergency number."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.words import WordsField
from parvis.guidance.models import EmergencyNumber


class NumberForm(forms.ModelForm[EmergencyNumber]):
    """One line of the visitor's card, in the languages that the centre speaks."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = EmergencyNumber
        fields = ["number", "by_text", "kind"]
        labels = {
            "number": _("Telephone number"),
            "kind": _("Meant for"),
            "by_text": _("It takes text messages, not calls"),
        }
        help_texts = {"kind": _("The card shows it only when a question speaks of this.")}
        widgets = {"number": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}

    def __init__(self, data: Any = None, *, instance: EmergencyNumber) -> None:
        super().__init__(data, instance=instance)
        self.fields["name"] = WordsField(
            label=_("Who answers"),
            help_text=_("In a few words that somebody in distress understands at once."),
            languages=instance.centre.languages,
            max_length=120,
            initial=instance.name,
        )
        self.fields["hours"] = WordsField(
            label=_("Hours"),
            help_text=_("For example: day and night."),
            languages=instance.centre.languages,
            max_length=120,
            required=False,
            initial=instance.hours,
        )
        self.fields["key"].initial = uuid4()

    def clean_key(self) -> UUID:
        key = self.cleaned_data["key"]
        return key if isinstance(key, UUID) else uuid4()

    def settled(self) -> EmergencyNumber:
        """The row as the valid form has it, not saved."""
        row, data = self.instance, self.cleaned_data
        row.name, row.hours = data["name"], data["hours"]
        if row._state.adding:
            row.key = data["key"]
        return row
