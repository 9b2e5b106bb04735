"""What the forms about partners share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from parvis.centres.models import Centre, Theme
from parvis.shared.free_text import NoNameField
from parvis.shared.templatetags.parvis import theme_mark

ROWS = {"rows": 3}


class CentreForm(forms.Form):
    """Words name nobody, as names are written in the centre's country."""

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, NoNameField):
                field.country = centre.country

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """What can be chosen."""
        field: Any = self.fields[name]
        field.choices = choices


def marked(theme: Theme) -> SafeString:
    """A theme's shape and name, as a chip shows it."""
    return format_html("{}<span>{}</span>", theme_mark(theme), theme.name)
