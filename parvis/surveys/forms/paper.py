"""A pile of filled sheets: from which day, in which language, how many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.words import own_name
from parvis.surveys.actions.paper import Pile
from parvis.surveys.models import Collection


class BatchForm(forms.Form):
    """What is said once, before the first sheet. ``days``: those of a sample, else None."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    sheets = forms.IntegerField(
        label=_("How many sheets lie before you"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("Count them once: at the end one sees whether each was typed in."),
    )

    def __init__(
        self, *args: Any, survey: Collection, days: Sequence[date] | None, today: date, **kwargs: Any
    ) -> None:
        usual = {"key": uuid4(), "day": today, "language": survey.languages[0]}
        super().__init__(*args, **kwargs | {"initial": usual})
        self.survey, self.today = survey, today
        self.fields["day"] = self._day(days)
        spoken = [(code, own_name(code)) for code in survey.languages]
        self.fields["language"] = forms.ChoiceField(label=_("Language of the sheets"), choices=spoken)
        if len(spoken) == 1:
            self.fields["language"].widget = forms.HiddenInput()
        self.order_fields(["day", "language", "sheets"])

    def _day(self, days: Sequence[date] | None) -> forms.Field:
        label = _("Day on which they were filled in")
        if days is None:
            return forms.DateField(label=label, widget=DateInput)
        return forms.TypedChoiceField(
            label=label,
            choices=[(one.isoformat(), date_format(one, "l j F Y")) for one in days],
            coerce=date.fromisoformat,
            help_text=_("The drawn days that have come: sheets of other days do not belong to the sample."),
        )

    def clean_day(self) -> date:
        """No day to come, and none on which nobody was asked."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day has not come yet."))
        if not self.survey.takes_answers_on(day):
            raise forms.ValidationError(gettext("Nobody was asked on this day."))
        return day

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def pile(self) -> Pile:
        """What lies there."""
        data = self.cleaned_data
        return Pile(data["day"], data["language"], data["sheets"])
