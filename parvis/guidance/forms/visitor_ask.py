"""What a visitor types to ask: their question, and how they want to hear of the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Theme
from parvis.guidance.models import Question
from parvis.guidance.receipt_in_text import holds_receipt
from parvis.guidance.visitor_faces import Face
from parvis.guidance.visitor_masking import Masked, mask
from parvis.shared.speaking import language_names

LONGEST = 4000  # characters of a question
OTHER = "other"  # no theme, or one that the visitor cannot name
CODE_INSIDE = _(
    "This holds a code. Whoever reads it could open your thread: please take the code out. The rest is kept."
)


class WordsForm(forms.Form):
    """Words for the centre. What may say who somebody is gets shown once, to be hidden or kept as it is."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST,
        label=_("Your question"),
        help_text=_("Write as you would say it. No name, no address: nobody needs them to answer you."),
        error_messages={"required": _("Please write your question.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off", "data-counts": ""}),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        self.country = country
        self.masked: Masked | None = None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if holds_receipt(text):
            raise forms.ValidationError(CODE_INSIDE)
        return text

    def names_to_see(self, choice: str) -> Masked | None:
        """What the visitor has to look at before their words go on: nothing once they said to keep them so."""
        text = self.cleaned_data.get("text", "")
        found = mask(text, country=self.country) if text and choice != "keep" else None
        return found if found and found.found else None

    def hidden(self, masked: Masked) -> None:
        """Puts marks in the place of what was found, for the visitor to see."""
        posted: Any = self.data
        shown = posted.copy()
        shown["text"] = masked.text
        self.data = shown

    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key


class FurtherForm(WordsForm):
    """More words about a question that was asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Add something, or ask further")
        self.fields["text"].widget.attrs["rows"] = 4


class QuestionForm(WordsForm):
    """The whole question."""

    theme = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one; the last one always fits.")},
    )
    language = forms.ChoiceField(label=_("In which language would you like the answer?"))
    way = forms.ChoiceField(
        label=_("How will you hear from us?"),
        widget=forms.RadioSelect,
        choices=[
            (Question.Way.CODE, _("I come back here with my code")),
            (Question.Way.MAIL, _("Write to me when the answer is there")),
        ],
        initial=Question.Way.CODE,
    )
    mail = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_(
            "Only to tell you that the answer is there. It is kept sealed, and deleted when your question is closed."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    field_order = ("key", "theme", "text", "language", "way", "mail")

    def __init__(self, *args: Any, centre: Centre, themes: list[Theme], speaks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, country=centre.country)
        self.themes = {str(theme.pk): theme for theme in themes}
        offered = [(str(theme.pk), theme.sentence) for theme in themes]
        self._offer("theme", [*offered, (OTHER, _("I don’t know, or something else"))])
        spoken = dict.fromkeys([speaks, *centre.languages])
        self._offer("language", language_names(spoken))
        self.fields["language"].initial = speaks

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("way") == Question.Way.MAIL and not said.get("mail") and "mail" not in self.errors:
            self.add_error(
                "mail", _("Please type your e-mail address, or choose to come back with your code.")
            )
        return said

    def packed(self) -> dict[str, Any]:
        """What goes along, sealed, until the visitor has their code."""
        said = self.cleaned_data
        return {
            "key": str(said["key"]),
            "theme": None if said["theme"] == OTHER else int(said["theme"]),
            "language": said["language"],
            "text": said["text"],
            "mail": said["mail"] if said["way"] == Question.Way.MAIL else "",
        }


class OpinionForm(forms.Form):
    """Two questions about an answer."""

    helped = forms.TypedChoiceField(
        label=_("Did this answer help you?"), choices=Face.choices, coerce=int, widget=forms.RadioSelect
    )
    clear = forms.TypedChoiceField(
        label=_("Was it easy to understand?"), choices=Face.choices, coerce=int, widget=forms.RadioSelect
    )


class FileForm(forms.Form):
    """A file about a question. What it is, its content decides."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Add a file"),
        allow_empty_file=True,
        help_text=_(
            "A PDF or a picture, up to 5 MB, three at most. Whatever a file says about where, when and by whom it was made is taken out."
        ),
        error_messages={"required": _("Please choose a file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()}})
