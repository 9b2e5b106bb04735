"""What is asked of the planner."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.rota.actions.plans import Wanted
from parvis.rota.priorities import AIMS, Step, steps_of, weights_of
from parvis.shared.free_text import NoNameField

LONGEST = 371  # days: a year, and the week that it ends in
SECONDS = [
    ("30", _("Half a minute")),
    ("60", _("A minute")),
    ("120", _("Two minutes")),
    ("300", _("Five minutes")),
    ("600", _("Ten minutes")),
]


class AimsForm(forms.Form):
    """How much each aim matters, and how long the planner may search."""

    seconds = forms.ChoiceField(label=_("Time to search, at most"), choices=SECONDS, initial="60")
    use_required_attribute = False

    def __init__(self, *args: Any, weights: dict[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = steps_of(weights or {})
        for aim in AIMS:
            self.fields[f"aim_{aim.key}"] = forms.ChoiceField(
                label=str(aim.label),
                help_text=str(aim.hint),
                choices=Step.choices,
                initial=steps[aim.key],
                widget=forms.RadioSelect,
            )

    @property
    def aims(self) -> list[BoundField]:
        """The fields of the aims, in order."""
        return [self[f"aim_{aim.key}"] for aim in AIMS]

    @property
    def weights(self) -> dict[str, int]:
        """The planner's weights."""
        return weights_of({aim.key: self.cleaned_data[f"aim_{aim.key}"] for aim in AIMS})


class PlanForm(AimsForm):
    """A new draft."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = NoNameField(label=_("Name of the draft"), max_length=80)
    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        first, last = next_quarter(today)
        name = gettext("%(first)s to %(last)s") % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
        usual = {"key": uuid4(), "name": name, "first_day": first, "last_day": last}
        super().__init__(*args, **kwargs | {"initial": usual})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """From tomorrow on, at most a year."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and first <= self.today:
            self.add_error("first_day", gettext("What is planned begins tomorrow at the earliest."))
        if first and last and last < first:
            self.add_error("last_day", gettext("It ends before it begins."))
        if first and last and (last - first).days >= LONGEST:
            self.add_error("last_day", gettext("A year at most is planned at a time."))
        return data

    def wanted(self) -> Wanted:
        """What the action takes."""
        said = self.cleaned_data
        return Wanted(said["name"], said["first_day"], said["last_day"], self.weights, int(said["seconds"]))


def next_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter after the one of ``today``."""
    month = (today.month - 1) // 3 * 3 + 1
    first = (date(today.year, month, 1) + timedelta(days=95)).replace(day=1)
    last = (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    return first, last
