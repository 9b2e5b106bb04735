"""Being on duty online, and the live hours of a centre."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Theme
from parvis.guidance.models import OnlineDuty
from parvis.shared.speaking import language_names


class DutyForm(forms.Form):
    """For which themes and languages somebody is on duty."""

    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )

    def __init__(
        self, *args: Any, centre: Centre, themes: list[Theme], duty: OnlineDuty | None, **kwargs: Any
    ) -> None:
        mine = {theme.pk for theme in duty.themes.all()} if duty else {theme.pk for theme in themes}
        initial = {
            "themes": [str(theme.pk) for theme in themes if theme.pk in mine],
            "languages": duty.languages if duty else [centre.language],
        }
        super().__init__(*args, **kwargs | {"initial": initial})
        self.choices = {str(theme.pk): theme for theme in themes}
        field: Any = self.fields["themes"]
        field.choices = [(str(theme.pk), str(theme.name)) for theme in themes]
        field.required = bool(themes)  # a centre without themes takes what has none
        spoken: Any = self.fields["languages"]
        spoken.choices = language_names(list(dict.fromkeys([centre.language, *centre.languages])))

    def the_themes(self) -> list[Theme]:
        return [self.choices[pk] for pk in self.cleaned_data["themes"]]


def weekday_field() -> forms.TypedMultipleChoiceField:
    """The weekdays, Monday first."""
    return forms.TypedMultipleChoiceField(
        label=_("On these days"),
        required=False,
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where the centre is closed for the day, nobody is expected online either."),
    )
