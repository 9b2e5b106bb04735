"""An answer, a remark on one, and whom to hand a question to."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance.queries.questions import Wanted, Which
from parvis.guidance.receipt_in_text import holds_receipt
from parvis.shared.free_text import NoNameField

LONGEST = 20_000  # characters of an answer


class AnswerForm(forms.Form):
    """The answer. The page makes the key, so that it is sent once; ``revision`` is that of the draft."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # how often the visitor had written
    text = forms.CharField(
        label=_("The answer"),
        max_length=LONGEST,
        help_text=_(
            "Short sentences, plain words. It comes from the centre: leave your name and institution out."
        ),
        error_messages={"required": _("Write the answer first.")},
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        usual = {"key": uuid4()}
        super().__init__(*args, **kwargs | {"initial": usual | kwargs.get("initial", {})})
        if language:
            self.fields["text"].widget.attrs["lang"] = language

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if holds_receipt(text):
            raise forms.ValidationError(
                _(
                    "This holds a visitor’s code. Take it out: whoever reads the answer could open their thread."
                )
            )
        return text

    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def overlooks(self, written: int) -> bool:
        """Whether the visitor wrote more since the page was made; the page that comes back shows it."""
        seen = self.cleaned_data["seen"]
        if seen is None or seen >= written:
            return False
        posted: Any = self.data
        now = posted.copy()
        now["seen"] = str(written)
        self.data = now
        return True


class DraftForm(forms.Form):
    """What was typed so far."""

    text = forms.CharField(required=False, max_length=LONGEST, strip=False)
    revision = forms.IntegerField(min_value=0)


class RemarkForm(forms.Form):
    """What a second adviser would change."""

    remark = NoNameField(
        label=_("What should change"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Say what should change.")},
    )


class ColleagueForm(forms.Form):
    """A colleague who answers questions here, and who had the question when the page was made."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Colleague"), empty_label=_("Choose a colleague")
    )
    seen_with = forms.ModelChoiceField(User.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("colleague", "seen_with"):
            field: Any = self.fields[name]
            field.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name")
        choice: Any = self.fields["colleague"]
        choice.label_from_instance = lambda person: person.name


class MoveForm(forms.Form):
    """Another theme of the centre, or another centre of the network."""

    to = forms.ChoiceField(label=_("Where it belongs"))

    def __init__(self, *args: Any, centre: Centre, others: list[Centre], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[Centre, Theme | None]] = {}
        groups: list[tuple[Any, list[tuple[str, str]]]] = [
            (_("Another theme here"), [self._place(theme.centre, theme) for theme in _open(centre, day)])
        ]
        for other in others:
            first = self._place(other, None)
            groups.append((other.name, [first, *(self._place(other, theme) for theme in _open(other, day))]))
        field: Any = self.fields["to"]
        field.choices = [("", _("Choose a theme or a centre")), *groups]

    def _place(self, centre: Centre, theme: Theme | None) -> tuple[str, str]:
        value = f"{centre.pk}-{theme.pk if theme else 0}"
        self.places[value] = (centre, theme)
        name = str(theme.name) if theme else pgettext_lazy("theme of a question", "without a theme")
        return value, str(name)

    def place(self) -> tuple[Centre, Theme | None]:
        """Where it goes."""
        return self.places[self.cleaned_data["to"]]


def _open(centre: Centre, day: date) -> list[Theme]:
    themes = [theme for theme in centre.themes.all() if theme.valid_to is None or theme.valid_to > day]
    return sorted(themes, key=lambda theme: (theme.position, theme.pk))


class WantedForm(forms.Form):
    """What the list shows."""

    which = forms.ChoiceField(choices=[(one.value, one.value) for one in Which], required=False)
    theme = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    language = forms.CharField(required=False, max_length=8)
    words = forms.CharField(required=False, max_length=40)

    def wanted(self) -> Wanted:
        """What is looked for; what cannot be read is not."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            which=Which(said.get("which") or Which.OPEN),
            theme=said.get("theme"),
            language=said.get("language", ""),
            words=said.get("words", ""),
        )
