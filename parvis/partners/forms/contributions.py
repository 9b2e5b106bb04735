"""What may be typed about a contribution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Theme
from parvis.partners.actions import Given
from parvis.partners.forms.base import ROWS, marked
from parvis.partners.forms.keyed import KeyedForm
from parvis.partners.models import Contribution, Relation
from parvis.shared.free_text import NoNameField


class ContributionForm(KeyedForm):
    """What an institution gave on a day, outside duty slots."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    relation = forms.ChoiceField(label=_("Institution"))
    day = forms.DateField(label=_("Day"), widget=DateInput())
    kind = forms.ChoiceField(
        label=_("What it was"), choices=Contribution.Kind.choices, widget=forms.RadioSelect
    )
    hours = forms.DecimalField(
        label=_("Hours, of all its people together"),
        required=False,
        min_value=0,
        max_value=1600,
        max_digits=6,
        decimal_places=2,
        help_text=_("Two people for an hour and a half: 3. Empty where time is not what was given."),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, widget=forms.RadioSelect)
    words = NoNameField(
        label=_("In words"),
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("“Job fair at the town hall”, “Printed 500 leaflets”. No names."),
    )

    def __init__(
        self, *args: Any, relations: Sequence[Relation], themes: Sequence[Theme], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.relations = {str(one.pk): one for one in relations}
        self.themes = {str(one.pk): one for one in themes}
        self.offer(
            "relation", [("", ""), *((pk, one.institution.name) for pk, one in self.relations.items())]
        )
        self.offer(
            "theme",
            [
                ("", gettext("no theme in particular")),
                *((pk, marked(one)) for pk, one in self.themes.items()),
            ],
        )
        self.today = today
        self.initial.setdefault("day", today)
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (day := data.get("day")) and day > self.today:
            self.add_error("day", gettext("That day is still to come: note it when it was given."))
        said = data.get("hours") or data.get("words") or {"hours", "words"} & set(self.errors)
        if not said:
            self.add_error("hours", gettext("Say how many hours, or in words what was given."))
        return data

    def given(self) -> Given:
        """What the actions take."""
        data = self.cleaned_data
        minutes = int(((data["hours"] or Decimal(0)) * 60).to_integral_value())
        return Given(
            relation=self.relations[data["relation"]],
            day=data["day"],
            kind=Contribution.Kind(data["kind"]),
            minutes=minutes,
            theme=self.themes.get(data["theme"]),
            words=data["words"],
        )


def contribution_values(one: Contribution) -> dict[str, Any]:
    """The form's values for one that is changed."""
    return {
        "key": one.key,
        "version": one.version,
        "relation": str(one.relation_id),
        "day": one.day,
        "kind": one.kind,
        "hours": (Decimal(one.minutes) / 60).quantize(Decimal("0.01")) if one.minutes else None,
        "theme": str(one.theme_id or ""),
        "words": one.words,
    }
