"""Which period of redirections is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.guidance.queries.needs.periods import EARLIEST, MONTHS, Span, Stretch, period_of


class PeriodForm(forms.Form):
    """A month, a quarter or a year, whole; this month where nothing fits."""

    span = forms.ChoiceField(choices=[(span.value, span.label) for span in MONTHS], required=False)
    on = forms.DateField(label=_("Day"), required=False, widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def stretch(self) -> Stretch:
        """The period asked for; never one to come."""
        self.is_valid()
        span = Span(self.cleaned_data.get("span") or Span.MONTH)
        on = self.cleaned_data.get("on") or self.today
        return period_of(span, min(max(on, EARLIEST), self.today))
