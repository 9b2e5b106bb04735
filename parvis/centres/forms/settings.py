"""What may be typed on a centre's settings pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput, stretches, time_field
from parvis.centres.forms.new_centre import WaitingPage
from parvis.centres.forms.where import LanguagesField, WhereForm
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre, ProfileMoment
from parvis.centres.queries.opening import Stretch


class GeneralForm(WhereForm):
    """Name, welcome, place, languages, ages."""

    name = forms.CharField(label=_("Name of the centre"), max_length=120)
    languages = LanguagesField(
        label=_("Languages spoken"),
        help_text=_("In the order in which visitors are offered them. The first one is the main language."),
    )
    age_from = forms.IntegerField(label=_("Youngest age"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=_("Oldest age"), required=False, min_value=0, max_value=120)

    FIELDS = ["name", "welcome", "country", "subdivision", "time_zone", "languages", "age_from", "age_to"]

    def __init__(self, data: Any = None, *, centre: Centre) -> None:
        super().__init__(data, initial={name: getattr(centre, name) for name in self.FIELDS})
        self.fields["welcome"] = WordsField(
            label=_("Welcome sentence"),
            help_text=_("On the first page of the kiosk."),
            languages=centre.languages,
            max_length=160,
            required=False,
            initial=centre.welcome,
        )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        youngest, oldest = data.get("age_from"), data.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", gettext("The oldest age is below the youngest."))
        return data


class WaitingForm(WaitingPage):
    """What the assistant asked, and absence, spoken calls, sample days."""

    no_show_minutes = forms.IntegerField(
        label=_("Minutes before a recalled visitor counts as absent"), min_value=1, max_value=30
    )
    spoken_calls = forms.BooleanField(
        label=_("The board speaks calls aloud, in the ticket’s language"), required=False
    )

    FIELDS = ["ticket_style", "no_show_minutes", "spoken_calls", "profile_moment", "sample_days"]

    def __init__(self, data: Any = None, *, centre: Centre) -> None:
        self.centre = centre
        super().__init__(data, initial={name: getattr(centre, name) for name in self.FIELDS})

    def sample_days(self) -> list[str]:
        """ISO dates as sent, else the centre's, and four empty lines for more."""
        kept = self.data.getlist("sample_days") if self.is_bound else self.centre.sample_days  # type: ignore[attr-defined]
        return [*(day for day in kept if day), "", "", "", ""]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = []
        for text in filter(None, self.sample_days()):
            try:
                days.append(date.fromisoformat(text).isoformat())
            except ValueError:
                self.add_error(None, gettext("“%(text)s” is not a date.") % {"text": text[:40]})
        if data.get("profile_moment") == ProfileMoment.SAMPLE_DAYS and not days and not self.errors:
            self.add_error(None, gettext("Name at least one sample day, or choose another moment."))
        return data | {"sample_days": days}


class ExceptionForm(forms.Form):
    """Days that differ: closed, or open at other hours."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    until = forms.DateField(
        label=pgettext_lazy("date", "Until"),
        required=False,
        widget=DateInput(),
        help_text=_("For several days: the last one."),
    )

    PAIRS = [("opens", "closes"), ("opens_again", "closes_again")]

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = WordsField(
            label=_("What visitors read"),
            help_text=_("For example: Closed for the team’s day."),
            languages=centre.languages,
            max_length=120,
            required=False,
        )
        for opens, closes in self.PAIRS:
            self.fields[opens], self.fields[closes] = (
                time_field(gettext("Opens")),
                time_field(gettext("Closes")),
            )

    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The two pairs of times, for the template."""
        return [(self[opens], self[closes]) for opens, closes in self.PAIRS]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = [Stretch(*pair) for pair in stretches(self, self.PAIRS)]
        first, last = data.get("day"), data.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("The last day is before the first."))
        return data | {"until": last or first, "stretches": found}
