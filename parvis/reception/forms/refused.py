"""How an arrival that could not be taken is settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Theme
from parvis.reception.models import RefusedEntry
from parvis.reception.queries.lines import language_name


class LetInForm(forms.Form):
    """Under which theme, and in which language."""

    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"))
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, centre: Centre, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme: Any = self.fields["theme"]
        theme.queryset = Theme.objects.filter(centre=centre).open_on(day)
        language: Any = self.fields["language"]
        language.choices = [(code, language_name(code)) for code in centre.languages]


class DropForm(forms.Form):
    """Why no ticket comes of it."""

    reason = forms.ChoiceField(label=_("Reason"), choices=RefusedEntry.Dropped.choices)

    def chosen(self) -> RefusedEntry.Dropped:
        return RefusedEntry.Dropped(self.cleaned_data["reason"])
