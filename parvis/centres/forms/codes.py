"""What may be typed about an entry of a code list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.forms.places import NetworkCodeField
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre, Code, CodeList


class CodeForm(forms.ModelForm[Code]):
    """Wording in each language, what it counts as, and its dates."""

    class Meta:
        model = Code
        fields = ["valid_from", "valid_to"]
        widgets = {"valid_from": DateInput(), "valid_to": DateInput()}

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = self.instance._state.adding
        self.fields["label"] = WordsField(
            label=_("Wording"),
            languages=languages,
            max_length=120,
            initial=None if new else self.instance.label,
        )
        if isinstance(holder := self.instance.holder, Centre):
            self.fields["network_code"] = NetworkCodeField(
                centre=holder, listed=CodeList(self.instance.list), now=self.instance.network_code
            )
        if self.instance.not_communicated:
            del self.fields["valid_to"]
        self.order_fields(["label", "network_code", "valid_from", "valid_to"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("valid_from"), data.get("valid_to")
        if starts and ends and ends <= starts:
            self.add_error("valid_to", gettext("It closes before it starts."))
        return data

    def settled(self) -> Code:
        """The entry as the form says it, not saved."""
        self.instance.label = self.cleaned_data["label"]
        if "network_code" in self.fields:
            self.instance.network_code = self.cleaned_data["network_code"]
        return self.instance
