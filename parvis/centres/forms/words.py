"""A text in several languages: one field with one input a language, the main language first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from i18nfield.strings import LazyI18nString

from parvis.centres.words import own_name


class WordsInput(forms.MultiWidget):
    """The main language in sight, the others one fold away, each under its own name."""

    template_name = "centres/widgets/words.html"

    def __init__(self, languages: Sequence[str], max_length: int | None) -> None:
        self.languages = list(languages)
        super().__init__([forms.TextInput(attrs=self._attrs(code, max_length)) for code in self.languages])

    @staticmethod
    def _attrs(code: str, max_length: int | None) -> dict[str, Any]:
        attrs = {"lang": code, "dir": "rtl" if code in settings.LANGUAGES_BIDI else "ltr"}
        return attrs | ({"maxlength": str(max_length)} if max_length else {})

    def decompress(self, value: Any) -> list[str]:
        words = value.data if isinstance(value, LazyI18nString) else value
        if isinstance(words, dict):
            return [words.get(code) or "" for code in self.languages]
        return [str(words or "")] + [""] * (len(self.languages) - 1)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        inputs = context["widget"]["subwidgets"]
        for code, one in zip(self.languages, inputs, strict=True):
            one["own_name"] = own_name(code)
        context["widget"]["others"] = inputs[1:]
        context["widget"]["missing"] = [one["own_name"] for one in inputs[1:] if not one["value"]]
        return context


class WordsField(forms.MultiValueField):
    """Cleans to a ``LazyI18nString``; where it is required, the first language must be written.

    Languages that are not shown keep the wording of ``initial`` while the main wording stays the same. A changed main
    wording drops them: an old translation of something else is worse than none.
    """

    def __init__(
        self, *, languages: Sequence[str], max_length: int = 120, required: bool = True, **options: Any
    ) -> None:
        self.languages = list(languages)
        self.max_length = max_length
        super().__init__(
            fields=[forms.CharField(required=False, max_length=max_length) for _code in self.languages],
            widget=WordsInput(self.languages, max_length),
            required=False,
            require_all_fields=False,
            **options,
        )
        self.main_required = required
        self.required = required  # for the label; clean() says which language is missing

    def clean(self, value: Any) -> LazyI18nString:
        texts = [re.sub(r"[ \t\r\n]+", " ", str(text or "")).strip() for text in value or []]
        if self.main_required and not any(texts[:1]):
            message = gettext("Write it in %(language)s at least.")
            raise ValidationError(message, params={"language": own_name(self.languages[0])})
        if any(len(text) > self.max_length for text in texts):
            raise ValidationError(gettext("At most %(n)s characters."), params={"n": self.max_length})
        return LazyI18nString(self._kept(texts))

    def _kept(self, texts: list[str]) -> dict[str, str]:
        new = {code: text for code, text in zip(self.languages, texts, strict=True) if text}
        old = self.initial.data if isinstance(self.initial, LazyI18nString) else self.initial
        main = self.languages[0]
        if not isinstance(old, dict) or old.get(main) != new.get(main):
            return new
        return {code: text for code, text in old.items() if code not in self.languages} | new
