"""A form field for short notes, and a validator, that refuse what could tell who somebody is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from parvis.shared.free_text.kinds import Spotted
from parvis.shared.free_text.spotting import spot


def refuse_names(text: str, *, country: str = "FR") -> None:
    """Raises ``ValidationError`` quoting each thing in ``text`` that could tell who somebody is."""
    found = spot(text, country=country)
    if found:
        raise ValidationError([_message(one) for one in found[:3]])


def _message(found: Spotted) -> ValidationError:
    return ValidationError(
        _("“%(found)s” looks like %(kind)s. Notes name nobody: please take it out, the rest is kept."),
        code=f"spotted_{found.kind}",
        params={"found": found.text.strip(), "kind": found.kind.label},
    )


class NoNameField(forms.CharField):
    """One line of free text about a visit. Set ``country`` on the form's field to the centre's."""

    def __init__(self, *args: Any, country: str = "FR", **kwargs: Any) -> None:
        self.country = country
        kwargs.setdefault("max_length", 280)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            refuse_names(value, country=self.country)
