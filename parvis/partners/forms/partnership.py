"""What may be typed about a partnership: a step, what comes next, whom one calls, other places, a logo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.partners.forms.base import CentreForm
from parvis.partners.models import Stage
from parvis.shared.free_text import NoNameField

LOGO_LARGEST = 4 * 1024 * 1024


class StepForm(CentreForm):
    """To another stage of the partnership."""

    stage = forms.ChoiceField(label=_("From now on"), widget=forms.RadioSelect)
    since = forms.DateField(label=_("From this day on"), widget=DateInput())
    reason = NoNameField(
        label=_("Why, or a remark"),
        required=False,
        help_text=_("What a colleague would want to know in a year. No names."),
    )

    def __init__(self, *args: Any, allowed: Sequence[Stage], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("stage", [(one.value, one.label) for one in allowed])
        self.initial.setdefault("since", today)
        if len(allowed) == 1:
            self.initial.setdefault("stage", allowed[0].value)
        self.fields["since"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            data.get("stage") in (Stage.SUSPENDED, Stage.ENDED)
            and not data.get("reason")
            and "reason" not in self.errors
        ):
            self.add_error("reason", gettext("Say why: somebody will ask."))
        return data


class NextForm(CentreForm):
    """What is to be done next, and by when."""

    action = NoNameField(
        label=_("What comes next"),
        max_length=200,
        required=False,
        help_text=_(
            "“Send the draft”, “Meet at the board”. Empty: nothing is planned. No names: people stand under contacts."
        ),
    )
    by_day = forms.DateField(label=_("By which day"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("by_day") and not data.get("action") and "action" not in self.errors:
            self.add_error("action", gettext("Say what there is to do by that day."))
        return data


class ContactForm(forms.Form):
    """Somebody at the institution."""

    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.CharField(label=pgettext_lazy("at work", "Function"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (data["email"] or data["phone"]):
            self.add_error(
                "email", gettext("An e-mail address or a phone number: else nobody can call them.")
            )
        return data


class PlaceForm(forms.Form):
    """One more address."""

    name = forms.CharField(
        label=_("What is there"), max_length=120, help_text=_("“Branch in the north”, “Workshops”.")
    )
    address = forms.CharField(label=_("Address"), max_length=250)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, help_text=_("The institution’s, nobody’s own.")
    )


class LogoForm(forms.Form):
    """An institution's logo."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_(
            "PNG, JPEG or WebP, up to 4 MB. For the team, and for posters of events that the institution is named as an"
            " organiser of: visitors never see which institution somebody comes from."
        ),
    )

    def clean_logo(self) -> Any:
        file = self.cleaned_data["logo"]
        if file.size > LOGO_LARGEST:
            raise forms.ValidationError(gettext("It is larger than 4 MB."))
        return file
