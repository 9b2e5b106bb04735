"""Answers or lines to write one below the other: put in order, taken away by emptying them, added on empty lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

Row = tuple[str, str]  # a key, empty for a new one, and a wording
EMPTY_LINES = 3
MOST = 30


class RowsInput(forms.Widget):
    """Each row with its key hidden and its place moved by buttons; some empty ones at the end."""

    template_name = "surveys/widgets/rows.html"

    def __init__(self, language: str, max_length: int) -> None:
        self.language, self.max_length = language, max_length
        super().__init__()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        keys, wordings = data.getlist(f"{name}-key"), data.getlist(name)
        return list(zip(keys, wordings, strict=False))

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [row for row in value or [] if row[1]]
        context["widget"] |= {
            "rows": [*rows, *[("", "")] * (EMPTY_LINES if rows else EMPTY_LINES + 1)],
            "language": self.language,
            "direction": "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr",
            "max_length": self.max_length,
        }
        return context


class RowsField(forms.Field):
    """Cleans to a list of keys and wordings, without empty ones."""

    widget: RowsInput

    def __init__(self, *, language: str, at_least: int = 2, max_length: int = 120, **options: Any) -> None:
        self.at_least, self.max_length = at_least, max_length
        super().__init__(widget=RowsInput(language, max_length), required=False, **options)

    def clean(self, value: Sequence[Row]) -> list[Row]:
        rows = [(key, re.sub(r"\s+", " ", wording).strip()) for key, wording in value or []]
        rows = [(key, wording) for key, wording in rows if wording]
        if len(rows) < self.at_least:
            raise ValidationError(gettext("Write at least %(n)s."), params={"n": self.at_least})
        if len(rows) > MOST:
            raise ValidationError(gettext("At most %(n)s."), params={"n": MOST})
        if any(len(wording) > self.max_length for _key, wording in rows):
            raise ValidationError(gettext("At most %(n)s characters."), params={"n": self.max_length})
        if len({wording for _key, wording in rows}) < len(rows):
            raise ValidationError(gettext("Two of them say the same."))
        return rows
