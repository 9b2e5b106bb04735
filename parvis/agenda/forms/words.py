"""A longer text in several languages, with its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from i18nfield.strings import LazyI18nString

from parvis.centres.forms.words import WordsField, WordsInput

ROWS = 6


class LongWordsInput(WordsInput):
    """As ``WordsInput``, on several lines."""

    def __init__(self, languages: Sequence[str], max_length: int) -> None:
        super().__init__(languages, max_length)
        self.widgets = [forms.Textarea(attrs={**one.attrs, "rows": ROWS}) for one in self.widgets]


class LongWordsField(WordsField):
    """As ``WordsField``, but ends of lines are kept."""

    def __init__(self, *, languages: Sequence[str], max_length: int, **options: Any) -> None:
        super().__init__(languages=languages, max_length=max_length, required=False, **options)
        self.widget = LongWordsInput(self.languages, max_length)

    def clean(self, value: Any) -> LazyI18nString:
        texts = [_lines(str(text or "")) for text in value or []]
        if any(len(text) > self.max_length for text in texts):
            raise ValidationError(gettext("At most %(n)s characters."), params={"n": self.max_length})
        return LazyI18nString(self._kept(texts))


def _lines(text: str) -> str:
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
