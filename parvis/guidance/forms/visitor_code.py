"""What a visitor types: their code, or three of its words to show that they have it."""

from __future__ import annotations

from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.guidance.receipt import ENOUGH, WORDS, Misread, Receipt, fold, read
from parvis.guidance.visitor_words import DOES_NOT_FIT, NOT_A_CODE, WRONG_AT, Keeps

LONGEST = 400  # letters: nine words of any list, with some room around them
SHOWN = 3  # words to type


class CodeField(forms.CharField):
    """A receipt in any of its spellings; ``clean`` gives the ``Receipt``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your code"))
        kwargs.setdefault(
            "help_text",
            _(
                "Nine words, or twenty letters and digits. Accents, capitals and the end of long words do not matter."
            ),
        )
        attrs = {
            "rows": 3,
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "auto",
        }
        kwargs.setdefault("widget", forms.Textarea(attrs=attrs))
        super().__init__(
            max_length=LONGEST,
            error_messages={"required": _("Please type your code."), "max_length": NOT_A_CODE},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read(text)
        except Misread as misread:
            raise forms.ValidationError(said_of(misread, text), params={"place": misread.place}) from misread


def said_of(misread: Misread, text: str) -> Any:
    """What to look at again, without repeating what was typed."""
    if misread.place:
        return WRONG_AT
    return DOES_NOT_FIT if len(text.split()) == WORDS or len(text) <= 30 else NOT_A_CODE


class CodeForm(forms.Form):
    """Opens a thread."""

    code = CodeField()


class KeepForm(forms.Form):
    """How long a thread is kept."""

    keeps = forms.TypedChoiceField(
        label=_("How long shall it be kept after you last used it?"),
        choices=Keeps.choices,
        coerce=int,
        initial=Keeps.TWELVE,
        widget=forms.RadioSelect,
    )


class AgreeForm(KeepForm):
    """Whether somebody wants a thread, and for how long."""

    agreed = forms.BooleanField(
        label=_("Yes, I want a thread like this."),
        error_messages={"required": _("Without your yes, nothing is kept. That is fine, too: just go back.")},
    )


class ConfirmForm(forms.Form):
    """Three words of a new code, at places that the code itself decides: asked again, they are the same."""

    def __init__(self, *args: Any, receipt: Receipt, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = receipt.words(language)
        self.places = places_of(receipt)
        for place in self.places:
            self.fields[f"word_{place}"] = forms.CharField(
                label=_("Word number %(place)s") % {"place": place},
                max_length=40,
                error_messages={"required": _("Please type this word.")},
                widget=forms.TextInput(
                    attrs={
                        "autocomplete": "off",
                        "autocapitalize": "none",
                        "spellcheck": "false",
                        "class": "short",
                    }
                ),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for place in self.places:
            typed = said.get(f"word_{place}")
            if typed is not None and fold(typed.strip())[:ENOUGH] != fold(self.words[place - 1])[:ENOUGH]:
                self.add_error(
                    f"word_{place}",
                    _("That is another word. Please look at word number %(place)s again.") % {"place": place},
                )
        return said


def places_of(receipt: Receipt) -> list[int]:
    """Three places, counted from 1."""
    return sorted(Random(receipt.secret).sample(range(1, WORDS + 1), SHOWN))  # noqa: S311 - which ones is no secret
