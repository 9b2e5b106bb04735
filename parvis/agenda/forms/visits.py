"""What the team types about a class visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.agenda.actions.visits import Kept
from parvis.agenda.forms.sessions import ROOM_GONE
from parvis.agenda.models import MOST_PUPILS, ClassVisit, Room
from parvis.agenda.visitor_name_lists import refuse_lists

DAY = {"type": "date"}
TIME = {"type": "time"}


class StepForm(forms.Form):
    """One step of a visit: sent twice, it is taken once; sent from a page that is out of date, it is refused."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("A word for the teacher"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, visit: ClassVisit, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "version": visit.version}
        super().__init__(*args, **kwargs | {"initial": usual | kwargs.get("initial", {})})
        self.visit = visit

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        refuse_lists(words)
        return words


class WordForm(StepForm):
    """A word to the teacher, which is mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True
        self.fields["words"].label = _("Write to the teacher")


class NumbersForm(StepForm):
    """How many come."""

    pupils = forms.IntegerField(label=_("Pupils"), min_value=1, max_value=MOST_PUPILS)
    adults = forms.IntegerField(label=_("Adults with them"), min_value=1, max_value=50)

    def __init__(self, *args: Any, visit: ClassVisit, **kwargs: Any) -> None:
        kwargs["initial"] = {"pupils": visit.pupils, "adults": visit.adults}
        super().__init__(*args, visit=visit, **kwargs)
        del self.fields["words"]


class PlanForm(StepForm):
    """A time, rooms, who leads, and until when the teacher can say yes."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    rooms = forms.MultipleChoiceField(
        label=_("Rooms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": ROOM_GONE},
    )
    people = forms.MultipleChoiceField(
        label=_("Who leads"), required=False, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        label=_("Kept until this day included"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    field_order = ("key", "version", "day", "begins", "ends", "rooms", "people", "until", "words")

    def __init__(
        self, *args: Any, rooms: Sequence[Room], team: Sequence[User], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_rooms, self.team, self.today = rooms, team, today
        self._offer("rooms", [(str(one.pk), f"{one.space.name} ({one.places})") for one in rooms])
        self._offer("people", [(str(one.pk), str(one)) for one in team])
        if self.visit.state not in (ClassVisit.State.ASKED, ClassVisit.State.OPTION):
            del self.fields["until"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if not choices and name not in self.data:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, ends, day, until = (said.get(name) for name in ("begins", "ends", "day", "until"))
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end comes after the beginning."))
        if until and (until < self.today or (day and until >= day)):
            self.add_error("until", _("Please choose a day from today on, before the visit."))
        return said

    def kept(self) -> Kept:
        said = self.cleaned_data
        return Kept(
            self._at(said["day"], said["begins"]),
            self._at(said["day"], said["ends"]),
            rooms=[one for one in self.known_rooms if str(one.pk) in said.get("rooms", [])],
            people=[one for one in self.team if str(one.pk) in said.get("people", [])],
            until=said.get("until"),
        )

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.visit.centre.zone)


class ArrivalForm(forms.Form):
    """What the teacher is told about arriving."""

    arrival = forms.CharField(
        label=_("What the teacher reads about arriving: way, bus, coats"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_arrival(self) -> str:
        arrival: str = self.cleaned_data["arrival"]
        refuse_lists(arrival)
        return arrival
