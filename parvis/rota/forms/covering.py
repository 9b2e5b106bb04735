"""What is typed about absences, covers, swaps, and time that was held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre
from parvis.rota.models import DutySlot, HalfDay, Held, Part
from parvis.shared.free_text import NoNameField


class KeyForm(forms.Form):
    """A key that the page made: sent twice, it happens once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class AbsenceForm(KeyForm):
    """On which days somebody cannot come."""

    first_day = forms.DateField(label=_("First day away"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day away"), required=False, widget=DateInput(), help_text=_("Empty for a single day.")
    )
    part = forms.ChoiceField(
        label=_("Away"), required=False, choices=[("", _("All day")), *Part.choices], widget=forms.RadioSelect
    )
    use_required_attribute = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("It ends before it begins."))
        if first and first < self.today:
            self.add_error(
                "first_day", gettext("That day is over. Who plans notes it on the page of the day.")
            )
        return data

    def days(self) -> tuple[date, date]:
        """Both included."""
        first = self.cleaned_data["first_day"]
        return first, self.cleaned_data["last_day"] or first


class WayForm(KeyForm):
    """Which proposal, and of which rota."""

    way = forms.CharField(max_length=16)
    version = forms.IntegerField(min_value=0)


class SwapForm(KeyForm):
    """To whom, and for which of their duties; none: as a gift."""

    to = forms.IntegerField(min_value=1, max_value=2**62)
    other = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class HeldForm(KeyForm):
    """From when to when somebody was there, on the centre's clock."""

    begun = forms.TimeField(label=_("from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ended = forms.TimeField(
        label=pgettext_lazy("time", "to"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def times(self, centre: Centre, day: date) -> tuple[datetime, datetime]:
        """Both instants."""
        said = self.cleaned_data
        return (
            datetime.combine(day, said["begun"], centre.zone),
            datetime.combine(day, said["ended"], centre.zone),
        )


class CorrectionForm(HeldForm):
    """The same, with the reason why it is not as it was noted."""

    reason = NoNameField(label=_("why"), max_length=200)


class InsteadForm(KeyForm):
    """Who came instead."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who came instead?"))

    def __init__(self, *args: Any, centre: Centre, besides: DutySlot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        team = (
            User.objects.filter(assignments__centre=centre, is_active=True).distinct().order_by("name", "pk")
        )
        field.queryset = team.exclude(pk=besides.person_id or 0)
        field.label_from_instance = lambda person: person.name


def usual_times(half_day: HalfDay) -> dict[str, Any]:
    """The half-day's own, to begin with."""
    return {"begun": half_day.starts, "ended": half_day.ends}


def noted_times(held: Held, centre: Centre) -> dict[str, Any]:
    """Those that were noted."""
    ended = held.ended_at or held.begun_at
    return {"begun": centre.local(held.begun_at).time(), "ended": centre.local(ended).time()}
