"""What a director says when a year is published as open data, and when an edition is withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre
from parvis.shared.free_text import NoNameField
from parvis.statistics.models import Licence


class PublishForm(forms.Form):
    """Licence, title and description of a year, and that it cannot be taken back."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=Licence.choices,
        widget=forms.RadioSelect,
        help_text=_("All three allow everybody to use the figures. The first two ask to name your centre."),
    )
    sure = forms.BooleanField(
        label=_("I know that what is published cannot be called back: whoever has it keeps it.")
    )

    def __init__(self, data: Any = None, *, centre: Centre, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"key": uuid4(), **initial})
        languages = list(dict.fromkeys([centre.language, *centre.languages]))
        self.fields["title"] = WordsField(
            label=_("Title"), languages=languages, max_length=160, initial=initial["title"]
        )
        self.fields["description"] = WordsField(
            label=_("Description"),
            languages=languages,
            max_length=600,
            required=False,
            initial=initial["description"],
        )
        self.order_fields(["title", "description", "licence", "sure"])

    def see(self, mark: str) -> None:
        """What was said stays; it is about the tables that are seen now, and said to be sure again."""
        if self.is_bound:
            said = self.data.dict()  # type: ignore[attr-defined]  # what was posted
            self.data = {key: value for key, value in said.items() if key != "sure"} | {"seen": mark}


class WithdrawForm(forms.Form):
    """Why an edition is taken off the net."""

    reason = NoNameField(
        label=_("Why"), max_length=280, help_text=_("Everybody reads it in the place of the files.")
    )
