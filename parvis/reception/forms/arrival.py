"""What the greeter taps: who arrives, who is announced, what everybody should hear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from parvis.centres.forms.hours import DateInput, TimeInput
from parvis.centres.models import Centre, Code, CodeList, Space, Theme
from parvis.reception.actions import Arriving
from parvis.reception.models import Arrival, Expected
from parvis.reception.queries.house import THEMES
from parvis.reception.queries.lines import language_name
from parvis.shared.free_text import NoNameField
from parvis.shared.prepared import Prepared

THEME = Prepared(lambda centre, day, pk: Theme.objects.filter(centre=centre, pk=pk).open_on(day))
PRIORITIES = Prepared(
    lambda centre, day: Code.objects.filter(centre=centre, list=CodeList.PRIORITY).open_on(day)
)
SPACES = Prepared(
    lambda centre: Space.objects.filter(site__centre=centre, closed_on=None).select_related("site__centre")
)


class RowField(forms.ChoiceField):
    """One row among those that a form offers. They are read when a value came or the list is shown, not before."""

    rows: Callable[[], list[Any]] = list
    row: Callable[[int], Any] | None = None

    def __init__(self, *, empty_label: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.empty_label = empty_label

    def offer(self, rows: Callable[[], list[Any]], row: Callable[[int], Any] | None = None) -> None:
        """Choose among ``rows``; ``row`` finds one of them by its key without reading the others."""
        self.rows, self.row = rows, row
        first = [] if self.empty_label is None and self.required else [("", self.empty_label or "---------")]
        self.choices = lambda: [*first, *((row.pk, str(row)) for row in rows())]

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if self.row is not None and str(value).isdecimal() and len(str(value)) < 19:
            chosen = self.row(int(value))
        else:
            chosen = next((row for row in self.rows() if str(row.pk) == str(value)), None)
        if chosen is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return chosen

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class CentreForm(forms.Form):
    """A form whose choices are one centre's, on one day. The key is made before the first try."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, centre: Centre, day: date, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "language": centre.language, "size": 1} | kwargs.pop("initial", {})
        super().__init__(*args, **kwargs | {"initial": usual})
        self.centre = centre
        rows: dict[str, Callable[[], list[Any]]] = {
            "theme": lambda: THEMES.all(centre.pk, day),
            "priority": lambda: PRIORITIES.all(centre.pk, day),
            "seated_in": lambda: SPACES.all(centre.pk),
        }
        for name, offered in rows.items():
            if isinstance(field := self.fields.get(name), RowField):
                field.offer(
                    offered, (lambda pk: THEME.first(centre.pk, day, pk)) if name == "theme" else None
                )
        if "language" in self.fields:
            language: Any = self.fields["language"]
            language.choices = [(code, language_name(code)) for code in centre.languages]


class ArrivalForm(CentreForm):
    """Three taps: theme, language, go. The rest is there when it matters."""

    theme = RowField(label=_("Theme"))
    language = forms.ChoiceField(label=_("Language"))
    size = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=200)
    arrival = forms.ChoiceField(
        label=_("Way in"), choices=[(a.value, a.label) for a in (Arrival.GREETER, Arrival.PHONE_CALL)]
    )
    priority = RowField(required=False, label=_("Goes first, because"), empty_label=_("No priority"))
    seated_in = RowField(required=False, label=_("Seated without ticket"), empty_label=_("With a ticket"))

    def arriving(self) -> Arriving:
        """What the action takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Arriving(**said | {"arrival": Arrival(said["arrival"])})


class ExpectedForm(CentreForm):
    """An appointment or a class, announced beforehand, without a name."""

    kind = forms.ChoiceField(label=_("Who comes"), choices=Expected.Kind.choices)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Time"), widget=TimeInput())
    theme = RowField(label=_("Theme"))
    language = forms.ChoiceField(label=_("Language"))
    size = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=200)

    def at(self) -> datetime:
        """When, on the centre's clock."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], self.centre.zone)


class AnnouncementForm(CentreForm):
    """A delay, a sentence, or both, for a while."""

    theme = RowField(required=False, label=_("Theme"), empty_label=_("Everybody who waits"))
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
