"""A screen for a class: which questionnaire, which day, how many pupils."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.shared.disclosure import THRESHOLD
from parvis.shared.free_text import NoNameField
from parvis.surveys.actions.classes import Wanted
from parvis.surveys.actions.collections import Put
from parvis.surveys.models import Version, Way
from parvis.surveys.models.classes import MOST_PUPILS

LONGEST = timedelta(days=60)  # a teacher's link is no link for ever
USUAL = timedelta(days=14)


class ClassForm(forms.Form):
    """What the teacher's screen needs."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.ModelChoiceField(
        label=_("Questionnaire"), queryset=Version.objects.none(), empty_label=None
    )
    name = NoNameField(
        label=_("What you call it"),
        max_length=80,
        required=False,
        help_text=_("For the team, such as “Third year, Tuesday morning”. No teacher’s name."),
    )
    pupils = forms.IntegerField(
        label=_("How many pupils"),
        max_value=MOST_PUPILS,
        help_text=_("From ten on: of fewer, nothing could be shown without showing somebody."),
    )
    opens_on = forms.DateField(label=_("First day"), widget=DateInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput)
    minutes = forms.TypedChoiceField(
        label=_("How long the class may answer"),
        choices=[(n, _("%(n)s minutes") % {"n": n}) for n in (15, 30, 45, 60, 90)],
        coerce=int,
        help_text=_("From the moment when the screen is opened. It can be closed before."),
    )

    def __init__(self, *args: Any, versions: QuerySet[Version], today: date, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "opens_on": today, "closes_on": today + USUAL, "minutes": 30}
        super().__init__(*args, **kwargs | {"initial": usual})
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.today = today

    def clean_pupils(self) -> int:
        """So few could be recognised."""
        pupils: int = self.cleaned_data["pupils"]
        if pupils < THRESHOLD:
            raise forms.ValidationError(
                gettext("Of a class of fewer than ten nothing could be shown. Ask two classes together.")
            )
        return pupils

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and first < self.today:
            self.add_error("opens_on", gettext("The first day is over already."))
        if first and last and last < first:
            self.add_error("closes_on", gettext("The last day is before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("closes_on", gettext("The teacher’s link holds for two months at most."))
        return data

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def put(self) -> Put:
        """In each language in which the version was opened."""
        data = self.cleaned_data
        days = {"opens_on": data["opens_on"], "closes_on": data["closes_on"]}
        return Put(way=Way.CLASS, languages=data["version"].languages, name=data["name"], **days)

    @property
    def wanted(self) -> Wanted:
        """The screen."""
        return Wanted(self.cleaned_data["pupils"], self.cleaned_data["minutes"])
