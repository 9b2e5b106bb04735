"""What may be typed about the calendar: from when to when, school holidays, an extra half-day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre
from parvis.rota.forms.needs import HoursForm, sites_of
from parvis.rota.queries.half_days import LONGEST
from parvis.rota.school_calendar import LONGEST as LONGEST_HOLIDAYS
from parvis.rota.school_calendar import NAME, Found

FARTHEST = 2200  # a year: behind it lie slips of the hand


class SpanForm(forms.Form):
    """From one day to another."""

    use_required_attribute = False
    first = forms.DateField(label=_("From"), widget=DateInput())
    last = forms.DateField(label=_("To"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("It ends before it begins."))
        elif first and last and last - first > timedelta(days=LONGEST):
            self.add_error("last", gettext("At most a year and a month at once."))
        elif last and last.year > FARTHEST:
            self.add_error("last", gettext("That day is too far ahead."))
        return data


class SchoolHolidayForm(forms.Form):
    """Days without school."""

    use_required_attribute = False
    name = forms.CharField(label=_("Name"), max_length=NAME)
    first_day = forms.DateField(label=_("First day without school"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day without school"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("It ends before it begins."))
        elif first and last and (last - first).days >= LONGEST_HOLIDAYS:
            self.add_error("last_day", gettext("No school holidays last that long."))
        return data

    def said(self) -> Found:
        """What the actions take."""
        data = self.cleaned_data
        return Found(data["first_day"], data["last_day"], data["name"])


class SeveralForm(forms.Form):
    """Several school holidays at once: lines, or a file."""

    lines = forms.CharField(
        label=_("Lines"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
        help_text=_("One a line, a name and two dates: “Winter holidays; 2026-02-14; 2026-03-01”."),
    )
    file = forms.FileField(
        label=_("Or the calendar file of the school authority"),
        required=False,
        help_text=_("A file in .ics format."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("lines") and not data.get("file"):
            self.add_error("lines", gettext("Paste lines, or choose a file."))
        return data


class ExtraForm(HoursForm):
    """An extra half-day of one date."""

    day = forms.DateField(label=_("Day"), widget=DateInput())

    def __init__(self, *args: Any, centre: Centre, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.sites = {str(site.pk): site for site in sites_of(centre, today)}
        if len(self.sites) > 1:
            sites = [(pk, site.name) for pk, site in self.sites.items()]
            self.fields["site"] = forms.ChoiceField(label=_("Site"), choices=sites)
        self.order_fields(["site", "day", "starts", "ends"])

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(gettext("That day is over."))
        return day

    def marks(self) -> dict[str, Any]:
        """Site and hours, as the action takes them."""
        data = self.cleaned_data
        site = self.sites[data["site"]] if "site" in data else next(iter(self.sites.values()))
        return {"site": site, "starts": data["starts"], "ends": data["ends"]}
