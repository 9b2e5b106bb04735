"""What somebody says who wants to come: how many, in which way; an e-mail address where they want one kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from parvis.agenda.actions.places import Wish
from parvis.agenda.actions.seats import left
from parvis.agenda.models import Registration, Session, Where
from parvis.agenda.queries.registering import ways_to_take_part

WAYS = {Where.ROOM: _("On site"), Where.ONLINE: _("Online")}


class AddressForm(forms.Form):
    """An address is kept where somebody says yes to it, and only then."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_(
            "Only if you want: we write when something changes or places become free, and remind you. It is kept sealed, and deleted the night after or when you withdraw."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    agreed = forms.BooleanField(label=_("Yes, write to me about this date"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email") and not said.get("agreed"):
            self.add_error("agreed", _("Please tick this as well: without your yes we keep no address."))
        return said


class ComeForm(AddressForm):
    """A registration. Fields that the event does not need are left out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    where = forms.ChoiceField(label=_("How do you take part?"), widget=forms.RadioSelect)
    wanted = forms.IntegerField(label=_("How many of you come?"), min_value=1, initial=1)
    fewer = forms.BooleanField(
        label=_("Fewer places are fine, too"),
        required=False,
        help_text=_("If there are not places for all of you, we keep those that there are."),
    )
    field_order = ("key", "wanted", "fewer", "where", "email", "agreed")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid4()
        ways, most = ways_to_take_part(session), session.event.most_seats
        free = {way: left(session, way) for way in ways}
        self.initial["where"] = next((way for way in ways if free[way] != 0), ways[0])
        where, wanted = self.fields["where"], self.fields["wanted"]
        where.choices = [(way, with_places(way, free[way])) for way in ways]  # type: ignore[attr-defined]
        if len(ways) == 1:
            where.widget = forms.HiddenInput()
        wanted.validators.append(MaxValueValidator(most))
        wanted.widget.attrs["max"] = most
        if most == 1:
            wanted.widget = forms.HiddenInput()
            del self.fields["fewer"]
        if session.event.registration != Registration.REMINDER:
            del self.fields["email"], self.fields["agreed"]

    def wish(self, language: str) -> Wish:
        """What was said."""
        said = self.cleaned_data
        return Wish(
            wanted=said["wanted"],
            language=language,
            where=Where(said["where"]),
            fewer=said.get("fewer", False),
        )


def with_places(way: Where, free: int | None) -> str:
    """How one takes part, and how many places are free there; only the way where there is no limit."""
    if free is None:
        return str(WAYS[way])
    said = _("Places that are free: %(left)s") % {"left": free} if free else _("Full: waiting list")
    return format_html("<span>{}</span> <small>{}</small>", WAYS[way], said)


class PlacesForm(forms.Form):
    """A number of places: how many still come, or how many offered ones are taken."""

    places = forms.IntegerField(min_value=1)
