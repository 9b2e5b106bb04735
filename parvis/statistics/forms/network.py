"""What a coordinator may type about a network's figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.statistics.queries.network.periods import over


class PeriodForm(forms.Form):
    """Which period, and which centres of it. Nothing here is refused: what makes no sense falls back to the usual."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    q = forms.CharField(label=_("Search by name"), required=False, max_length=80, widget=forms.SearchInput)
    only = forms.BooleanField(label=_("Only where something is missing"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
        field.choices = [(head, list(lines)) for head, lines in over(today)]


class DueForm(forms.Form):
    """The day until which a year's dashboard is asked for."""

    due = forms.DateField(label=_("Asked for until"), widget=DateInput())

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_due(self) -> date:
        """The year must be over, and the day near enough to be no slip of the keyboard."""
        due: date = self.cleaned_data["due"]
        if not date(self.year, 12, 31) < due <= date(self.year + 2, 12, 31):
            raise forms.ValidationError(
                _("The dashboard tells a whole year: choose a day from %(first)s to %(last)s."),
                params={"first": f"{self.year + 1}-01-01", "last": f"{self.year + 2}-12-31"},
            )
        return due
