"""What the forms about bodies share."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms

from parvis.centres.models import Centre
from parvis.shared.free_text import NoNameField

ROWS = {"rows": 4}


class KeyedForm(forms.Form):
    """The page makes the key, so that a second try is the same thing; words name nobody, as the centre's country writes."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        for field in self.fields.values():
            if isinstance(field, NoNameField):
                field.country = centre.country

    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """The choices of a field."""
        field: Any = self.fields[name]
        field.choices = choices
