"""How a version is put to people, and which hours are drawn for a sample."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre
from parvis.shared.free_text import NoNameField
from parvis.surveys.actions.collections import Put
from parvis.surveys.actions.sampling import Wish
from parvis.surveys.models import Sample, Version, Way
from parvis.surveys.sampling import Method, Unit

LONGEST_SAMPLE = 366  # days
OFFERED = [Way.KIOSK, Way.QR, Way.LINK, Way.PAPER, Way.ADVISER, Way.THREAD]


class AskingForm(forms.Form):
    """Which questionnaire, by which way, from when to when; and whether hours are drawn."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.ModelChoiceField(
        label=_("Questionnaire"), queryset=Version.objects.none(), empty_label=None
    )
    way = forms.ChoiceField(
        label=_("How it reaches people"), choices=[(one.value, one.label) for one in OFFERED]
    )
    after_days = forms.TypedChoiceField(
        label=_("In a thread: from when on it is offered"),
        choices=[
            (0, _("at once")),
            (30, _("one month after it was begun")),
            (90, _("three months after it was begun")),
            (180, _("six months after it was begun")),
        ],
        coerce=int,
        required=False,
        help_text=_("For the way “The visitor’s thread” only."),
    )
    name = NoNameField(
        label=_("What you call it"),
        max_length=80,
        required=False,
        help_text=_("For the team, such as “Spring, at the exit”."),
    )
    opens_on = forms.DateField(label=_("First day"), widget=DateInput)
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput, required=False)
    draws = forms.BooleanField(
        label=_("A sample: everybody is asked, in hours that are drawn"),
        required=False,
        help_text=_("Only then may the result be said of everybody who came. It needs a last day."),
    )
    unit = forms.ChoiceField(label=_("What is drawn"), choices=Sample.Unit.choices, required=False)
    method = forms.ChoiceField(
        label=_("How it is drawn"),
        choices=Sample.Method.choices,
        required=False,
        help_text=_("Evenly looks fair on a calendar, but the margin of error then holds less well."),
    )
    number = forms.IntegerField(label=_("How many"), min_value=2, max_value=366, required=False)
    points = forms.FloatField(
        label=_("or the margin of error that you wish, in points"),
        min_value=1,
        max_value=30,
        required=False,
        help_text=_("With 5, what is found to be 40 % lies between 35 and 45."),
    )

    def __init__(
        self, *args: Any, centre: Centre, versions: QuerySet[Version], today: date, **kwargs: Any
    ) -> None:
        usual = {"key": uuid4(), "opens_on": today}
        super().__init__(*args, **kwargs | {"initial": usual | kwargs.get("initial", {})})
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.sites = list(centre.sites.filter(closed_on=None))
        self.fields["site"] = forms.ChoiceField(
            label=_("At which place"), choices=[(str(one.pk), one.name) for one in self.sites], required=False
        )
        if len(self.sites) < 2:
            self.fields["site"].widget = forms.HiddenInput()
            self.fields["site"].initial = str(self.sites[0].pk) if self.sites else ""
        self.today = today

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and first < self.today:
            self.add_error("opens_on", gettext("The first day is over already."))
        if first and last and last < first:
            self.add_error("closes_on", gettext("The last day is before the first."))
        if data.get("draws") and data.get("way") == Way.THREAD:
            self.add_error("draws", gettext("Threads are opened at any time: no hours are drawn for them."))
        elif data.get("draws"):
            self._check_sample(data, first, last)
        return data

    def _check_sample(self, data: dict[str, Any], first: date | None, last: date | None) -> None:
        if not last:
            self.add_error("closes_on", gettext("A sample needs a last day: hours are drawn between both."))
        elif first and (last - first).days > LONGEST_SAMPLE:
            self.add_error("closes_on", gettext("A sample lasts a year at most."))
        if not data.get("number") and not data.get("points"):
            self.add_error("number", gettext("Say how many, or which margin of error you wish."))
        if not self.sites:
            self.add_error("draws", gettext("The centre has no place with opening hours."))

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def put(self) -> Put:
        """How the version is put to people, in each language in which it was opened."""
        data = self.cleaned_data
        return Put(
            way=Way(data["way"]),
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            languages=data["version"].languages,
            name=data["name"],
            after_days=int(data["after_days"] or 0) if data["way"] == Way.THREAD else 0,
        )

    def wish(self, number: int) -> Wish:
        """What is drawn."""
        data = self.cleaned_data
        site = next((one for one in self.sites if str(one.pk) == data.get("site")), self.sites[0])
        unit, method = data["unit"] or Unit.HALF_DAY, data["method"] or Method.STRATIFIED
        return Wish(site, Unit(unit), Method(method), number)
