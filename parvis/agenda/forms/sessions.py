"""When and where a session takes place, and by which rule a series is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.agenda.models import Equipment, Room
from parvis.agenda.queries.where import Place, When
from parvis.agenda.series import LAST, LONGEST, MOST, Every, Rule, at_hour
from parvis.centres.forms.hours import DateInput, TimeInput
from parvis.centres.models import Centre, Site
from parvis.shared.free_text import NoNameField

ROOM_GONE = _("A room that you chose is closed, or not there any more. Choose again.")
MOST_DAYS = 60  # of one session
NTH = [
    ("1", _("the first")),
    ("2", _("the second")),
    ("3", _("the third")),
    ("4", _("the fourth")),
    (str(LAST), _("the last")),
]


@dataclass(frozen=True)
class Offered:
    """What can be chosen at a centre."""

    sites: Sequence[Site]
    rooms: Sequence[Room]
    equipment: Sequence[Equipment]
    team: Sequence[User] = ()


class PlaceForm(forms.Form):
    """From when to when, where, with what and for how many."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Until the day"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty: it ends on the same day."),
    )
    begins = forms.TimeField(label=_("Begins"), required=False, widget=TimeInput())
    ends = forms.TimeField(label=_("Ends"), required=False, widget=TimeInput())
    all_day = forms.BooleanField(label=_("Whole days, without an hour"), required=False)
    rooms = forms.MultipleChoiceField(
        label=_("Rooms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": ROOM_GONE},
    )
    site = forms.ChoiceField(label=_("Site"), required=False)
    elsewhere = forms.CharField(
        label=_("Another place"),
        required=False,
        max_length=200,
        help_text=_("Where it is not in a room of the centre."),
    )
    link = forms.URLField(
        label=_("Link for those who join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("With a room or a place, too, people choose how they take part."),
    )
    room_seats = forms.IntegerField(
        label=_("Places in the room"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Empty: no limit."),
    )
    online_seats = forms.IntegerField(
        label=_("Places online"),
        required=False,
        min_value=1,
        max_value=30_000,
        help_text=_("Empty: no limit."),
    )

    def __init__(self, *args: Any, centre: Centre, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre, self.offered = centre, offered
        self._offer("site", [("", gettext("none")), *((str(one.pk), one.name) for one in offered.sites)])
        self._offer("rooms", [(str(one.pk), _room(one)) for one in offered.rooms])
        if not offered.rooms and "rooms" not in self.data:
            del self.fields["rooms"]
        for name in ("begins", "ends"):
            self.fields[name].required = not self["all_day"].value()
        for thing in offered.equipment:
            self.fields[f"thing-{thing.pk}"] = forms.IntegerField(
                label=str(thing.name),
                required=False,
                min_value=0,
                max_value=thing.number,
                help_text=gettext("There are %(n)s.") % {"n": thing.number},
            )
        for field in self.fields.values():
            if isinstance(field, NoNameField):
                field.country = centre.country

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def things(self) -> list[forms.BoundField]:
        """The fields of the equipment."""
        return [self[f"thing-{one.pk}"] for one in self.offered.equipment]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day, last = data.get("day"), data.get("last_day")
        if day and last and not day <= last <= day + timedelta(days=MOST_DAYS):
            self.add_error(
                "last_day", gettext("Between the first day and %(n)s days later.") % {"n": MOST_DAYS}
            )
        if not self.errors and self.when(data["day"]).ends <= self.when(data["day"]).begins:
            self.add_error("ends", gettext("It ends before it begins."))
        if any(self.data[name].strip(" 0") for name in self.data if _is_gone(name, self.fields)):
            self.add_error(None, gettext("Equipment that you chose is not there any more. Look at it again."))
        if data.get("online_seats") and not data.get("link") and "link" not in self.errors:
            self.add_error("link", gettext("Places online need a link."))
        return data

    def when(self, day: date) -> When:
        """From when to when, if it begins on ``day``."""
        data, zone = self.cleaned_data, self.centre.zone
        last = day + ((data.get("last_day") or data["day"]) - data["day"])
        if data["all_day"]:
            return When(self.centre.bounds(day)[0], self.centre.bounds(last)[1], all_day=True)
        return When(at_hour(day, data["begins"], zone), at_hour(last, data["ends"], zone))

    def place(self) -> Place:
        """Where, as the actions take it. A room's site is where it is."""
        data, offered = self.cleaned_data, self.offered
        rooms = frozenset(one for one in offered.rooms if str(one.pk) in data.get("rooms", []))
        site = next((one for one in offered.sites if str(one.pk) == data["site"]), None)
        if rooms:
            site = min(rooms, key=lambda one: one.pk).space.site
        return Place(
            site=site,
            elsewhere=data["elsewhere"],
            link=data["link"],
            room_seats=data["room_seats"],
            online_seats=data["online_seats"],
            rooms=rooms,
            equipment={one: n for one in offered.equipment if (n := data.get(f"thing-{one.pk}"))},
        )


class MoveForm(PlaceForm):
    """A session is put elsewhere."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)
    why = NoNameField(
        label=_("Why, for those who come"),
        required=False,
        max_length=280,
        help_text=_("Everybody reads it. No names."),
    )


class PlanForm(PlaceForm):
    """One session or a series."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    repeats = forms.ChoiceField(
        label=_("How often"),
        choices=[("once", _("Once")), ("week", _("By weeks")), ("month", _("By months"))],
        widget=forms.RadioSelect,
    )
    step = forms.IntegerField(
        label=_("Every so many weeks or months"),
        min_value=1,
        max_value=26,
        help_text=_("2: every second one."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days of the week"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nth = forms.ChoiceField(label=_("Which one of the month"), choices=NTH)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput())
    times = forms.IntegerField(label=_("Or so many times"), required=False, min_value=1, max_value=MOST)
    people = forms.MultipleChoiceField(
        label=_("Who leads it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    preparing = forms.IntegerField(
        label=_("Minutes to prepare and tidy up, each"), required=False, min_value=0, max_value=600
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "repeats": "once", "step": 1, "nth": "1"}
        initial = usual | (kwargs.pop("initial", None) or {})
        super().__init__(*args, offered=offered, initial=initial, **kwargs)
        self._offer("weekdays", [(str(n), capfirst(str(WEEKDAYS[n]))) for n in range(7)])
        self._offer("people", [(str(one.pk), one.name) for one in offered.team])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("repeats", "once") == "once" or "day" not in data:
            return data
        until, times = data.get("until"), data.get("times")
        if bool(until) == bool(times) and not {"until", "times"} & set(self.errors):
            self.add_error("times", gettext("Say until which day, or how many times: one of the two."))
        if until and not data["day"] <= until <= data["day"] + timedelta(days=LONGEST):
            self.add_error("until", gettext("Within two years after the first day."))
        if data["repeats"] == Every.MONTH and len(data.get("weekdays", [])) > 1:
            self.add_error("weekdays", gettext("One day of the week, if it is by months."))
        return data

    @property
    def is_series(self) -> bool:
        """Whether there is more than one."""
        return bool(self.cleaned_data["repeats"] != "once")

    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    def rule(self) -> Rule:
        """The series; without a weekday, that of the first day."""
        data = self.cleaned_data
        weekdays = frozenset(int(one) for one in data["weekdays"]) or frozenset({data["day"].weekday()})
        return Rule(
            first=data["day"],
            every=Every(data["repeats"]),
            weekdays=weekdays,
            step=data["step"],
            nth=int(data["nth"]),
            until=data["until"],
            times=data["times"],
        )

    def led_by(self) -> dict[User, int]:
        """Who leads it, and how many minutes each prepares."""
        chosen, preparing = self.cleaned_data["people"], self.cleaned_data["preparing"] or 0
        return {one: preparing for one in self.offered.team if str(one.pk) in chosen}

    def clock(self) -> tuple[time, int]:
        """At which hour it begins, and how many minutes it lasts; whole days at midnight."""
        when = self.when(self.cleaned_data["day"])
        return self.cleaned_data["begins"] or time(), int((when.ends - when.begins).total_seconds() // 60)


class CancelForm(forms.Form):
    """What everybody reads about it."""

    why = NoNameField(
        label=_("What people read"),
        max_length=280,
        help_text=_("“The speaker is ill.” “The centre is closed for works.” No names."),
    )

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why: Any = self.fields["why"]
        why.country = centre.country


class PeopleForm(forms.Form):
    """Who leads it: a tick and minutes to prepare for each of the team."""

    def __init__(self, *args: Any, team: Sequence[User], chosen: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        for one in team:
            self.fields[f"leads-{one.pk}"] = forms.BooleanField(
                label=one.name, required=False, initial=one.pk in chosen
            )
            self.fields[f"preparing-{one.pk}"] = forms.IntegerField(
                label=gettext("Minutes to prepare and tidy up"),
                required=False,
                min_value=0,
                max_value=600,
                initial=chosen.get(one.pk) or None,
            )

    def people(self) -> dict[User, int]:
        """What the action takes."""
        data = self.cleaned_data
        return {one: data[f"preparing-{one.pk}"] or 0 for one in self.team if data[f"leads-{one.pk}"]}


def place_values(when: When, place: Place, centre: Centre) -> dict[str, Any]:
    """The form's values for a session that is there."""
    begins, ends = centre.local(when.begins), centre.local(when.ends)
    last = (ends - timedelta(seconds=1)).date() if when.all_day else ends.date()
    return {
        "day": begins.date(),
        "last_day": last if last != begins.date() else None,
        "begins": None if when.all_day else _clock(begins),
        "ends": None if when.all_day else _clock(ends),
        "all_day": when.all_day,
        "rooms": [str(one.pk) for one in place.rooms],
        "site": str(place.site.pk) if place.site else "",
        "elsewhere": place.elsewhere,
        "link": place.link,
        "room_seats": place.room_seats,
        "online_seats": place.online_seats,
        **{f"thing-{one.pk}": n for one, n in place.equipment.items()},
    }


def _is_gone(name: str, fields: Mapping[str, forms.Field]) -> bool:
    return name.startswith("thing-") and name not in fields


def _clock(at: datetime) -> time:
    return at.time().replace(second=0, microsecond=0)


def _room(room: Room) -> str:
    return gettext("%(room)s (%(n)s people)") % {"room": room.space.name, "n": room.places}
