"""What may be typed when a visitor is sent on, and about what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput, TimeInput
from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.redirections import FURTHEST, Sending
from parvis.guidance.models import FollowUp, Redirection
from parvis.guidance.models.redirections import NOTE
from parvis.guidance.queries.redirections import Offers
from parvis.partners.models import Relation
from parvis.shared.free_text import NoNameField

ASK_AFTER = timedelta(days=7)  # proposed; the team chooses another day
WARM, COLD = Redirection.Kind.WARM, Redirection.Kind.COLD


class RedirectForm(forms.Form):
    """To which institution, cold or warm; the page makes the key, so that a second try is the same redirection."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("To which institution"), widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("About"))
    kind = forms.ChoiceField(
        label=_("How"),
        choices=[
            (COLD, pgettext_lazy("redirection", "Cold: I told them where to go")),
            (WARM, pgettext_lazy("redirection", "Warm: they agree that we tell the institution")),
        ],
        widget=forms.RadioSelect,
        initial=COLD,
    )
    agreed = forms.BooleanField(label=_("The visitor agreed, here and now"), required=False)
    appointment_on = forms.DateField(label=_("Appointment proposed on"), required=False, widget=DateInput())
    appointment_at = forms.TimeField(label=_("at"), required=False, widget=TimeInput())
    due_on = forms.DateField(
        label=_("Ask what became of it on"),
        required=False,
        widget=DateInput(),
        help_text=_("It stands in the team’s list on that day."),
    )
    note = NoNameField(
        label=_("Short note"),
        required=False,
        max_length=NOTE,
        help_text=_("What was agreed, without anything that tells who it is."),
    )

    in_thread = forms.BooleanField(label=_("Write it in their thread as well"), required=False, initial=True)

    def __init__(
        self,
        *args: Any,
        centre: Centre,
        themes: list[Theme],
        offers: Offers,
        day: date,
        has_thread: bool,
        **kwargs: Any,
    ) -> None:
        usual = {"key": uuid4(), "due_on": day + ASK_AFTER}
        super().__init__(*args, **kwargs | {"initial": usual | kwargs.get("initial", {})})
        self.day, self.offers = day, offers
        due = self._field("due_on")  # of a cold one, it is not read
        due.required = not self.is_bound or self.data.get("kind") == WARM
        due.error_messages["required"] = gettext("Choose a day: else nobody asks.")
        self.by_pk = {str(one.pk): one for one in offers.all}
        self.themes_by_pk = {str(theme.pk): theme for theme in themes}
        self._field("to").choices = [(pk, str(one)) for pk, one in self.by_pk.items()]
        known = bool(self.initial.get("theme"))
        choices = [(pk, str(theme)) for pk, theme in self.themes_by_pk.items()]
        self._field("theme").choices = choices if known else [("", ""), *choices]
        self._field("note").country = centre.country
        if not has_thread:
            del self.fields["in_thread"]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def groups(self) -> list[tuple[str, list[Relation], bool]]:
        """Where one can send somebody: title, institutions, and whether they are in sight."""
        chosen = self["to"].value()
        groups = [
            (gettext("For this theme"), self.offers.for_theme),
            (
                gettext("Other partners") if self.offers.for_theme else gettext("Partners"),
                self.offers.partners,
            ),
            (gettext("Outside bodies"), self.offers.outside),
        ]
        few = len(self.by_pk) <= 8
        first = next((title for title, found in groups if found), "")
        return [
            (title, found, few or title == first or chosen in {str(one.pk) for one in found})
            for title, found in groups
            if found
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == WARM:
            self._check_warm(data)
        return data

    def _check_warm(self, data: dict[str, Any]) -> None:
        on, due = data.get("appointment_on"), data.get("due_on")
        if not data.get("agreed"):
            self.add_error("agreed", gettext("Without their agreement, nobody is told: choose cold."))
        if on and not self.day <= on <= self.day + FURTHEST:
            self.add_error("appointment_on", gettext("Today or later, within a year."))
        if data.get("appointment_at") and not on and "appointment_on" not in self.errors:
            self.add_error("appointment_on", gettext("On which day?"))
        if due and not max(self.day, on or self.day) <= due <= self.day + FURTHEST:
            self.add_error("due_on", gettext("On the day of the appointment or after it, within a year."))

    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def sending(self) -> Sending:
        """What the action takes; what stands in the fields of “warm” is left out of a cold one."""
        data = self.cleaned_data
        to, theme = self.by_pk[data["to"]].institution, self.themes_by_pk[data["theme"]]
        if data["kind"] == COLD:
            return Sending(to=to, theme=theme, kind=COLD, note=data["note"])
        return Sending(
            to=to,
            theme=theme,
            kind=WARM,
            agreed=data["agreed"],
            appointment_on=data["appointment_on"],
            appointment_at=data["appointment_at"],
            due_on=data["due_on"],
            note=data["note"],
        )


class OutcomeForm(forms.Form):
    """What became of it."""

    outcome = forms.TypedChoiceField(choices=FollowUp.choices, coerce=FollowUp)


class FollowUpFilter(forms.Form):
    """One theme, one institution, or all of them. What does not exist any more filters nothing."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    to = forms.ChoiceField(label=_("Institution"), required=False)

    def __init__(
        self, *args: Any, themes: list[Theme], institutions: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.themes_by_pk = {str(theme.pk): theme for theme in themes}
        about: Any = self.fields["theme"]
        about.choices = [
            ("", gettext("All themes")),
            *((pk, str(one)) for pk, one in self.themes_by_pk.items()),
        ]
        to: Any = self.fields["to"]
        to.choices = [("", gettext("All institutions")), *((str(pk), name) for pk, name in institutions)]

    def chosen(self) -> tuple[Theme | None, int | None]:
        """The theme and the institution."""
        self.is_valid()
        said = self.cleaned_data
        return self.themes_by_pk.get(said.get("theme", "")), int(said["to"]) if said.get("to") else None
