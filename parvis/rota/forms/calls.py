"""What may be typed about a roster call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre
from parvis.rota.actions.calls import Asking
from parvis.rota.models import RosterCall
from parvis.rota.queries.calls import open_between
from parvis.rota.queries.half_days import LONGEST
from parvis.shared.free_text import NoNameField


class CallForm(forms.Form):
    """Which days, until when, and a word."""

    use_required_attribute = False
    key = forms.UUIDField(widget=forms.HiddenInput)
    first_day = forms.DateField(label=_("From"), widget=DateInput())
    last_day = forms.DateField(label=_("To"), widget=DateInput())
    deadline = forms.DateField(
        label=_("Answers until"), widget=DateInput(), help_text=_("That day included.")
    )
    words = NoNameField(
        label=_("A word to everybody"),
        required=False,
        max_length=500,
        help_text=_("What is special about these months. No names."),
    )

    all_the_same = forms.BooleanField(
        label=_("Open it all the same: some days are asked about twice"), required=False
    )

    def __init__(self, *args: Any, today: date, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.centre = today, centre
        words: Any = self.fields["words"]
        words.country = centre.country
        self.beside: list[RosterCall] = []
        if not self.is_bound:
            self.beside = open_between(centre, self.initial["first_day"], self.initial["last_day"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, deadline = (data.get(name) for name in ("first_day", "last_day", "deadline"))
        if first and last and last < first:
            self.add_error("last_day", gettext("It ends before it begins."))
        elif first and last and last - first > timedelta(days=LONGEST):
            self.add_error("last_day", gettext("At most a year and a month at once."))
        if last and last < self.today:
            self.add_error("last_day", gettext("That day is over."))
        if deadline and deadline < self.today:
            self.add_error("deadline", gettext("That day is over."))
        if first and last and first <= last:
            self.beside = open_between(self.centre, first, last, but=data.get("key"))
            if self.beside and not data.get("all_the_same"):
                self.add_error("last_day", gettext("Another call for some of these days is open: see below."))
        return data

    def said(self) -> Asking:
        """What the action takes."""
        data = self.cleaned_data
        return Asking(data["first_day"], data["last_day"], data["deadline"], data["words"])


class ReopenForm(forms.Form):
    """Until when answers count again."""

    use_required_attribute = False
    deadline = forms.DateField(label=_("Answers until"), widget=DateInput())
