"""What the greeter taps: who arrives, who is announced, what everybody should hear."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from parvis.centres.models import Centre, Code, CodeList, Space, Theme
from parvis.reception.actions import Arriving
from parvis.reception.models import Arrival, Expected
from parvis.reception.queries.lines import language_name
from parvis.shared.free_text import NoNameField


class CentreForm(forms.Form):
    """A form whose choices are one centre's, on one day. The key is made before the first try."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, centre: Centre, day: date, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "language": centre.language, "size": 1} | kwargs.pop("initial", {})
        super().__init__(*args, **kwargs | {"initial": usual})
        self.centre = centre
        choices: dict[str, Any] = {
            "theme": Theme.objects.filter(centre=centre).open_on(day),
            "priority": Code.objects.filter(centre=centre, list=CodeList.PRIORITY).open_on(day),
            "seated_in": Space.objects.filter(site__centre=centre, closed_on=None).select_related(
                "site__centre"
            ),
        }
        for name, rows in choices.items():
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = rows
        if "language" in self.fields:
            language: Any = self.fields["language"]
            language.choices = [(code, language_name(code)) for code in centre.languages]


class ArrivalForm(CentreForm):
    """Three taps: theme, language, go. The rest is there when it matters."""

    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"))
    language = forms.ChoiceField(label=_("Language"))
    size = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=200)
    arrival = forms.ChoiceField(
        label=_("Way in"), choices=[(a.value, a.label) for a in (Arrival.GREETER, Arrival.PHONE_CALL)]
    )
    priority = forms.ModelChoiceField(
        Code.objects.none(), required=False, label=_("Goes first, because"), empty_label=_("No priority")
    )
    seated_in = forms.ModelChoiceField(
        Space.objects.none(), required=False, label=_("Seated without ticket"), empty_label=_("With a ticket")
    )

    def arriving(self) -> Arriving:
        """What the action takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Arriving(**said | {"arrival": Arrival(said["arrival"])})


class ExpectedForm(CentreForm):
    """An appointment or a class, announced beforehand, without a name."""

    kind = forms.ChoiceField(label=_("Who comes"), choices=Expected.Kind.choices)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"))
    language = forms.ChoiceField(label=_("Language"))
    size = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=200)

    def at(self) -> datetime:
        """When, on the centre's clock."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], self.centre.zone)


class AnnouncementForm(CentreForm):
    """A delay, a sentence, or both, for a while."""

    theme = forms.ModelChoiceField(
        Theme.objects.none(), required=False, label=_("Theme"), empty_label=_("Everybody who waits")
    )
    minutes = forms.IntegerField(
        label=_("Longer than usual by (minutes)"),
        min_value=1,
        max_value=240,
        required=False,
        help_text=_("Said in every visitor’s language."),
    )
    text = NoNameField(
        label=_("Sentence"),
        max_length=160,
        required=False,
        help_text=_("Shown as you write it. No names, please."),
    )
    lasting = forms.TypedChoiceField(
        label=_("Shown for"),
        coerce=int,
        choices=[
            (n, ngettext_lazy("%(n)s minute", "%(n)s minutes", n) % {"n": n}) for n in (15, 30, 60, 120, 240)
        ],
        initial=30,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said.get("minutes") and not said.get("text"):
            raise forms.ValidationError(_("Give a number of minutes, or write a sentence."))
        return said

    def duration(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["lasting"])
