"""What a teacher types on the page of their visit."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.agenda.models import MOST_PUPILS, ClassVisit
from parvis.agenda.visitor_name_lists import refuse_lists


class KeyedForm(forms.Form):
    """Sent twice, it counts once; sent from a page that is out of date, it is refused."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, visit: ClassVisit, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "version": visit.version}
        super().__init__(*args, **kwargs | {"initial": usual | kwargs.get("initial", {})})


class WordForm(KeyedForm):
    """A word to the centre."""

    words = forms.CharField(
        label=_("Write to us"),
        max_length=600,
        help_text=_("Never a pupil’s name: the number of pupils is enough."),
        error_messages={"required": _("Please write something.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        refuse_lists(words)
        return words


class WithdrawForm(KeyedForm):
    """Why the class does not come, if they like to say."""

    words = forms.CharField(
        label=_("Would you like to say why?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    clean_words = WordForm.clean_words


class NumbersForm(KeyedForm):
    """How many come."""

    pupils = forms.IntegerField(
        label=_("Pupils"),
        min_value=1,
        max_value=MOST_PUPILS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    adults = forms.IntegerField(
        label=_("Adults with them"),
        min_value=1,
        max_value=50,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, visit: ClassVisit, **kwargs: Any) -> None:
        initial = {"pupils": visit.pupils, "adults": visit.adults}
        super().__init__(*args, visit=visit, initial=initial, **kwargs)
