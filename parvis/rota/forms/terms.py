"""What may be typed about somebody's terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre, Theme
from parvis.centres.words import own_name
from parvis.rota.actions.terms import Agreed
from parvis.rota.models import Terms
from parvis.shared.templatetags.parvis import theme_mark

PLAIN = ("receives", "facilitates", "per_week", "per_day", "days_in_a_row", "rest_hours", "since", "until")


class TermsForm(forms.Form):
    """What somebody does on duty, and within which limits."""

    use_required_attribute = False
    themes = forms.MultipleChoiceField(
        label=_("Gives advice on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    learning = forms.MultipleChoiceField(
        label=_("Learns"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Not planned for it yet, but named where somebody is missing."),
    )
    receives = forms.BooleanField(label=_("Is at the reception, too"), required=False)
    facilitates = forms.BooleanField(label=_("Leads workshops, too"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    per_week = forms.IntegerField(
        label=_("Half-days a week, at most"),
        required=False,
        min_value=0,
        max_value=14,
        help_text=_("Empty: no limit."),
    )
    per_day = forms.IntegerField(label=_("Half-days a day, at most"), min_value=1, max_value=3)
    days_in_a_row = forms.IntegerField(
        label=_("Days in a row, at most"),
        required=False,
        min_value=1,
        max_value=14,
        help_text=_("Empty: no limit."),
    )
    rest_hours = forms.IntegerField(label=_("Hours of rest between two days"), min_value=0, max_value=48)
    since = forms.DateField(label=_("On the rota since"), widget=DateInput())
    until = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), help_text=_("The first day without them.")
    )

    def __init__(self, data: Any, *, centre: Centre, terms: Terms | None, day: date) -> None:
        super().__init__(data, initial=_initial(terms, day))
        kept = [*self.initial["themes"], *self.initial["learning"]]
        open_then = Q(valid_to=None) | Q(valid_to__gt=day) | Q(pk__in=kept)
        themes = Theme.objects.filter(open_then, centre=centre).order_by("position", "pk")
        self.by_pk = {str(theme.pk): theme for theme in themes}
        marked = [
            (pk, format_html("{}<span>{}</span>", theme_mark(one), one.name))
            for pk, one in self.by_pk.items()
        ]
        spoken = list(dict.fromkeys([*centre.languages, *(code for code, _name in settings.LANGUAGES)]))
        choices: dict[str, Any] = {
            "themes": marked,
            "learning": marked,
            "languages": [(code, own_name(code)) for code in spoken],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if set(data.get("themes", ())) & set(data.get("learning", ())):
            self.add_error("learning", gettext("A theme is advised on or learned, not both."))
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", gettext("It ends before it begins."))
        return data

    def said(self) -> Agreed:
        """What the action takes."""
        data = self.cleaned_data
        return Agreed(
            themes=[self.by_pk[pk] for pk in data["themes"]],
            learning=[self.by_pk[pk] for pk in data["learning"]],
            languages=data["languages"],
            **{name: data[name] for name in PLAIN},
        )


def _initial(terms: Terms | None, day: date) -> dict[str, Any]:
    if terms is None:
        return {"themes": [], "learning": [], "per_day": 2, "rest_hours": 11, "since": day}
    return {name: getattr(terms, name) for name in PLAIN} | {
        "themes": [str(theme.pk) for theme in terms.themes.all()],
        "learning": [str(theme.pk) for theme in terms.learning.all()],
        "languages": terms.languages,
    }
