"""A recording's language, captions and text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.agenda.captions import LARGEST, NotCaptions, read_captions
from parvis.agenda.models import Recording
from parvis.centres.words import own_name

LONGEST = 200_000  # characters of a text


class KeepForm(forms.Form):
    """A recording that was sent: in pieces before, or whole with this form."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language that is spoken"))
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language that is spoken"),
            choices=[(code, own_name(code)) for code, _n in settings.LANGUAGES],
        )
        self.order_fields(["key", "language", "file"])


class PieceForm(forms.Form):
    """A piece of a recording, and how many bytes came before it."""

    key = forms.UUIDField()
    offset = forms.IntegerField(min_value=0)
    piece = forms.FileField(allow_empty_file=False)


class BesideForm(forms.Form):
    """What stands beside a recording."""

    captions_file = forms.FileField(
        label=_("Captions"),
        required=False,
        help_text=_("A WebVTT file (.vtt), as meeting programs and subtitle editors save it."),
    )
    captions = forms.CharField(
        label=_("Captions as text"),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "true"}),
        help_text=_("To correct a word, or to write them by hand."),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_(
            "What is said and shown, for those who read rather than watch. Left empty, the captions are shown as a text."
        ),
    )

    def __init__(self, *args: Any, recording: Recording, **kwargs: Any) -> None:
        now = {name: getattr(recording, name) for name in ("language", "captions", "text")}
        super().__init__(*args, **kwargs | {"initial": now})
        self.fields["language"] = forms.ChoiceField(
            label=_("Language that is spoken"),
            choices=[(code, own_name(code)) for code, _n in settings.LANGUAGES],
            initial=recording.language,
        )
        self.order_fields(["language", "captions_file", "captions", "text"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        said, name = data.get("captions", ""), "captions"
        if file := data.get("captions_file"):
            name = "captions_file"
            said = file.read(4 * LARGEST + 1).decode("utf-8", "replace")
        if said.strip():
            try:
                read_captions(said)
            except NotCaptions as wrong:
                told = gettext("Line %(line)s: %(why)s") % {"line": wrong.line, "why": wrong.why}
                self.add_error(name, told)
        data["captions"] = said
        return data
