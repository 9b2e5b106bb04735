"""What may be typed about a body, its seats and mandates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.partners.actions.bodies import BodySaid, MandateSaid, SeatSaid
from parvis.partners.forms.keyed import ROWS, KeyedForm
from parvis.partners.models import Body, Institution, Mandate, Seat
from parvis.shared.free_text import NoNameField

NAMES_NOBODY = _("Institutions, never people: names stand with the mandates only.")
FIRST_DAY_WITHOUT = _("The first day without it. Empty: no end is known.")
OWN = "own"


class DatedForm(KeyedForm):
    """From a day until another, which is the first without it."""

    valid_from = forms.DateField(label=_("Since"), widget=DateInput())
    valid_to = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), help_text=FIRST_DAY_WITHOUT
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("valid_from"), data.get("valid_to")
        if starts and ends and ends <= starts:
            self.add_error("valid_to", gettext("It ends before it starts."))
        return data


class BodyForm(DatedForm):
    """A body: what it is, what it is for, since when."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a body", "Kind"), choices=Body.Kind.choices, widget=forms.RadioSelect
    )
    name = NoNameField(label=_("Name"), max_length=120)
    purpose = NoNameField(
        label=_("What it is for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("What it decides, how often it meets, who convenes it."),
    )
    field_order = ["kind", "name", "purpose", "valid_from", "valid_to"]

    def said(self) -> BodySaid:
        """What the actions take."""
        data = self.cleaned_data
        return BodySaid(
            name=data["name"],
            kind=Body.Kind(data["kind"]),
            purpose=data["purpose"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
        )


def body_values(body: Body) -> dict[str, Any]:
    """The form's values for a body that is there."""
    names = ("key", "kind", "name", "purpose", "valid_from", "valid_to")
    return {name: getattr(body, name) for name in names}


class SeatForm(DatedForm):
    """A category in the usual words or in the body's own; how many, where they are new."""

    category = forms.ChoiceField(
        label=_("Category"),
        choices=[*Institution.Kind.choices, (OWN, _("Another one, in your own words"))],
        help_text=_("For which kind of institution the seat is meant; whoever holds it may be of another."),
    )
    label = NoNameField(
        label=_("In your own words"),
        max_length=60,
        required=False,
        help_text=_("For another category only: “founding members”, “towns around”."),
    )
    number = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=30, initial=1)
    field_order = ["category", "label", "number", "valid_from", "valid_to"]

    def __init__(self, *args: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seat:
            del self.fields["number"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("category") == OWN and not data.get("label") and "label" not in self.errors:
            self.add_error("label", gettext("Give the category a name."))
        return data

    def said(self) -> SeatSaid:
        """What the actions take."""
        data = self.cleaned_data
        own = data["category"] == OWN
        return SeatSaid(
            kind="" if own else data["category"],
            label=data["label"] if own else "",
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
        )


def seat_values(seat: Seat) -> dict[str, Any]:
    """The form's values for a seat that is there."""
    dates = {"valid_from": seat.valid_from, "valid_to": seat.valid_to}
    return dates | {"category": seat.kind or OWN, "label": seat.label, "key": seat.key}


class MandateForm(DatedForm):
    """Who holds a seat: an institution, and by whom."""

    institution = forms.ChoiceField(label=_("Institution"))
    representative = forms.CharField(
        label=_("Representative"),
        max_length=120,
        required=False,
        help_text=_(
            "The name of who sits for it. Kept while the mandate lasts and 400 days after, then forgotten."
        ),
    )
    deputy = forms.CharField(label=_("Deputy"), max_length=120, required=False)
    field_order = ["institution", "representative", "deputy", "valid_from", "valid_to"]

    def __init__(
        self,
        *args: Any,
        offered: list[tuple[int, str]],
        by_pk: dict[str, Institution],
        mandate: Mandate | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = by_pk
        choices = [(str(pk), name) for pk, name in offered]
        if mandate and str(mandate.institution_id) not in dict(choices):
            choices.append((str(mandate.institution_id), mandate.institution.name))
        self.offer("institution", [("", gettext("Choose")), *choices])

    def said(self) -> MandateSaid:
        """What the actions take."""
        data = self.cleaned_data
        return MandateSaid(
            institution=self.by_pk[data["institution"]],
            representative=data["representative"],
            deputy=data["deputy"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
        )


def mandate_values(mandate: Mandate) -> dict[str, Any]:
    """The form's values for a mandate that is there."""
    names = ("key", "representative", "deputy", "valid_from", "valid_to")
    return {name: getattr(mandate, name) for name in names} | {"institution": str(mandate.institution_id)}


def usual_term(day: date, seat: Seat) -> dict[str, Any]:
    """A new mandate begins today, or with its seat."""
    return {"valid_from": max(day, seat.valid_from), "valid_to": seat.valid_to}
